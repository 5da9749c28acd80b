import { DAY, HOUR, MINUTE } from '../durations.ts'

/** A range of time, half-open, milliseconds since 1970. `folded`: a long gap drawn as one bucket. */
export type TimeSpan = { from: number; to: number; folded: boolean }

/** Maximum number of buckets in a strip: each is at least five pixels wide in the smallest window. */
export const MOST_BUCKETS = 96

/** Possible bucket lengths: common units of time. */
const WIDTHS = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE).concat([1, 2, 3, 6, 12].map((hours) => hours * HOUR))
const DAYS = [1, 2, 7, 14, 28, 84, 182, 364, 728]

/** Shorter gaps are not folded: a quiet night should be visible. */
const LEAST_FOLD = 16 * HOUR
/** A gap is folded when it would take more than this part of the strip. */
const FOLDED_PART = 1 / 8

type Silence = { from: number; to: number }

function longSilences(times: readonly number[] | Float64Array, others: readonly number[]): Silence[] {
  const found: Silence[] = []
  for (let at = 1; at < times.length; at += 1) {
    const from = times[at - 1] ?? 0
    const to = times[at] ?? 0
    if (to - from > LEAST_FOLD) found.push({ from, to })
  }
  const first = times[0] ?? 0
  const last = times.at(-1) ?? 0
  const ends = [Math.min(first, ...others), Math.max(last, ...others)] as const
  found.push({ from: ends[0], to: first }, { from: last, to: ends[1] })
  // A clock that ran out within a gap must stay visible.
  return found.flatMap(({ from, to }) => {
    const cuts = [from, ...others.filter((at) => at > from && at < to).toSorted((a, b) => a - b), to]
    return cuts.slice(1).map((cut, at) => ({ from: cuts[at] ?? from, to: cut }))
  })
}

function foldsOf(silences: readonly Silence[], span: number): Silence[] {
  const folds: Silence[] = []
  let rest = span
  for (const silence of silences.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    const length = silence.to - silence.from
    if (length <= LEAST_FOLD || length <= rest * FOLDED_PART) break
    folds.push(silence)
    rest -= length
  }
  return folds.toSorted((a, b) => a.from - b.from)
}

/**
 * Divides the time of an incident into buckets of equal length, with each long gap folded into one bucket: a table of last
 * year's complaints must not compress the decisive night into a single line.
 * @param times times of the entries, ascending
 * @param others further times that the buckets must cover, in any order
 * @param zoneOffset milliseconds by which local time is ahead of UTC at a time, so that buckets begin on the local hour and
 *   day
 * @returns buckets in order without holes between them; none if there are no times
 */
export function timeBuckets(
  times: readonly number[] | Float64Array,
  others: readonly number[],
  zoneOffset: (at: number) => number,
): TimeSpan[] {
  if (times.length === 0) return []
  const from = Math.min(times[0] ?? 0, ...others)
  const to = Math.max(times.at(-1) ?? 0, ...others)
  const folds = foldsOf(longSilences(times, others), to - from)
  const stretches = [...folds, { from: to, to }].map((fold, at) => ({ from: folds[at - 1]?.to ?? from, to: fold.from }))
  const widths = [...WIDTHS, ...DAYS.map((days) => days * DAY)]
  const bucketsAt = (width: number) =>
    stretches.reduce((sum, stretch) => sum + Math.ceil((stretch.to - stretch.from) / width) + 1, folds.length)
  const width = widths.find((one) => bucketsAt(one) <= MOST_BUCKETS) ?? Math.ceil((to - from) / (MOST_BUCKETS / 2))
  const spans: TimeSpan[] = []
  for (const stretch of stretches) {
    const offset = zoneOffset(stretch.from)
    let start = Math.floor((stretch.from + offset) / width) * width - offset
    const end = spans.at(-1)?.to
    if (end !== undefined && start > end) spans.push({ from: end, to: start, folded: true })
    else if (end !== undefined) start = end
    for (; start <= stretch.to; start += width) spans.push({ from: start, to: start + width, folded: false })
  }
  return spans
}
