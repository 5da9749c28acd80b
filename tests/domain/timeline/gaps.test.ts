import { gapBetween, gapRule, KEPT_BEFORE, LEAST_GAP } from '#domain/timeline/gaps.ts'
import { recordingLag } from '#domain/timeline/recording-lag.ts'
import { seeded } from '#tests/support/seeded.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

// Requirement of the timeline: gaps are marked, and entries that were recorded long after they happened say so.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DECLARED = Date.UTC(2026, 10, 21, 18)

const every = (minutes: number, count: number, from = DECLARED) => Array.from({ length: count }, (_, at) => from + at * minutes * MINUTE)

test.each([
  ['a busy night', 2, 30],
  ['five minutes apart', 5, 30],
  ['a slow day', 20, 120],
  ['two a day', 12 * 60, 72 * 60],
])('%s: one entry every %i minutes marks silences from %i minutes', (_, usual, least) => {
  expect(gapRule(every(usual, 40), DECLARED)).toEqual({ usualMs: usual * MINUTE, leastMs: least * MINUTE, since: DECLARED - KEPT_BEFORE })
})

test('no rule marks less than half an hour, and nothing is usual in a list of one', () => {
  expect(gapRule([], DECLARED).leastMs).toBe(LEAST_GAP)
  expect(gapRule([DECLARED], DECLARED)).toMatchObject({ usualMs: 0, leastMs: LEAST_GAP })
})

test("last year's complaints neither count as usual nor are marked, however far apart", () => {
  const history = every(7 * 24 * 60, 30, DECLARED - 400 * 24 * HOUR)
  const night = every(3, 20)
  const rule = gapRule([...history, ...night], DECLARED)
  expect(rule).toMatchObject({ usualMs: 3 * MINUTE, leastMs: LEAST_GAP })
  expect(gapBetween(history.at(-2) ?? 0, history.at(-1) ?? 0, rule)).toBeNull()
  expect(gapBetween(history.at(-1) ?? 0, DECLARED, rule)).toBeNull()
  expect(gapBetween(DECLARED, DECLARED + LEAST_GAP - 1, rule)).toBeNull()
  expect(gapBetween(DECLARED, DECLARED + 200 * MINUTE, rule)).toBe(200 * MINUTE)
  expect(gapBetween(DECLARED - KEPT_BEFORE, DECLARED, rule)).toBe(KEPT_BEFORE)
})

test('property: what is usual is the median of the intervals, to the minute', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 * MINUTE }), { minLength: 1, maxLength: 60 }), (intervals) => {
      const times = [DECLARED]
      for (const interval of intervals) times.push((times.at(-1) ?? 0) + interval)
      const minutes = intervals.map((interval) => Math.floor(interval / MINUTE)).toSorted((a, b) => a - b)
      expect(gapRule(Float64Array.from(times), DECLARED).usualMs).toBe((minutes[Math.ceil(intervals.length / 2) - 1] ?? 0) * MINUTE)
    }),
    seeded(200),
  )
})

test('half an hour late is worth a mark; a line of a file never is, nor what was written ahead', () => {
  const entry = { happenedAt: DECLARED, recordedAt: DECLARED + 30 * MINUTE, importId: null }
  expect(recordingLag(entry)).toBe(30 * MINUTE)
  expect(recordingLag({ ...entry, recordedAt: DECLARED + 30 * MINUTE - 1 })).toBeNull()
  expect(recordingLag({ ...entry, importId: 'one' })).toBeNull()
  expect(recordingLag({ ...entry, recordedAt: DECLARED - 9 * HOUR })).toBeNull()
})
