import type { SeriesPoint, SeriesReading } from '../series/series.ts'

const DAY = 86_400_000

/** Sum of a series over (from, to], or what a running total grew by in that time; null when nothing was measured. */
function amount(points: readonly SeriesPoint[], from: number, to: number, reading: SeriesReading): number | null {
  const inside = points.filter(([at]) => at > from && at <= to)
  if (inside.length === 0) return null
  if (reading === 'increments') return inside.reduce((sum, [, value]) => sum + value, 0)
  if (reading === 'level') return inside.reduce((sum, [, value]) => sum + value, 0) / inside.length
  const before = points.findLast(([at]) => at <= from)
  return (inside.at(-1)?.[1] ?? 0) - (before?.[1] ?? inside[0]?.[1] ?? 0)
}

/**
 * Growth of the 24 hours before `now` against the 24 hours before those, percent (GR-09).
 * @param points in time order, milliseconds since 1970
 * @returns null when one of the two days has no measurement or the earlier one is nothing: growth from nothing has no percentage
 */
export function growth24h(points: readonly SeriesPoint[], now: number, reading: SeriesReading = 'increments'): number | null {
  const last = amount(points, now - DAY, now, reading)
  const before = amount(points, now - 2 * DAY, now - DAY, reading)
  return last === null || before === null || before <= 0 ? null : ((last - before) / before) * 100
}
