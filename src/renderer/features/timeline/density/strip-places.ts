import type { TimelineBucket } from '#contract/timeline-api.ts'

/** Number of steps in the length of a bar. */
export const BAR_STEPS = 10

/** The bar length of a bucket, 0 to {@link BAR_STEPS}: by square root, so that a single entry stays visible beside a peak. */
export function barLength(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round(Math.sqrt(count / most) * BAR_STEPS))
}

/** The bucket that contains the row at storage index `place`; -1 if none does. */
export function bucketOf(buckets: readonly TimelineBucket[], place: number): number {
  return buckets.findIndex(({ first, shown }) => place >= first && place < first + shown)
}

/**
 * The storage index to scroll to for a bucket: its first row in reading order, or the nearest row if none of its rows is shown. Null if the
 * list is empty.
 */
export function placeOf(buckets: readonly TimelineBucket[], at: number, newestFirst: boolean): number | null {
  const bucket = buckets[at]
  const last = buckets.at(-1)
  const total = last ? last.first + last.shown : 0
  if (!bucket || total === 0) return null
  const place = newestFirst ? bucket.first + bucket.shown - 1 : bucket.first
  return Math.min(total - 1, Math.max(0, place))
}

function holdsSomething(bucket: TimelineBucket): boolean {
  return bucket.count > 0 || bucket.clocks.length > 0
}

/** The next non-empty bucket in a direction (+1 later, -1 earlier); the same bucket if there is none. */
export function bucketBeside(buckets: readonly TimelineBucket[], at: number, direction: 1 | -1): number {
  for (let next = at + direction; next >= 0 && next < buckets.length; next += direction) {
    const bucket = buckets[next]
    if (bucket && holdsSomething(bucket)) return next
  }
  return at
}
