import { MOST_BUCKETS, timeBuckets } from '#domain/timeline/time-buckets.ts'
import { seeded } from '#tests/support/seeded.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

// Requirement of the timeline: a density strip of the whole incident, to jump by.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 10, 21, 18)
const UTC = () => 0
const every = (step: number, count: number, from = START) => Array.from({ length: count }, (_, at) => from + at * step)

test('nothing has no buckets, and one entry has one', () => {
  expect(timeBuckets([], [], UTC)).toEqual([])
  expect(timeBuckets([START + 5000], [], UTC)).toEqual([{ from: START, to: START + MINUTE, folded: false }])
})

test('buckets have a length that people count in, and begin on the hour and the day of the zone', () => {
  const shanghai = () => 8 * HOUR
  const threeDays = timeBuckets(every(10 * MINUTE, 433), [], shanghai)
  expect(new Set(threeDays.map(({ from, to }) => to - from))).toEqual(new Set([HOUR]))
  const months = timeBuckets(every(6 * HOUR, 360), [], shanghai)
  expect(new Set(months.map(({ from, to }) => to - from))).toEqual(new Set([DAY]))
  expect(months.map(({ from }) => (from + 8 * HOUR) % DAY)).toEqual(months.map(() => 0))
})

test('a night keeps its length, and last year is folded so that tonight can be read', () => {
  const nights = timeBuckets([...every(5 * MINUTE, 100), ...every(5 * MINUTE, 100, START + 20 * HOUR)], [], UTC)
  expect(nights.some(({ folded }) => folded)).toBe(false)
  const spans = timeBuckets([...every(DAY, 5, START - 370 * DAY), ...every(MINUTE, 300)], [], UTC)
  const folds = spans.filter(({ folded }) => folded)
  expect(folds.length).toBeGreaterThan(0)
  expect(spans.filter(({ from, folded }) => from >= START - DAY && !folded).length).toBeGreaterThan(20)
})

test('a clock that ran out in a long silence keeps a bucket of its own', () => {
  const dueAt = START + 24 * HOUR
  const spans = timeBuckets([START, START + MINUTE, START + 30 * DAY], [dueAt], UTC)
  expect(spans.find(({ from, to }) => dueAt >= from && dueAt < to)?.folded).toBe(false)
})

test('property: every moment has its bucket, none is folded away, nothing lies between two, and there are never too many', () => {
  const moment = fc.integer({ min: -400 * DAY, max: 4 * DAY }).map((offset) => START + offset)
  const near = fc.integer({ min: 0, max: 6 * HOUR }).map((offset) => START + offset)
  fc.assert(
    fc.property(
      fc.array(fc.oneof(moment, near), { minLength: 1, maxLength: 80 }),
      fc.array(moment, { maxLength: 5 }),
      fc.constantFrom(0, 8 * HOUR, -5 * HOUR, 330 * MINUTE),
      (unsorted, others, offset) => {
        const times = unsorted.toSorted((a, b) => a - b)
        const spans = timeBuckets(times, others, () => offset)
        expect(spans.length).toBeLessThanOrEqual(MOST_BUCKETS)
        for (const [at, span] of spans.entries()) {
          expect(span.to).toBeGreaterThan(span.from)
          if (at > 0) expect(span.from).toBe(spans[at - 1]?.to)
        }
        for (const time of [...times, ...others]) {
          const holding = spans.filter(({ from, to }) => time >= from && time < to)
          expect(holding.map(({ folded }) => folded)).toEqual([false])
        }
      },
    ),
    seeded(400),
  )
})
