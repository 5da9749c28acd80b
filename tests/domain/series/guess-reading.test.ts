import { expect, test } from 'vitest'
import { guessSeries, isShare, readingInForce, saysShare } from '#domain/series/guess-reading.ts'

const FALLING = [149, 68, 20, 31, 0, 1]
const RISING = [149, 217, 237, 268, 268, 269]

test.for([
  ['负面占比', [70, 72, 75, 78, 80, 81], 'level', 'sentiment', '%'],
  ['负面占比（%）', [70, 72, 60, 78, 80, 81], 'level', 'sentiment', '%'],
  ['负面率', [70, 72, 60, 78], 'level', 'sentiment', '%'],
  ['negative_share', [70, 72, 60, 78], 'level', 'sentiment', '%'],
  ['Negative %', [70, 72, 60, 78], 'level', 'sentiment', '%'],
  ['主流媒体数', [1, 2, 2, 3, 3, 4], 'running-total', 'influence', ''],
  ['reposts', FALLING, 'increments', 'spread', ''],
  ['reposts_total', RISING, 'running-total', 'spread', ''],
  ['累计转发', RISING, 'running-total', 'spread', ''],
  ['转发总数', RISING, 'running-total', 'spread', ''],
  ['转发量', RISING, 'running-total', 'spread', ''],
  ['转发量', FALLING, 'increments', 'spread', ''],
  ['新增评论', RISING, 'increments', 'spread', ''],
  ['每小时搜索量', RISING, 'increments', 'spread', ''],
  ['热搜排名', [20, 12, 3, 1, 1, 5], 'level', 'other', ''],
  ['best_rank', [20, 12, 3, 1, 1, 5], 'level', 'other', ''],
  ['peak_popularity', FALLING, 'level', 'spread', ''],
  ['热度', RISING, 'level', 'spread', ''],
  ['投诉量', [3, 9, 4, 12, 40, 31], 'increments', 'business', ''],
  ['累计投诉', [3, 9, 14, 40], 'running-total', 'business', ''],
  ['退货率', [1, 2, 3, 2], 'level', 'business', '%'],
  ['意见领袖人数', [1, 2, 3, 5], 'running-total', 'influence', ''],
  ['总监回复数', [3, 1, 4, 0], 'increments', 'other', ''],
] as const)('%s with %j is read as %s, %s, unit "%s"', ([name, values, reading, metric, unit]) => {
  expect(guessSeries(name, values)).toMatchObject({ reading, metric, unit, sure: true })
})

test('where neither name nor values tell, it is not sure', () => {
  expect(guessSeries('x', [3, 1, 2, 9]).sure).toBe(false)
  expect(guessSeries('转发', [3, 4]).sure).toBe(false)
  expect(guessSeries('转发', [5]).sure).toBe(false)
  expect(guessSeries('转发', [5, 5, 5, 5, 5]).sure).toBe(false)
  expect(guessSeries('累计转发', [9, 1, 7, 2, 6, 1]).sure).toBe(false)
})

test('cells with a percent sign are a level, 0.81 in a share means 81, and growth may be over 100', () => {
  expect(guessSeries('微博', [12, 40, 31, 20], true)).toMatchObject({ reading: 'level', unit: '%', sure: true, fraction: false })
  expect(guessSeries('负面占比', [0.7, 0.72, 0.81])).toMatchObject({ fraction: true })
  expect(guessSeries('负面占比', [0, 1, 0])).toMatchObject({ fraction: false })
  expect(saysShare({ name: '转发量环比增长率', unit: '%' })).toBe(false)
  expect(guessSeries('转发量环比增长率', [250, -3, 12])).toMatchObject({ reading: 'level', unit: '%' })
})

test('what has to stay within 0 and 100', () => {
  expect(isShare({ name: '负面占比', unit: '', metric: 'other', reading: 'level' })).toBe(true)
  expect(isShare({ name: '情绪', unit: '', metric: 'sentiment', reading: 'level' })).toBe(true)
  expect(isShare({ name: '负面条数', unit: '条', metric: 'sentiment', reading: 'level' })).toBe(false)
  expect(isShare({ name: '转发', unit: '', metric: 'spread', reading: 'running-total' })).toBe(false)
})

test('a series imported when files did not say how they are read is read as it is; what was said, and what cannot be told, stays', () => {
  const points = (values: readonly number[]) => values.map((value, index): [number, number] => [index * 60_000, value])
  const old = (name: string, unit = '') => ({ name, unit, reading: 'increments', importId: 'i' }) as const
  expect(readingInForce(old('负面占比'), false, points([70, 72, 81]))).toBe('level')
  expect(readingInForce(old('reposts_total'), false, points(RISING))).toBe('running-total')
  expect(readingInForce(old('reposts'), false, points(FALLING))).toBe('increments')
  expect(readingInForce(old('转发', '条'), false, points([3, 4]))).toBe('increments')
  expect(readingInForce(old('负面占比'), true, points([70, 72, 81]))).toBe('increments')
  expect(readingInForce({ ...old('负面占比'), importId: null }, false, points([70, 72, 81]))).toBe('increments')
})
