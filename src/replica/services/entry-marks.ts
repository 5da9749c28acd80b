import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { NOTABLE_LAG } from '#domain/timeline/recording-lag.ts'

// One byte tells of an entry what lists count: its kind in the lower four bits, whether it is starred, whether it was written down late.
const KIND = 0b1111
const STARRED = 0b01_0000
const LATE = 0b10_0000

/**
 * SQL: the byte of an entry, from the columns that it is sorted and filtered by. Told late by the rule of `recordingLag`; asked
 * of the database, since a hundred thousand kinds as text take three times as long to read as their numbers.
 */
export const MARK = `(CASE facet ${ENTRY_KINDS.map((kind, at) => `WHEN '${kind}' THEN ${at}`).join(' ')} ELSE 0 END
  + starred * ${STARRED} + (origin IS NULL AND recorded_at - sort_at >= ${NOTABLE_LAG}) * ${LATE})`

/** Place in ENTRY_KINDS of the kind that a mark tells. */
export function kindOfMark(mark: number): number {
  return mark & KIND
}

/** How many are starred, and how many were written down late. */
export function countMarks(marks: Uint8Array): { starred: number; late: number } {
  let starred = 0
  let late = 0
  for (const mark of marks) {
    if ((mark & STARRED) !== 0) starred += 1
    if ((mark & LATE) !== 0) late += 1
  }
  return { starred, late }
}
