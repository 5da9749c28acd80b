import { expect, test } from 'vitest'
import { pixelShift, SHIFT_REACH, SHIFT_STEP_MS } from '../../../src/renderer/features/wall/pixel-shift.ts'

test('the picture wanders by one pixel at a time, within its margin, and stands still between steps', () => {
  const steps = Array.from({ length: 4 * SHIFT_REACH * (SHIFT_REACH - 1) }, (_, step) => pixelShift(step * SHIFT_STEP_MS))
  for (const [index, { x, y }] of steps.entries()) {
    const before = steps[index - 1] ?? { x, y }
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(SHIFT_REACH)
    expect(Math.max(Math.abs(x - before.x), Math.abs(y - before.y))).toBeLessThanOrEqual(1)
  }
  expect(pixelShift(SHIFT_STEP_MS - 1)).toEqual(pixelShift(0))
  expect(new Set(steps.map(({ x }) => x)).size).toBe(2 * SHIFT_REACH + 1)
  // No position is held for long: a line that never moves burns in.
  expect(new Set(steps.map(({ x, y }) => `${x} ${y}`)).size).toBeGreaterThan(80)
})
