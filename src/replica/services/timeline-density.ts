import { clockStatus, type ClockEnd, type ClockState } from '#domain/incidents/clocks.ts'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { timeBuckets } from '#domain/timeline/time-buckets.ts'
import type { ClockMark, TimelineBucket, TimelineFilter } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { kindOfMark } from './entry-marks.ts'
import { inZone } from './timeline-groups.ts'
import type { TimelineList } from './timeline-list.ts'

/** When clocks were met or ran out, until `now` (ms since 1970) or until the incident was closed; running and stopped ones have no mark. */
export function clockMarks(clocks: readonly ClockState[], now: number, end: ClockEnd): ClockMark[] {
  return clocks.flatMap((clock): ClockMark[] => {
    const status = clockStatus(clock, now, end)
    const missed: ClockMark = { clock: clock.id, mark: 'missed', at: clock.dueAt }
    if (clock.met === null) return status.kind === 'overdue' || (status.kind === 'unmet' && status.lateMs > 0) ? [missed] : []
    if (status.kind === 'met') return [{ clock: clock.id, mark: 'met', at: clock.met.at }]
    return [missed, { clock: clock.id, mark: 'met-late', at: clock.met.at }]
  })
}

/** Divides the whole incident into time buckets: counts per bucket, how many a filter shows, and which clocks were decided. */
export function countDensity(
  list: TimelineList,
  incidentId: string,
  filter: TimelineFilter,
  clocks: readonly ClockMark[],
  zone: string,
): TimelineBucket[] {
  const shown = list.times(incidentId, filter).times
  const { times, marks } = list.times(incidentId, { order: filter.order })
  const spans = timeBuckets(
    times,
    clocks.map(({ at }) => at),
    (at) => inZone(at, zone).offset * MINUTE,
  )
  let all = 0
  let first = 0
  return spans.map(({ from, to, folded }) => {
    const kinds = ENTRY_KINDS.map(() => 0)
    const start = all
    for (; all < times.length && (times[all] ?? 0) < to; all += 1) {
      const kind = kindOfMark(marks[all] ?? 0)
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
    let next = first
    while (next < shown.length && (shown[next] ?? 0) < to) next += 1
    const bucket = {
      from,
      to,
      folded,
      count: all - start,
      shown: next - first,
      first,
      kinds,
      clocks: clocks.filter(({ at }) => at >= from && at < to),
    }
    first = next
    return bucket
  })
}
