import { expect, test } from 'vitest'
import { accelerationCurve, growthCurve, hourlyCurve, totalAtGrowth, totalCurve } from '#domain/risk/curves.ts'
import { dayGrowth, growth24h } from '#domain/risk/growth.ts'
import { figureOfSeries } from '#domain/risk/series-figure.ts'
import type { SeriesPoint } from '#domain/series/series.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'

const HOUR = 3_600_000
/** A whole hour, two days after the first measurement. */
const NOW = Math.ceil(TWO_AT_NIGHT / HOUR) * HOUR
const START = NOW - 48 * HOUR

/** One measurement at the end of each of 48 hours: `first` in each hour of the first day, `second` in each of the second. */
const twoDays = (first: number, second: number): SeriesPoint[] =>
  Array.from({ length: 48 }, (_, hour) => [START + (hour + 1) * HOUR, hour < 24 ? first : second])
const totalled = (points: readonly SeriesPoint[]): SeriesPoint[] =>
  points.map(([at], index) => [at, points.slice(0, index + 1).reduce((sum, [, value]) => sum + value, 0)])

test('GR-09: three times as much as the day before is growth of 200 %', () => {
  expect(dayGrowth(twoDays(10, 30), NOW)).toEqual({ last: 720, before: 240, percent: 200, few: false, hoursBefore: 23 })
  expect(growth24h(twoDays(10, 5), NOW)).toBe(-50)
})

test('GR-09: a running total is compared by what it grew by', () => {
  const points: SeriesPoint[] = [[START, 0], ...totalled(twoDays(10, 30))]
  expect(growth24h(points, NOW, 'running-total')).toBe(200)
})

test('GR-09: a level is compared by its mean', () => {
  expect(growth24h(twoDays(20, 50), NOW, 'level')).toBe(150)
})

test('GR-09: without a measurement in one of the days, or with nothing in the earlier, there is no percentage', () => {
  expect(dayGrowth([[NOW - HOUR, 5]], NOW)).toBeNull()
  expect(dayGrowth([[NOW - 30 * HOUR, 5]], NOW)).toBeNull()
  expect(dayGrowth(twoDays(0, 5), NOW)).toMatchObject({ last: 120, before: 0, percent: null })
})

test('GR-09: an earlier day that is not whole says so', () => {
  const points: SeriesPoint[] = [
    [NOW - 30 * HOUR, 50],
    [NOW - HOUR, 50],
  ]
  expect(dayGrowth(points, NOW)).toMatchObject({ percent: 0, hoursBefore: 6 })
})

test('GR-09: from 2 to 3 is no growth of 50 %, from 2 to 500 is one, and a level has no least volume', () => {
  const two = (before: number, last: number): SeriesPoint[] => [
    [NOW - 30 * HOUR, before],
    [NOW - HOUR, last],
  ]
  expect(dayGrowth(two(2, 3), NOW)).toMatchObject({ last: 3, before: 2, percent: null, few: true })
  expect(dayGrowth(two(19, 19), NOW)).toMatchObject({ percent: null, few: true })
  expect(dayGrowth(two(2, 500), NOW)).toMatchObject({ percent: 24_900, few: false })
  expect(dayGrowth(two(40, 10), NOW)).toMatchObject({ percent: -75, few: false })
  expect(growth24h(two(2, 3), NOW, 'level')).toBe(50)
  expect(growthCurve(twoDays(0.05, 0.1), 'increments').every(([, value]) => value === null)).toBe(true)
})

test('AN-01: curves by the hour, in total and of growth tell the same series', () => {
  const points = twoDays(10, 30)
  expect(hourlyCurve(points, 'increments').at(-1)).toEqual([NOW, 30])
  expect(totalCurve(points, 'increments').at(-1)).toEqual([NOW, 960])
  expect(growthCurve(points, 'increments').at(-1)?.[1]).toBe(200)
  expect(hourlyCurve(totalled(points), 'running-total').at(-1)).toEqual([NOW, 30])
  expect(totalCurve(totalled(points), 'running-total')).toEqual(totalled(points))
})

test('AN-01: less than a day has no growth to draw', () => {
  expect(growthCurve(twoDays(1, 1).slice(0, 24), 'increments')).toEqual([])
})

test('AN-01: the alarm threshold on totals is where growth reaches it', () => {
  const points = twoDays(10, 20)
  const alarm = totalAtGrowth(points, 'increments', 200) ?? 0
  expect(alarm).toBe(240 + 720)
  const more: SeriesPoint[] = [...points.slice(0, -1), [NOW, (points.at(-1)?.[1] ?? 0) + alarm - 720]]
  expect(growth24h(more, NOW)).toBe(200)
  expect(totalAtGrowth(points, 'level', 200)).toBeNull()
})

test('004-15: the line to pass is twice the usual, never below what is noise', () => {
  const line = accelerationCurve(twoDays(10, 10), 'increments')
  expect(line.at(-1)?.[1]).toBe(20)
  expect(line[0]?.[1]).toBeCloseTo(20 / 3)
})

test.for([
  ['spread', '微博转发', 'growth24h'],
  ['sentiment', '负面占比', 'negativeShare'],
  ['sentiment', '负面条数', null],
  ['influence', '报道的主流媒体', 'mainstreamMedia'],
  ['influence', 'Mainstream media reporting', 'mainstreamMedia'],
  ['influence', '参与的意见领袖', 'opinionLeaders'],
  ['influence', '粉丝数', null],
  ['business', '相关咨询', 'enquiryGrowth'],
  ['business', '转化率', null],
  ['other', '气温', null],
] as const)('AN-01…AN-04: a series of %s named %s tells %s', ([metric, name, figure]) => {
  expect(figureOfSeries({ metric, name, unit: '' })).toBe(figure)
})
