import { defaultClockRules } from '#domain/incidents/clocks.ts'
import { expect, test } from 'vitest'
import { isOwn, limitsOf, readHours, readLimit, withLimit, withoutLimits, writeLimit } from '../../../src/renderer/features/rules/rules-draft.ts'

// Demand: defaults editable per level and type.

const HOUR = 3_600_000

test('limits are typed in hours and minutes; nothing means that the clock does not run', () => {
  expect(readLimit('4')).toBe(4 * HOUR)
  expect(readLimit(' 0:30 ')).toBe(HOUR / 2)
  expect(readLimit('24：00')).toBe(24 * HOUR)
  expect(readLimit('')).toBeUndefined()
  for (const wrong of ['0', '0:00', '4:60', 'four', '-1', '2161']) expect(readLimit(wrong), wrong).toBeNull()
  expect(writeLimit(90 * 60_000)).toBe('1:30')
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
