import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clampHlc, HLC_START, hlcMillis, makeHlc, tickHlc } from '#domain/log/hybrid-clock.ts'
import { seeded } from '#tests/support/seeded.ts'

const NOW = 1_773_511_200_000

test('a tick follows the wall clock, and counts while the wall clock stands still or jumps back', () => {
  const first = tickHlc(HLC_START, NOW)
  expect(hlcMillis(first)).toBe(NOW)
  const second = tickHlc(first, NOW)
  const third = tickHlc(second, NOW - 365 * 86_400_000)
  expect([first, second, third].toSorted()).toEqual([first, second, third])
  expect(hlcMillis(third)).toBe(NOW)
  expect(tickHlc(third, NOW + 1)).toBe(makeHlc(NOW + 1, 0))
})

test('a full counter carries into the milliseconds instead of failing', () => {
  const full = makeHlc(NOW, 0xffff)
  expect(tickHlc(full, NOW)).toBe(makeHlc(NOW + 1, 0))
  expect(tickHlc(full, NOW) > full).toBe(true)
})

test('more than 60 s ahead of the hub is pulled back to the hub, 60 s are let stand', () => {
  expect(clampHlc(makeHlc(NOW + 60_000, 7), NOW)).toBe(makeHlc(NOW + 60_000, 7))
  expect(clampHlc(makeHlc(NOW + 60_001, 7), NOW)).toBe(makeHlc(NOW, 7))
  expect(clampHlc(makeHlc(NOW + 365 * 86_400_000, 0), NOW)).toBe(makeHlc(NOW, 0))
  expect(clampHlc(makeHlc(NOW - 365 * 86_400_000, 0), NOW)).toBe(makeHlc(NOW - 365 * 86_400_000, 0))
})

test.for([-1, 2 ** 48, Number.MAX_SAFE_INTEGER, 0.5])('any time of %d ms keeps the form of 16 hex digits', (millis) => {
  expect(makeHlc(millis, 3)).toMatch(/^[0-9a-f]{16}$/)
})

test('property: whatever the clock does, each tick is larger than the last, and larger as text as well', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 47 }), { minLength: 1, maxLength: 60 }), (walls) => {
      let last = HLC_START
      for (const wall of walls) {
        const next = tickHlc(last, wall)
        expect(next > last).toBe(true)
        expect(hlcMillis(next)).toBeGreaterThanOrEqual(hlcMillis(last))
        last = next
      }
    }),
    seeded(200),
  )
})
