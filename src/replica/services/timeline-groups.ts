import { DateTime } from 'luxon'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import type { Grouping, TimelineGroup } from '#contract/timeline-api.ts'
import { kindOfMark } from './entry-marks.ts'

export type Groups = { grouping: Grouping; groups: TimelineGroup[] }

/** With more hours than these a list is grouped by days: each write sends the groups anew. */
export const MOST_HOURS = 3000

/** A moment in a zone; one that is not known counts as UTC. */
export function inZone(at: number, zone: string): DateTime {
  const local = DateTime.fromMillis(at, { zone })
  return local.isValid ? local : DateTime.fromMillis(at, { zone: 'utc' })
}

/**
 * Ascending times cut into local days or hours, each counted by kind. The zone's arithmetic is asked once a group, not once an entry.
 * @param marks the byte of each entry (see entry-marks)
 */
export function groupRows(times: Float64Array, marks: Uint8Array, zone: string, grouping: Grouping): Groups {
  const groups: { at: number; count: number; kinds: number[] }[] = []
  let to = Number.NEGATIVE_INFINITY
  for (let place = 0; place < times.length; place += 1) {
    const at = times[place] ?? 0
    if (at >= to) {
      if (grouping === 'hour' && groups.length === MOST_HOURS) return groupRows(times, marks, zone, 'day')
      const start = inZone(at, zone).startOf(grouping)
      to = start.plus({ [grouping]: 1 }).toMillis()
      groups.push({ at: start.toMillis(), count: 0, kinds: ENTRY_KINDS.map(() => 0) })
    }
    const group = groups.at(-1)
    if (!group) continue
    const kind = kindOfMark(marks[place] ?? 0)
    group.count += 1
    group.kinds[kind] = (group.kinds[kind] ?? 0) + 1
  }
  return { grouping, groups }
}
