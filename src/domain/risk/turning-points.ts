import type { SeriesPoint } from '../series/series.ts'
import type { TurningPoint } from '../timeline/entry.ts'

const HOUR = 3_600_000

/** A turning point that a series suggests; a person confirms or refuses it. */
export type TurningPointSuggestion = {
  kind: Extract<TurningPoint, 'precursor' | 'acceleration' | 'cooling' | 'emotion-shift'>
  at: number
  /** The figures that made it: what was measured, and against what. */
  measured: number
  against: number
}

export type TurningPointRules = {
  /** Width of the moving window, hours. */
  windowHours: number
  /** A window above so many times the usual before it is an acceleration (004-15: more than 2 × the average in 3 h). */
  accelerationTimes: number
  /** Fewer than this in a window is noise, whatever the ratio. */
  minimum: number
  /** Cooling: the window stays under this share of the peak for `coolingHours`. */
  coolingShare: number
  coolingHours: number
}

export const DEFAULT_TURNING_POINT_RULES: TurningPointRules = { windowHours: 3, accelerationTimes: 2, minimum: 10, coolingShare: 0.2, coolingHours: 6 }

/** Counts per hour from increments, empty hours as zero, from the first to the last hour measured. */
export function perHour(points: readonly SeriesPoint[]): { start: number; counts: number[] } {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return { start: 0, counts: [] }
  const start = Math.floor(first[0] / HOUR) * HOUR
  const counts = Array.from({ length: Math.floor((last[0] - start) / HOUR) + 1 }, () => 0)
  for (const [at, value] of points) {
    const index = Math.floor((at - start) / HOUR)
    counts[index] = (counts[index] ?? 0) + value
  }
  return { start, counts }
}

/**
 * Accelerations and coolings of a spread, from counts per interval (AN-08, AN-11), and the precursor before the first
 * acceleration (AN-07): the first hour in which anything noticeable happened.
 * @param points increments in time order
 */
export function suggestFromSpread(points: readonly SeriesPoint[], rules: TurningPointRules = DEFAULT_TURNING_POINT_RULES): TurningPointSuggestion[] {
  const { start, counts } = perHour(points)
  const window = (index: number) => counts.slice(Math.max(0, index - rules.windowHours + 1), index + 1).reduce((sum, count) => sum + count, 0)
  const found: TurningPointSuggestion[] = []
  let peak = 0
  let hot = false
  let quietSince: number | null = null
  for (let index = 0; index < counts.length; index++) {
    const now = window(index)
    const before = counts.slice(0, Math.max(0, index - rules.windowHours + 1))
    const usual = before.length === 0 ? 0 : (before.reduce((sum, count) => sum + count, 0) / before.length) * rules.windowHours
    peak = Math.max(peak, now)
    if (!hot && now >= rules.minimum && now > usual * rules.accelerationTimes) {
      hot = true
      peak = now
      found.push({ kind: 'acceleration', at: start + index * HOUR, measured: now, against: usual })
    } else if (hot) {
      quietSince = now < peak * rules.coolingShare ? (quietSince ?? index) : null
      if (quietSince !== null && index - quietSince + 1 >= rules.coolingHours) {
        found.push({ kind: 'cooling', at: start + quietSince * HOUR, measured: window(quietSince), against: peak })
        hot = false
        quietSince = null
      }
    }
  }
  const firstAcceleration = found[0]
  const stir = counts.findIndex((count) => count > 0)
  if (firstAcceleration && stir >= 0 && start + stir * HOUR < firstAcceleration.at) {
    found.unshift({ kind: 'precursor', at: start + stir * HOUR, measured: counts[stir] ?? 0, against: 0 })
  }
  return found
}

/**
 * Shifts of mood from a series of negative share in percent (AN-09): the first time that a measurement stands `points` over the mean before it.
 */
export function suggestFromSentiment(points: readonly SeriesPoint[], rise = 15): TurningPointSuggestion[] {
  const found: TurningPointSuggestion[] = []
  let sum = 0
  let count = 0
  for (const [at, value] of points) {
    if (count >= 3 && value - sum / count >= rise) {
      found.push({ kind: 'emotion-shift', at, measured: value, against: sum / count })
      // What follows is measured against the new mood.
      sum = 0
      count = 0
    }
    sum += value
    count += 1
  }
  return found
}
