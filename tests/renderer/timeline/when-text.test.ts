import { expect, test } from 'vitest'
import { parseWhen, toLocalField } from '../../../src/renderer/features/timeline/composer/when-text.ts'

const now = new Date(2026, 10, 22, 15, 30, 0).getTime()
const at = (year: number, month: number, day: number, hour: number, minute: number) => new Date(year, month - 1, day, hour, minute).getTime()

test.each([
  ['', now],
  ['现在', now],
  ['now', now],
  ['10 分钟前', now - 600_000],
  ['10分钟前', now - 600_000],
  ['半小时前', now - 1_800_000],
  ['2 个小时前', now - 7_200_000],
  ['2h ago', now - 7_200_000],
  ['5 min ago', now - 300_000],
  ['3 天前', now - 3 * 86_400_000],
  ['14:20', at(2026, 11, 22, 14, 20)],
  ['14\uff1a20', at(2026, 11, 22, 14, 20)],
  ['14点20分', at(2026, 11, 22, 14, 20)],
  ['下午2点半', at(2026, 11, 22, 14, 30)],
  ['3 pm', at(2026, 11, 22, 15, 0)],
  ['12 am', at(2026, 11, 22, 0, 0)],
  ['23:50', at(2026, 11, 21, 23, 50)],
  ['昨天 21:05', at(2026, 11, 21, 21, 5)],
  ['yesterday 9:05', at(2026, 11, 21, 9, 5)],
  ['前天 8点', at(2026, 11, 20, 8, 0)],
  ['3-24 17:00', at(2026, 3, 24, 17, 0)],
  ['12月31日 23:00', at(2025, 12, 31, 23, 0)],
  ['2021-03-24 17:00', at(2021, 3, 24, 17, 0)],
  ['2021年3月24日 17:00', at(2021, 3, 24, 17, 0)],
  ['2021-03-24T17:00', at(2021, 3, 24, 17, 0)],
])('"%s" is understood', (typed, expected) => {
  expect(parseWhen(typed, now)).toBe(expected)
})

test.each(['soon', '25:00', '12:60', '2021-02-30 10:00', '13-1 10:00', '昨天', '2021-03-24', '7', '-5 分钟前'])('"%s" is no time', (typed) => {
  expect(parseWhen(typed, now)).toBeNull()
})

test('what the date field shows is read back as the same minute', () => {
  expect(parseWhen(toLocalField(now), now)).toBe(now)
})
