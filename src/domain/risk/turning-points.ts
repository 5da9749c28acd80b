import type { SeriesPoint, SeriesReading } from '../series/series.ts'
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
  /** Width of the moving window, hours (004-15 names three). */
  windowHours: number
  /** Hours before the window whose average is the usual. */
  usualHours: number
  /** A window above so many times the usual is an acceleration (004-15: more than twice the average). */
  accelerationTimes: number
  /** Fewer than this in a window is noise, whatever the ratio. */
  minimum: number
  /** A window under this share of the highest so far is an echo of what is already known, whatever the ratio. */
  shareOfHighest: number
  /** A further acceleration can come once the window has fallen under this share of its peak. */
  rearmShare: number
  /** … or when it has grown to so many times what made the last one. */
  againTimes: number
  /** Cooling: the window stays under this share of the peak for `coolingHours`. */
  coolingShare: number
  coolingHours: number
}

/**
 * Window and ratio are the sources' (004-15); the rest is ours, chosen while looking at the real propagation curves that the
 * bench `turning-points` measures, so its figures flatter: how it does on a curve nobody has seen is not known.
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

/** Hours that are told apart at most, back from the last one: twenty years. A mistyped date would make a hundred of them. */
const MOST_HOURS = 20 * 366 * 24

/**
 * A spread by the hour, from the first to the last hour measured, {@link MOST_HOURS} at most: increments added up with empty hours as zero; a level as the
 * mean of the hour, carried on where nothing was measured; a running total as what it grew by since its first measurement.
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

/** Sums over any stretch of an array in constant time: `sum(from, to)` of the items from … to − 1, clipped to the array. */
export function stretchSums(counts: readonly number[]): (from: number, to: number) => number {
  const upTo = [0]
  for (const count of counts) upTo.push((upTo.at(-1) ?? 0) + count)
  const at = (index: number) => upTo[Math.min(counts.length, Math.max(0, index))] ?? 0
  return (from, to) => at(to) - at(from)
}

/**
 * Accelerations and coolings of a spread (AN-08, AN-11, 004-15), and the precursor before the first acceleration (AN-07): the
 * first window with a third of what counts as more than noise.
 * A suggestion stands at the beginning of the hour that made it, and looks at nothing later except that a cooling has to last.
 * There is none before an hour outside the window is known: that a series begins is no turn of it.
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
  // Levels of several hours are not added up to anything: their window is their mean.
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
  // Within the window of the acceleration it is the acceleration itself.
  if (stir >= 0 && start + (stir + windowHours) * HOUR <= first.at) {
    found.unshift({ kind: 'precursor', at: start + stir * HOUR, measured: windowAt(stir), against: usualAt(stir) })
  }
  return found
}

/**
 * Shifts of mood from a series of negative share in percent (AN-09): a measurement that stands `rise` points over the mean of
 * those before it. What follows a shift is measured against the new mood.
 * @param points in time order; the mean of fewer than three measurements is no mood yet
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
