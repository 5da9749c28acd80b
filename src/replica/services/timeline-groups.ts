import { DateTime } from 'luxon'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import type { Grouping, TimelineGroup } from '#contract/timeline-api.ts'
import { kindOfMark } from './entry-marks.ts'

export type Groups = { grouping: Grouping; groups: TimelineGroup[] }

/** Above this number of hours a list is grouped by days, because each write sends the groups again. */
export const MOST_HOURS = 3000

/** Slightly less than the maximum distance of a date from 1970, so that days and hours can be computed from it. */
const FURTHEST = 8.6e15

/** A moment in a zone; an unknown zone counts as UTC. */
export function inZone(moment: number, zone: string): DateTime {
  // A stored value beyond the range of dates is clamped to it.
  const at = Number.isFinite(moment) ? Math.max(-FURTHEST, Math.min(FURTHEST, moment)) : 0
  const local = DateTime.fromMillis(at, { zone })
  return local.isValid ? local : DateTime.fromMillis(at, { zone: 'utc' })
}

/**
 * Divides ascending times into local days or hours, each counted by kind. The zone is evaluated once per group, not per entry.
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
