import { HOUR, MINUTE } from '../durations.ts'

/** The shortest gap that is marked. Milliseconds. */
export const LEAST_GAP = 30 * MINUTE
/** A gap is marked when it is this many times as long as the usual interval between two entries. */
export const TIMES_USUAL = 6
/** Events longer than this before the declaration are history, from before anyone kept a record. Milliseconds. */
export const KEPT_BEFORE = 72 * HOUR

/** The minimum length of a marked gap in an incident, and its basis. All in milliseconds; `since` since 1970. */
export type GapRule = {
  /** The median interval between two entries, to the minute. */
  usualMs: number
  leastMs: number
  since: number
}

const MINUTES_TOLD_APART = 7 * 24 * 60

/**
 * The rule by which gaps in a list are marked. In a busy night half an hour without entries is a gap, in a quiet week it is
 * not: the minimum grows with the usual interval, and is never under {@link LEAST_GAP}.
 * @param times times of every entry, ascending
 * @param declaredAt when the incident was declared
 */
export function gapRule(times: ArrayLike<number>, declaredAt: number): GapRule {
  const since = declaredAt - KEPT_BEFORE
  // Counting per minute finds the median in one pass: the list may hold 100,000.
  const counts = new Int32Array(MINUTES_TOLD_APART + 1)
  let intervals = 0
  for (let at = times.length - 1; at > 0; at -= 1) {
    const before = times[at - 1] ?? 0
    if (before < since) break
    const minutes = Math.min(MINUTES_TOLD_APART, Math.floor(((times[at] ?? 0) - before) / MINUTE))
    counts[minutes] = (counts[minutes] ?? 0) + 1
    intervals += 1
  }
  let usual = 0
  for (let seen = counts[0] ?? 0; intervals > 0 && seen * 2 < intervals; seen += counts[usual] ?? 0) usual += 1
  const usualMs = usual * MINUTE
  return { usualMs, leastMs: Math.max(LEAST_GAP, TIMES_USUAL * usualMs), since }
}

/** The gap between two neighbors in a list, in milliseconds, or null when it is not marked. */
export function gapBetween(before: number, after: number, rule: GapRule): number | null {
  const silence = after - before
  return before >= rule.since && silence >= rule.leastMs ? silence : null
}
