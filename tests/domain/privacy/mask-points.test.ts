import { expect, test } from 'vitest'
import { maskPoints } from '#domain/privacy/mask-points.ts'

const at = (values: readonly number[]): [number, number][] => values.map((value, index) => [index * 3_600_000, value])
const masked = (...values: number[]) => maskPoints(at(values)).map(([, value]) => value)

test('a telephone number, an identity number or a card among measurements is rounded to its first digits', () => {
  expect(masked(120, 13812345678, 130)).toEqual([120, 13800000000, 130])
  expect(masked(13812345678)).toEqual([13800000000])
  expect(masked(5000, 6000, 7000, 8000, 9000, 9500, 9900, 13812345678)).toEqual([5000, 6000, 7000, 8000, 9000, 9500, 9900, 13800000000])
  expect(masked(Number('110105194912310021'), 6222021234567890)).toEqual([110000000000000000, 6220000000000000])
  // A whole column of phone numbers that was read by mistake.
  expect(masked(13812345678, 15900001111, 13711112222, 18822223333)).toEqual([13800000000, 15900000000, 13700000000, 18800000000])
})

test('what is counted stays as it was measured, the very same list', () => {
  const counted = at([0, 1, 4_155_551_234, 91_234_567, -3.5, 128_000_000_000, 1e308, -1e308, Number.MAX_VALUE])
  expect(maskPoints(counted)).toBe(counted)
  const views = [
    13_700_000_000, 13_740_111_222, 13_780_222_333, 13_812_345_678, 13_850_000_001, 13_900_000_002, 13_911_111_111, 15_922_222_222,
  ]
  expect(masked(...views)).toEqual(views)
})
