import { HOUR } from '../durations.ts'
import type { SeriesPoint, SeriesReading } from '../series/series.ts'
import { dayGrowth, LEAST_VOLUME } from './growth.ts'
import { DEFAULT_TURNING_POINT_RULES, perHour, stretchSums, type TurningPointRules } from './turning-points.ts'

/** A value at a time for drawing; null leaves a gap. */
export type CurvePoint = readonly [at: number, value: number | null]

/** Curves of a series: amount per hour, total so far, or day-over-day growth in percent. */
export const CURVE_KINDS = ['hourly', 'total', 'growth'] as const
export type CurveKind = (typeof CURVE_KINDS)[number]

/** The series by the hour; a level keeps its measurements. */
export function hourlyCurve(points: readonly SeriesPoint[], reading: SeriesReading): CurvePoint[] {
  if (reading === 'level') return [...points]
  const { start, counts } = perHour(points, reading)
  return counts.map((count, index) => [start + index * HOUR, count])
}

/** The cumulative series; a running total keeps its measurements. */
export function totalCurve(points: readonly SeriesPoint[], reading: SeriesReading): CurvePoint[] {
  if (reading !== 'increments') return [...points]
  let sum = 0
  return points.map(([at, value]) => {
    sum += value
    return [at, sum]
  })
}

/** Growth of each 24 hours against the 24 before, percent, at the end of every hour (GR-09); null if unknown or the counts are too low. */
export function growthCurve(points: readonly SeriesPoint[], reading: SeriesReading): CurvePoint[] {
  const { start, counts } = perHour(points, reading)
  const sum = stretchSums(counts)
  return counts.flatMap((_, index): CurvePoint[] => {
    if (index < 24) return []
    const last = sum(index - 23, index + 1)
    // For a level with less than two days of data, the earlier mean covers fewer hours.
    const hours = Math.min(24, index - 23)
    const before = reading === 'level' ? (sum(index - 47, index - 23) / hours) * 24 : sum(index - 47, index - 23)
    const few = reading !== 'level' && Math.max(last, before) < LEAST_VOLUME
    return [[start + (index + 1) * HOUR, few || before <= 0 ? null : ((last - before) / before) * 100]]
  })
}

/** The hourly value that counts as an acceleration when the window's average exceeds it (004-15): the usual × the ratio. */
export function accelerationCurve(
  points: readonly SeriesPoint[],
  reading: SeriesReading,
  rules: TurningPointRules = DEFAULT_TURNING_POINT_RULES,
): CurvePoint[] {
  const { start, counts } = perHour(points, reading)
  const sum = stretchSums(counts)
  return counts.map((_, index) => {
    const end = index - rules.windowHours + 1
    const hours = Math.min(rules.usualHours, Math.max(0, end))
    const usual = hours === 0 ? 0 : sum(end - hours, end) / hours
    return [start + index * HOUR, Math.max(usual * rules.accelerationTimes, rules.minimum / rules.windowHours)]
  })
}

/**
 * The total at which the last 24 hours have grown by `percent` against the 24 before: the alarm threshold on a curve of
 * totals.
 * @returns null for a level, and if the growth is unknown
 */
export function totalAtGrowth(points: readonly SeriesPoint[], reading: SeriesReading, percent: number): number | null {
  const end = points.at(-1)
  if (!end || reading === 'level') return null
  const growth = dayGrowth(points, end[0], reading)
  if (!growth || growth.percent === null) return null
  const total = totalCurve(points, reading).at(-1)?.[1] ?? 0
  return total - growth.last + growth.before * (1 + percent / 100)
}
