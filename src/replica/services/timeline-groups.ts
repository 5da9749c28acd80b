import { DateTime } from 'luxon'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import type { Grouping, TimelineGroup } from '#contract/timeline-api.ts'
import { kindOfMark } from './entry-marks.ts'

export type Groups = { grouping: Grouping; groups: TimelineGroup[] }

/** With more hours than these a list is grouped by days: each write sends the groups anew. */
export const MOST_HOURS = 3000

/** A little less than the furthest that a date can be from 1970, so that days and hours can be counted from it. */
const FURTHEST = 8.6e15

/** A moment in a zone; one that is not known counts as UTC. */
export function inZone(moment: number, zone: string): DateTime {
  // What was stored beyond all dates stands at their end.
  const at = Number.isFinite(moment) ? Math.max(-FURTHEST, Math.min(FURTHEST, moment)) : 0
  const local = DateTime.fromMillis(at, { zone })
  return local.isValid ? local : DateTime.fromMillis(at, { zone: 'utc' })
}

/**
 * Ascending times cut into local days or hours, each counted by kind. The zone's arithmetic is asked once a group, not once an entry.
 * @param marks the byte of each entry (see entry-marks)
 */
export function groupRows(times: Float64Array, marks: Uint8Array, zone: string, grouping: Grouping): Groups {
  const groups: TimelineGroup[] = []
  const kinds = new Int32Array(ENTRY_KINDS.length)
  let to = Number.NEGATIVE_INFINITY
  let from = 0
  let first = 0
  const close = (end: number) => {
    if (end > first) groups.push({ at: from, count: end - first, kinds: [...kinds] })
    kinds.fill(0)
    first = end
  }
  for (let place = 0; place < times.length; place += 1) {
    const at = times[place] ?? 0
    if (at >= to) {
      close(place)
      if (grouping === 'hour' && groups.length === MOST_HOURS) return groupRows(times, marks, zone, 'day')
      const start = inZone(at, zone).startOf(grouping)
      from = start.toMillis()
      to = start.plus({ [grouping]: 1 }).toMillis()
    }
    const kind = kindOfMark(marks[place] ?? 0)
    kinds[kind] = (kinds[kind] ?? 0) + 1
  }
  close(times.length)
  return { grouping, groups }
}
