import type { EntryState } from './entry.ts'

/** Written down this much later than it happened, an entry is marked as late. Milliseconds. */
export const NOTABLE_LAG = 30 * 60_000

/**
 * How much later an entry was written down than it happened, in milliseconds; null when that is not worth a mark, or when
 * a file brought it, whose lines were all written down elsewhere first.
 */
export function recordingLag(entry: Pick<EntryState, 'happenedAt' | 'recordedAt' | 'importId'>): number | null {
  const lag = entry.recordedAt - entry.happenedAt
  return entry.importId === null && lag >= NOTABLE_LAG ? lag : null
}
