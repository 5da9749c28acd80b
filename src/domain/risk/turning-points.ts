import { HOUR } from '../durations.ts'
import type { SeriesPoint, SeriesReading } from '../series/series.ts'
import type { TurningPoint } from '../timeline/entry.ts'

/** A turning point that a series suggests; a person confirms or refuses it. */
export type TurningPointSuggestion = {
  kind: Extract<TurningPoint, 'precursor' | 'acceleration' | 'cooling' | 'emotion-shift'>
  at: number
  /** The figures behind it: the measured value, and what it was compared with. */
  measured: number
  against: number
}

export type TurningPointRules = {
  /** Width of the moving window, hours (004-15 names three). */
  windowHours: number
  /** Hours before the window whose average counts as usual. */
  usualHours: number
  /** A window above this multiple of the usual is an acceleration (004-15: more than twice the average). */
  accelerationTimes: number
  /** Fewer than this in a window is noise, whatever the ratio. */
  minimum: number
  /** A window under this share of the highest so far is an echo of known events, whatever the ratio. */
  shareOfHighest: number
  /** A further acceleration is possible once the window has fallen below this share of its peak. */
  rearmShare: number
  /** … or when it exceeds the value of the last acceleration by this factor. */
  againTimes: number
  /** Cooling: the window stays below this share of the peak for `coolingHours`. */
  coolingShare: number
  coolingHours: number
}

/**
 * Window and ratio are from the sources (004-15); the rest is our own, tuned on the same real propagation curves that the
 * bench `turning-points` measures, so its figures are optimistic: the quality on unseen curves is unknown.
 */
export const DEFAULT_TURNING_POINT_RULES: TurningPointRules = {
  windowHours: 3,
  usualHours: 24,
  accelerationTimes: 2,
  minimum: 20,
  shareOfHighest: 0.2,
  rearmShare: 0.5,
  againTimes: 3,
  coolingShare: 0.2,
  coolingHours: 6,
}

/** Maximum number of hours, back from the last one: twenty years. A mistyped date would otherwise create a century of hours. */
const MOST_HOURS = 20 * 366 * 24

/**
 * A spread by the hour, from the first to the last measured hour, at most {@link MOST_HOURS}: increments are summed, with
 * empty hours as zero; a level is the mean of the hour, carried forward over gaps; a running total is its increase since its
 * first measurement.
 * @param points in time order, milliseconds since 1970
 */
export function perHour(points: readonly SeriesPoint[], reading: SeriesReading = 'increments'): { start: number; counts: number[] } {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return { start: 0, counts: [] }
  const end = Math.floor(last[0] / HOUR)
  const start = Math.max(Math.floor(first[0] / HOUR), end - MOST_HOURS + 1) * HOUR
  const counts = Array.from({ length: end - start / HOUR + 1 }, () => 0)
  const measured = Array.from(counts, () => 0)
  let before = first[1]
  let earlier = 0
  for (const [at, value] of points) {
    if (at < start) {
      before = value
      earlier = value
      continue
    }
    const index = Math.floor((at - start) / HOUR)
    counts[index] = (counts[index] ?? 0) + (reading === 'running-total' ? Math.max(0, value - before) : value)
    measured[index] = (measured[index] ?? 0) + 1
    before = value
  }
  if (reading !== 'level') return { start, counts }
  let carried = earlier
  const levels = counts.map((sum, index) => {
    const number = measured[index] ?? 0
    if (number > 0) carried = sum / number
    return carried
  })
  return { start, counts: levels }
}

/** Range sums of an array in constant time: `sum(from, to)` adds the items from … to − 1, clipped to the array. */
export function stretchSums(counts: readonly number[]): (from: number, to: number) => number {
  const upTo = [0]
  for (const count of counts) upTo.push((upTo.at(-1) ?? 0) + count)
  const at = (index: number) => upTo[Math.min(counts.length, Math.max(0, index))] ?? 0
  return (from, to) => at(to) - at(from)
}

/**
 * Accelerations and coolings of a spread (AN-08, AN-11, 004-15), and the precursor before the first acceleration (AN-07):
 * the first window with a third of the noise limit. A suggestion is placed at the beginning of the hour that caused it. It
 * uses no later data, except that a cooling has to last. There is none before an hour outside the window is known: the start
 * of a series is not a turning point.
 * @param points in time order
 */
export function suggestFromSpread(
  points: readonly SeriesPoint[],
  reading: SeriesReading = 'increments',
  rules: TurningPointRules = DEFAULT_TURNING_POINT_RULES,
): TurningPointSuggestion[] {
  const { start, counts } = perHour(points, reading)
  const sum = stretchSums(counts)
  const { windowHours, usualHours } = rules
  // Levels of several hours cannot be added: their window value is the mean.
  const scale = reading === 'level' ? windowHours : 1
  const windowAt = (index: number) => sum(index - windowHours + 1, index + 1) / scale
  const isKnown = (index: number) => index >= windowHours
  const usualAt = (index: number) => {
    const end = index - windowHours + 1
    const hours = Math.min(usualHours, Math.max(0, end))
    return hours === 0 ? 0 : ((sum(end - hours, end) / hours) * windowHours) / scale
  }
  const found: TurningPointSuggestion[] = []
  let highest = 0
  let peak = 0
  let made = 0
  let armed = true
  let hot = false
  let quietSince: number | null = null
  for (let index = 0; index < counts.length; index++) {
    const now = windowAt(index)
    const usual = usualAt(index)
    if (
      isKnown(index) &&
      (armed || now >= made * rules.againTimes) &&
      now >= rules.minimum &&
      now > usual * rules.accelerationTimes &&
      now >= highest * rules.shareOfHighest
    ) {
      found.push({ kind: 'acceleration', at: start + index * HOUR, measured: now, against: usual })
      armed = false
      hot = true
      peak = now
      made = now
      quietSince = null
    }
    highest = Math.max(highest, now)
    peak = Math.max(peak, now)
    if (!armed && now < peak * rules.rearmShare) armed = true
    if (!hot) continue
    quietSince = now < peak * rules.coolingShare ? (quietSince ?? index) : null
    if (quietSince !== null && index - quietSince + 1 >= rules.coolingHours) {
      found.push({ kind: 'cooling', at: start + quietSince * HOUR, measured: windowAt(quietSince), against: peak })
      hot = false
      quietSince = null
    }
  }
  const first = found[0]
  if (!first) return found
  const stir = counts.findIndex(
    (_, index) => isKnown(index) && windowAt(index) >= rules.minimum / 3 && windowAt(index) > usualAt(index) * rules.accelerationTimes,
  )
  // Within the acceleration's own window it is the acceleration, not a precursor.
  if (stir >= 0 && start + (stir + windowHours) * HOUR <= first.at) {
    found.unshift({ kind: 'precursor', at: start + stir * HOUR, measured: windowAt(stir), against: usualAt(stir) })
  }
  return found
}

/**
 * Mood shifts from a series of negative share in percent (AN-09): a measurement that is `rise` points over the mean of those
 * before it. Later measurements are compared with the new mood.
 * @param points in time order; fewer than three measurements give no mean
 */
export function suggestFromSentiment(points: readonly SeriesPoint[], rise = 15): TurningPointSuggestion[] {
  const found: TurningPointSuggestion[] = []
  let sum = 0
  let count = 0
  for (const [at, value] of points) {
    if (count >= 3 && value - sum / count >= rise) {
      found.push({ kind: 'emotion-shift', at, measured: value, against: sum / count })
      sum = 0
      count = 0
    }
    sum += value
    count += 1
  }
  return found
}
