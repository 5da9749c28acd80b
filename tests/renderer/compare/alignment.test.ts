import type { KeyEntry } from '#contract/overview-api.ts'
import { expect, test } from 'vitest'
import { wordsIn } from '../words-in.ts'
import { alignRows, axisRange, slotOf, stepTo, stops, wordOffset, zeroOf } from '../../../src/renderer/features/compare/alignment.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const entry = (at: number, id = String(at)): KeyEntry => ({ id, kind: 'decision', at, text: id, starred: false })

test('T+0 is the declaration or the first entry; without an entry it is the declaration', () => {
  const incident = { declaredAt: 1000 }
  expect(zeroOf({ incident, firstEntryAt: 400 } as never, 'declared')).toBe(1000)
  expect(zeroOf({ incident, firstEntryAt: 400 } as never, 'first-entry')).toBe(400)
  expect(zeroOf({ incident, firstEntryAt: null } as never, 'first-entry')).toBe(1000)
})

test.each([
  [0, 'T+0 分', 'T+0 min'],
  [5 * HOUR + 20 * MINUTE, 'T+5 小时 20 分', 'T+5 h 20 min'],
  [-45 * MINUTE, 'T−45 分', 'T−45 min'],
  [71 * HOUR + 59.6 * MINUTE, 'T+2 天 23 小时 59 分', 'T+2 d 23 h 59 min'],
  [-20_000, 'T+0 分', 'T+0 min'],
  [-(14 * 60 + 36) * HOUR, 'T−36 天 12 小时', 'T−36 d 12 h'],
])('a distance of %i ms is %s', (ms, chinese, english) => {
  expect(wordOffset(ms, wordsIn('zh-Hans'))).toBe(chinese)
  expect(wordOffset(ms, wordsIn('en'))).toBe(english)
})

test('C2-02…C2-05: rows hold what happened at the same age, and each phase opens with its first row', () => {
  const a = { zero: 1000 * HOUR, entries: [0, 0.2, 13, 50, 80].map((hours) => entry((1000 + hours) * HOUR, `a${hours}`)) }
  const b = { zero: 50 * HOUR, entries: [-1, 0.4, 12.5, 73].map((hours) => entry((50 + hours) * HOUR, `b${hours}`)) }
  const rows = alignRows(a, b, { from: -2 * HOUR, to: 200 * HOUR })
  expect(rows.map((row) => [row.slot / HOUR, row.a.map(({ id }) => id), row.b.map(({ id }) => id), row.opens])).toEqual([
    [-1, [], ['b-1'], null],
    [0, ['a0', 'a0.2'], ['b0.4'], 'warning'],
    [12, ['a13'], ['b12.5'], 'outbreak'],
    [50, ['a50'], [], 'peak'],
    [72, ['a80'], ['b73'], 'easing'],
  ])
})

test('a slot is half an hour in the first twelve, two hours until seventy-two, then half a day, and begins on its own length', () => {
  expect([0.49, 0.5, 11.9, 13.9, 71.9, 83].map((hours) => slotOf(hours * HOUR) / HOUR)).toEqual([0, 0.5, 11.5, 12, 70, 72])
  expect([-0.1, -13].map((hours) => slotOf(hours * HOUR) / HOUR)).toEqual([-0.5, -14])
})

test('the axis shows 12 or 72 hours and a sixth before, where something happened there, or everything', () => {
  const moments = [-30 * HOUR, -HOUR, 0, 100 * HOUR]
  expect(axisRange(moments, '72')).toEqual({ from: -12 * HOUR, to: 72 * HOUR })
  expect(axisRange([-HOUR, 3 * HOUR], '12')).toEqual({ from: -HOUR, to: 12 * HOUR })
  expect(axisRange([5, 3 * HOUR], '12')).toEqual({ from: 0, to: 12 * HOUR })
  expect(axisRange(moments, 'all')).toEqual({ from: -30 * HOUR, to: 100 * HOUR })
  expect(axisRange([], 'all')).toEqual({ from: 0, to: HOUR })
})

test('lockstep stops at every entry of either side and at the bounds of the phases, and stays at the ends', () => {
  const all = stops(
    [
      { zero: 10, entries: [entry(10), entry(10 + HOUR)] },
      { zero: 0, entries: [entry(HOUR), entry(2 * HOUR)] },
    ],
    { from: 0, to: 48 * HOUR },
  )
  expect(all.map((offset) => offset / HOUR)).toEqual([0, 1, 2, 12, 48])
  expect(
    [stepTo(all, 0, 1), stepTo(all, HOUR, -1), stepTo(all, 48 * HOUR, 1), stepTo(all, 0, -1), stepTo(all, 1.5 * HOUR, 1)].map(
      (offset) => offset / HOUR,
    ),
  ).toEqual([1, 0, 48, 0, 2])
})
