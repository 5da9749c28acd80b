import { defaultClockRules } from '#domain/incidents/clocks.ts'
import { wordHours } from '#ui/time/use-span.ts'
import { expect, test } from 'vitest'
import { readLimit } from '../../../src/renderer/features/rules/limit-text.ts'
import { isOwn, limitsOf, readHours, withLimit, withoutLimits } from '../../../src/renderer/features/rules/rules-draft.ts'
import { wordsIn } from '../words-in.ts'

// Demand: defaults editable per level and type.

const HOUR = 3_600_000

test('limits are typed in hours and minutes; nothing means that the clock does not run', () => {
  expect(readLimit('4')).toBe(4 * HOUR)
  expect(readLimit(' 0:30 ')).toBe(HOUR / 2)
  expect(readLimit('24：00')).toBe(24 * HOUR)
  expect(readLimit('')).toBeUndefined()
  for (const wrong of ['0', '0:00', '4:60', 'four', '-1', '2161']) expect(readLimit(wrong), wrong).toBeNull()
  for (const half of ['30 分', '30分钟', '30 min', '30m', '0:30']) expect(readLimit(half), half).toBe(HOUR / 2)
  for (const long of ['1 小时 30 分', '1小时30分钟', '1 h 30 min', '1h30m', '90 分']) expect(readLimit(long), long).toBe(1.5 * HOUR)
  expect([readLimit('2 天'), readLimit('1 day 2 hours')]).toEqual([48 * HOUR, 26 * HOUR])
  for (const wrong of ['30 分 1 小时', '1 h 1 h', '4 x', '4 h 30', '91 天', '30 秒']) expect(readLimit(wrong), wrong).toBeNull()
  // The shown text can be parsed again.
  for (const ms of [HOUR / 2, HOUR, 1.5 * HOUR, 24 * HOUR, 90 * 24 * HOUR]) {
    for (const language of ['zh-Hans', 'en'] as const) expect(readLimit(wordHours(ms, wordsIn(language)))).toBe(ms)
  }
})

test('hours are whole and within bounds; nothing means ours', () => {
  expect(['1', ' 720 ', ''].map((text) => readHours(text, 720))).toEqual([1, 720, undefined])
  for (const wrong of ['0', '721', '1.5', '-3', 'x', '12h']) expect(readHours(wrong, 720), wrong).toBeNull()
})

test('a change for all types leaves the other levels as they are by default, and can be taken back', () => {
  const changed = withLimit({}, null, 1, 'response', HOUR / 2)
  expect(limitsOf(changed, null, 1)).toEqual({ ...defaultClockRules(1, true), response: HOUR / 2 })
  expect(limitsOf(changed, null, 2)).toEqual(defaultClockRules(2, true))
  expect(isOwn(changed, null, 1)).toBe(true)
  expect(isOwn(changed, null, 2)).toBe(false)
  expect(withoutLimits(changed, null)).toEqual({})
})

test('a type may have limits of its own for one level; without them it follows those of all types', () => {
  const all = withLimit({}, null, 2, 'response', HOUR)
  const type = withLimit(all, 'information-leak', 2, 'apology', undefined)
  expect(limitsOf(type, 'information-leak', 2).apology).toBeUndefined()
  expect(limitsOf(type, 'information-leak', 2).response).toBe(HOUR)
  expect(limitsOf(type, 'information-leak', 1)).toEqual(limitsOf(type, null, 1))
  expect(limitsOf(type, 'product-problem', 2).apology).toBe(48 * HOUR)
  expect(withoutLimits(type, 'information-leak')).toEqual(all)
})
