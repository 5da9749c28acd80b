import type { TimelineBucket } from '#contract/timeline-api.ts'

/** Steps in which the length of a bar is told. */
export const BAR_STEPS = 10

/** How long the bar of a bucket is, 0 to {@link BAR_STEPS}: by the square root, so that a single entry is still seen beside a storm. */
export function barLength(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round(Math.sqrt(count / most) * BAR_STEPS))
}

/** The bucket that holds the row stored at `place`; -1 when there is none. */
export function bucketOf(buckets: readonly TimelineBucket[], place: number): number {
  return buckets.findIndex(({ first, shown }) => place >= first && place < first + shown)
}

/**
 * The place in the list to bring to its top for a bucket: what is read first in it, or, where nothing of it is shown, the
 * nearest row. Null in an empty list.
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

/** The next bucket in one direction (+1 later, -1 earlier) that holds something, or the same when there is none. */
export function bucketBeside(buckets: readonly TimelineBucket[], at: number, direction: 1 | -1): number {
  for (let next = at + direction; next >= 0 && next < buckets.length; next += direction) {
    const bucket = buckets[next]
    if (bucket && holdsSomething(bucket)) return next
  }
  return at
}
