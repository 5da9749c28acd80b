import { expect, test } from 'vitest'
import fc from 'fast-check'
import { DEFAULT_TURNING_POINT_RULES, perHour, suggestFromSentiment, suggestFromSpread } from '#domain/risk/turning-points.ts'
import type { SeriesPoint } from '#domain/series/series.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { seeded } from '#tests/support/seeded.ts'

const HOUR = 3_600_000
const START = Math.floor(TWO_AT_NIGHT / HOUR) * HOUR

const hourly = (counts: readonly number[]): SeriesPoint[] => counts.map((count, hour) => [START + hour * HOUR, count])
const quiet = (hours: number, count = 2) => Array.from({ length: hours }, () => count)
const kindsOf = (counts: readonly number[]) => suggestFromSpread(hourly(counts)).map(({ kind, at }) => [kind, (at - START) / HOUR])

test('004-15, AN-08: more than twice the usual within three hours is an acceleration, at the hour that made it; the beginning of a series is none', () => {
  expect(kindsOf([...quiet(24, 10), 10, 50, 60])).toEqual([['acceleration', 25]])
  expect(kindsOf([...quiet(24, 10), 15, 15, 15])).toEqual([])
  expect(kindsOf([217, 5, 5, 5, 5])).toEqual([])
  expect(kindsOf([217, 217, 217])).toEqual([])
  expect(kindsOf([0, 0, 0, 217])).toEqual([['acceleration', 3]])
})

test('AN-08: it says what was measured, and against what', () => {
  const found = suggestFromSpread(hourly([...quiet(24, 10), 10, 50])).at(-1)
  expect(found).toMatchObject({ kind: 'acceleration', measured: 70, against: 30 })
})

test('AN-08: what is less than noise is none, whatever the ratio', () => {
  expect(kindsOf([...quiet(24, 0), 3, 6, 9])).toEqual([])
})

test('AN-08: a small echo after a great burst is none', () => {
  expect(kindsOf([...quiet(10, 2), 300, 200, 100, ...quiet(30, 0), 10, 10, 10]).filter(([kind]) => kind === 'acceleration')).toEqual([
    ['acceleration', 10],
  ])
})

test('AN-08: a second burst as great as the first is another acceleration', () => {
  const counts = [...quiet(10, 2), 300, 200, 100, ...quiet(30, 0), 10, 200, 250]
  expect(kindsOf(counts).filter(([kind]) => kind === 'acceleration')).toEqual([
    ['acceleration', 10],
    ['acceleration', 44],
  ])
})

test('AN-08: a rise that goes on to several times what made the first one is told again', () => {
  const counts = [...quiet(30, 3), 20, 20, 20, 90, 120, 150]
  expect(kindsOf(counts).filter(([kind]) => kind === 'acceleration').length).toBe(2)
})

test('AN-11: cooling is named once it has lasted, and stands where it began', () => {
  const burst = [...quiet(5, 2), 200, 100, 50]
  expect(kindsOf([...burst, ...quiet(6, 0)])).not.toContainEqual(['cooling', 9])
  expect(kindsOf([...burst, ...quiet(7, 0)])).toContainEqual(['cooling', 9])
})

test('AN-07: the precursor is the first stir before the first acceleration, and there is none without one', () => {
  expect(kindsOf([0, 0, 1, 7, 1, 1, 1, 1, 90])[0]).toEqual(['precursor', 3])
  expect(kindsOf([0, 0, 1, 7, 1, 1])).toEqual([])
})

test('AN-08: a running total is read by what it grew by, and its first value is no burst', () => {
  const totals = hourly(quiet(30, 2)).map(([at, value], index): SeriesPoint => [at, 50_000 + value * index])
  expect(suggestFromSpread(totals, 'running-total')).toEqual([])
  const risen = totals.map(([at, value], index): SeriesPoint => [at, index < 28 ? value : value + 400])
  expect(suggestFromSpread(risen, 'running-total')).toMatchObject([{ kind: 'acceleration', at: START + 28 * HOUR }])
})

test('AN-09: a negative share 15 points over the mean before is a shift of mood, told once', () => {
  const shares = [30, 32, 34, 33, 50, 52, 51, 53].map((share, index): SeriesPoint => [START + index * HOUR, share])
  expect(suggestFromSentiment(shares)).toEqual([{ kind: 'emotion-shift', at: START + 4 * HOUR, measured: 50, against: 32.25 }])
})

test('AN-09: two measurements are no mood, and a fall is no shift', () => {
  expect(
    suggestFromSentiment([
      [START, 10],
      [START + 1, 90],
    ]),
  ).toEqual([])
  expect(suggestFromSentiment([80, 80, 80, 20].map((share, index) => [START + index, share]))).toEqual([])
})

test('a series that was never measured, and a single measurement, are taken as they are', () => {
  expect(perHour([])).toEqual({ start: 0, counts: [] })
  expect(suggestFromSpread([])).toEqual([])
  expect(kindsOf([5])).toEqual([])
})

test('a date far off makes no more hours than there are in twenty years, counted back from the last', () => {
  const [long, late] = [Date.UTC(1990, 0, 1), Date.UTC(2026, 2, 15, 2)]
  for (const reading of ['increments', 'running-total', 'level'] as const) {
    const { start, counts } = perHour(
      [
        [long, 5],
        [late, 7],
      ],
      reading,
    )
    expect(counts.length).toBe(20 * 366 * 24)
    expect(start + (counts.length - 1) * 3_600_000).toBe(late)
    expect([counts[0], counts.at(-1)]).toEqual(reading === 'level' ? [5, 7] : [0, reading === 'increments' ? 7 : 2])
  }
})

const anyCounts = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 15 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) }),
  { minLength: 1, maxLength: 120 },
)

test('AN-08: what comes later never takes an acceleration back', () => {
  fc.assert(
    fc.property(anyCounts, anyCounts, (counts, more) => {
      const accelerations = (values: readonly number[]) => kindsOf(values).filter(([kind]) => kind === 'acceleration')
      const before = accelerations(counts)
      expect(accelerations([...counts, ...more]).slice(0, before.length)).toEqual(before)
    }),
    seeded(300),
  )
})

test('AN-08, AN-11: every acceleration passes its rule, every cooling comes after an acceleration, all stand in order', () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const found = suggestFromSpread(hourly(counts))
      const spread = found.filter(({ kind }) => kind !== 'precursor')
      expect(spread.map(({ at }) => at)).toEqual(spread.map(({ at }) => at).toSorted((a, b) => a - b))
      expect(spread[0]?.kind).not.toBe('cooling')
      for (const { kind, measured, against } of spread) {
        if (kind !== 'acceleration') continue
        expect(measured).toBeGreaterThanOrEqual(DEFAULT_TURNING_POINT_RULES.minimum)
        expect(measured).toBeGreaterThan(against * DEFAULT_TURNING_POINT_RULES.accelerationTimes)
      }
    }),
    seeded(300),
  )
})
