import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { NOTABLE_LAG } from '#domain/timeline/recording-lag.ts'

// One byte per entry for counting in lists: the kind in the lower four bits, then starred, then recorded late.
const KIND = 0b1111
const STARRED = 0b01_0000
const LATE = 0b10_0000

/**
 * SQL: the byte of an entry, from the columns for sorting and filtering. "Late" follows the rule of `recordingLag`. The database
 * computes it, since reading 100,000 kinds as text takes three times as long as reading numbers.
 */
export const MARK = `(CASE facet ${ENTRY_KINDS.map((kind, at) => `WHEN '${kind}' THEN ${at}`).join(' ')} ELSE 0 END
  + starred * ${STARRED} + (origin IS NULL AND recorded_at - sort_at >= ${NOTABLE_LAG}) * ${LATE})`

/** Index in ENTRY_KINDS of the kind in a mark. */
export function kindOfMark(mark: number): number {
  return mark & KIND
}

/** How many are starred, and how many were recorded late. */
export function countMarks(marks: Uint8Array): { starred: number; late: number } {
  let starred = 0
  let late = 0
  for (const mark of marks) {
    if ((mark & STARRED) !== 0) starred += 1
    if ((mark & LATE) !== 0) late += 1
  }
  return { starred, late }
}
