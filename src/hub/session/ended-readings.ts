import type { HubLog } from '../log/hub-log.ts'
import type { AccessChange } from '../log/readers.ts'

export type EndedReadingsEdge = {
  log: Pick<HubLog, 'readingsEnded'>
  announce(ended: readonly AccessChange[]): Promise<void>
  now(): number
}

/**
 * Temporary read access ends by the clock alone: its readers are told to ask again, and purge the data.
 * @returns a round that announces what ended since the last one that succeeded; it rejects when reading or announcing fails
 */
export function createEndedReadings({ log, announce, now }: EndedReadingsEdge): () => Promise<void> {
  let seenTo = now()
  return async () => {
    const to = now()
    const ended = await log.readingsEnded(seenTo, to)
    if (ended.length > 0) await announce(ended)
    seenTo = to
  }
}
