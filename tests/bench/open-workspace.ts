import { openWorkspace, type Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'

/** A workspace on a data folder, opened as by every shell. */
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
