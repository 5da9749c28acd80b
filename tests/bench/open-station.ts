import { openStation, type Station } from '#station/station.ts'
import { workerUrls } from '#station/worker-urls.ts'

/** A station over a data folder, as every shell opens it. */
export function openBenchStation(dataFolder: string): Promise<Station> {
  return openStation({
    dataFolder,
    version: 'bench',
    workers: workerUrls(import.meta.url),
    log: (level, message, detail) => {
      if (level !== 'info') console.error(message, detail)
    },
  })
}
