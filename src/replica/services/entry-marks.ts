import { ENTRY_KINDS, type EntryKind } from '#domain/timeline/entry.ts'
import { recordingLag } from '#domain/timeline/recording-lag.ts'

// One byte tells of an entry what lists count: its kind in the lower four bits, whether it is starred, whether it was written down late.
const KIND = 0b1111
const STARRED = 0b01_0000
const LATE = 0b10_0000

/** The byte of an entry, from the columns it is sorted and filtered by. */
export function markOf(facet: string, starred: boolean, happenedAt: number, recordedAt: number, importId: string | null): number {
  const kind = ENTRY_KINDS.indexOf(facet as EntryKind)
  const late = recordingLag({ happenedAt, recordedAt, importId }) !== null
  return (kind & KIND) | (starred ? STARRED : 0) | (late ? LATE : 0)
}

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
