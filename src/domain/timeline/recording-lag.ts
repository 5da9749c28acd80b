import { MINUTE } from '../durations.ts'
import type { EntryState } from './entry.ts'

/** An entry recorded this much later than it happened is marked as late. Milliseconds. */
export const NOTABLE_LAG = 30 * MINUTE

/**
 * How much later an entry was recorded than it happened, in milliseconds; null when that is too short for a mark, or for
 * imported entries, which were all recorded elsewhere first.
 */
export function recordingLag(entry: Pick<EntryState, 'happenedAt' | 'recordedAt' | 'importId'>): number | null {
  const lag = entry.recordedAt - entry.happenedAt
  return entry.importId === null && lag >= NOTABLE_LAG ? lag : null
}
