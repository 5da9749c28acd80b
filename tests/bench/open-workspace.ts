import { openWorkspace, type Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'

/** A workspace over a data folder, as every shell opens it. */
export function openBenchWorkspace(dataFolder: string): Promise<Workspace> {
  return openWorkspace({
    dataFolder,
    version: 'bench',
    workers: workerUrls(import.meta.url),
    log: (level, message, detail) => {
      if (level !== 'info') console.error(message, detail)
    },
  })
}
