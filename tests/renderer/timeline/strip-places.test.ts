import type { TimelineBucket } from '#contract/timeline-api.ts'
import { expect, test } from 'vitest'
import { barLength, BAR_STEPS, bucketBeside, bucketOf, placeOf } from '../../../src/renderer/features/timeline/density/strip-places.ts'

// Demand, the timeline grown up: a density strip to jump by.

/** Buckets with the given numbers of entries and of shown entries. */
function strip(counts: readonly (readonly [count: number, shown: number])[]): TimelineBucket[] {
  let first = 0
  return counts.map(([count, shown], at) => {
    const bucket = { from: at, to: at + 1, folded: false, count, shown, first, kinds: [], clocks: [] }
    first += shown
    return bucket
  })
}

const buckets = strip([
  [4, 4],
  [0, 0],
  [5, 0],
  [2, 2],
])

test('a row is found in its bucket', () => {
  expect([0, 3, 4, 5, 6, -1].map((place) => bucketOf(buckets, place))).toEqual([0, 0, 3, 3, -1, -1])
})

test('a bucket leads to the row that is read first in it, and an empty one to the nearest', () => {
  expect([0, 1, 2, 3].map((at) => placeOf(buckets, at, false))).toEqual([0, 4, 4, 4])
  expect([0, 1, 2, 3].map((at) => placeOf(buckets, at, true))).toEqual([3, 3, 3, 5])
  expect(placeOf(strip([[3, 0]]), 0, true)).toBeNull()
  expect(
    placeOf(
      strip([
        [0, 0],
        [3, 1],
      ]),
      0,
      true,
    ),
  ).toBe(0)
})

test('arrows go over buckets that hold nothing, but stop at a clock, and stay at the ends', () => {
  expect(bucketBeside(buckets, 0, 1)).toBe(2)
  expect(bucketBeside(buckets, 3, 1)).toBe(3)
  expect(bucketBeside(buckets, 2, -1)).toBe(0)
  const withClock = buckets.map((bucket, at) =>
    at === 1 ? { ...bucket, clocks: [{ clock: 'response', mark: 'missed', at: 1 } as const] } : bucket,
  )
  expect(bucketBeside(withClock, 0, 1)).toBe(1)
})

test('a bar is never too short to be seen, and the longest is full', () => {
  expect([barLength(0, 500), barLength(1, 500), barLength(125, 500), barLength(500, 500)]).toEqual([0, 1, BAR_STEPS / 2, BAR_STEPS])
})
