import { formatClock, formatDay, formatExact, formatMoment, spanParts } from '#ui/time/format-time.ts'
import { expect, test } from 'vitest'

// UX, "Words": 24-hour clock, the weekday when it is not today, the year when it is another year.

const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-22T23:30:00')

test.each([
  ['2026-11-22T00:05:00', '00:05', '00:05'],
  ['2026-11-23T15:42:00', '周一 15:42', 'Mon 15:42'],
  ['2026-11-20T09:00:00', '周五 09:00', 'Fri 09:00'],
  ['2026-03-08T09:00:00', '3月8日 09:00', '8 Mar 09:00'],
  ['2025-12-31T23:59:00', '2025年12月31日 23:59', '31 Dec 2025 23:59'],
])('%s is worded %s and %s', (moment, chinese, english) => {
  expect(formatMoment(at(moment), now, 'zh-Hans')).toBe(chinese)
  expect(formatMoment(at(moment), now, 'en')).toBe(english)
})

test('midnight is 00:00, never 24:00 or 12:00 AM', () => {
  expect(formatClock(at('2026-11-22T00:00:00'), 'zh-Hans')).toBe('00:00')
  expect(formatClock(at('2026-11-22T00:00:00'), 'en')).toBe('00:00')
})

test('a day is headed with its weekday, and the exact time names its zone', () => {
  expect(formatDay(now, 'zh-Hans')).toBe('2026年11月22日 周日')
  expect(formatDay(now, 'en')).toBe('Sun 22 November 2026')
  expect(formatExact(now, 'zh-Hans')).toMatch(/^2026\/11\/22 周日 23:30:00 (UTC|GMT|\w)/)
  expect(formatExact(now, 'en')).toMatch(/^22\/11\/2026 Sun 23:30:00 (UTC|GMT|\w)/)
})

test('spans are cut into days, hours, minutes and seconds, whichever their sign', () => {
  expect(spanParts(-((2 * 24 + 3) * 3_600_000 + 4 * 60_000 + 5_999))).toEqual({ days: 2, hours: 3, minutes: 4, seconds: 5 })
})
