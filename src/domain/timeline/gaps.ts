const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** No silence shorter than this is marked. Milliseconds. */
export const LEAST_GAP = 30 * MINUTE
/** A silence is marked when it is this many times as long as is usual between two entries. */
export const TIMES_USUAL = 6
/** What happened longer than this before the declaration is history: nobody was keeping a record then. Milliseconds. */
export const KEPT_BEFORE = 72 * HOUR

/** From when on a silence is marked in an incident, and why. All in milliseconds; `since` since 1970. */
export type GapRule = {
  /** The median time between two entries, to the minute. */
  usualMs: number
  leastMs: number
  since: number
}

const MINUTES_TOLD_APART = 7 * 24 * 60

/**
 * The rule by which silences in a list are marked. A busy night shows half an hour without a word, a quiet week does not:
 * the least gap grows with what is usual between two entries, and is never under {@link LEAST_GAP}.
 * @param times times of every entry, ascending
 * @param declaredAt when the incident was declared
 */
export function gapRule(times: ArrayLike<number>, declaredAt: number): GapRule {
  const since = declaredAt - KEPT_BEFORE
  // Counting by the minute finds the median in one pass: the list may hold 100,000.
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

/** The silence between two neighbours in a list, in milliseconds, or null when it is not to be marked. */
export function gapBetween(before: number, after: number, rule: GapRule): number | null {
  const silence = after - before
  return before >= rule.since && silence >= rule.leastMs ? silence : null
}
