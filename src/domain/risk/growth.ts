import { DAY, HOUR } from '../durations.ts'
import type { SeriesPoint, SeriesReading } from '../series/series.ts'

/** Fewer than this in both days is noise, whatever the ratio: the `minimum` of the turning points, for a day. */
export const LEAST_VOLUME = 20

/** Comparison of the 24 hours before a time with the 24 hours before those (GR-09, AN-01, AN-04). */
export type DayGrowth = {
  /** Amount of the last 24 hours, and of the 24 before: a sum, or for a level the mean. */
  last: number
  before: number
  /** Growth in percent; null if the earlier day is zero (no percentage exists), or if both amounts are too low. */
  percent: number | null
  /** True if both days are under {@link LEAST_VOLUME}: from 2 to 3 is no growth of 50 %. */
  few: boolean
  /** How many of the earlier 24 hours are after the first measurement; fewer than 24: the earlier day is incomplete. */
  hoursBefore: number
}

/** Sum of a series over (from, to], or the increase of a running total in that time; null when nothing was measured. */
function amount(points: readonly SeriesPoint[], from: number, to: number, reading: SeriesReading): number | null {
  const inside = points.filter(([at]) => at > from && at <= to)
  if (inside.length === 0) return null
  if (reading === 'increments') return inside.reduce((sum, [, value]) => sum + value, 0)
  if (reading === 'level') return inside.reduce((sum, [, value]) => sum + value, 0) / inside.length
  const before = points.findLast(([at]) => at <= from)
  return (inside.at(-1)?.[1] ?? 0) - (before?.[1] ?? inside[0]?.[1] ?? 0)
}

/**
 * @param points in time order, milliseconds since 1970
 * @param now end of the last day
 * @returns null when one of the two days has no measurement
 */
export function dayGrowth(points: readonly SeriesPoint[], now: number, reading: SeriesReading = 'increments'): DayGrowth | null {
  const last = amount(points, now - DAY, now, reading)
  const before = amount(points, now - 2 * DAY, now - DAY, reading)
  const first = points[0]
  if (last === null || before === null || !first) return null
  const hoursBefore = Math.min(24, Math.floor((now - DAY - first[0]) / HOUR))
  const few = reading !== 'level' && Math.max(last, before) < LEAST_VOLUME
  return { last, before, percent: few || before <= 0 ? null : ((last - before) / before) * 100, few, hoursBefore }
}

/** Only the growth of {@link dayGrowth}, percent. */
export function growth24h(points: readonly SeriesPoint[], now: number, reading: SeriesReading = 'increments'): number | null {
  return dayGrowth(points, now, reading)?.percent ?? null
}
