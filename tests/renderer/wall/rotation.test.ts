import { expect, test } from 'vitest'
import { turnTo } from '../../../src/renderer/features/wall/rotation.ts'

test('a round goes forward and back and begins anew at its ends', () => {
  const ids = ['a', 'b', 'c']
  expect(turnTo(ids, null, 0)).toBe('a')
  expect([turnTo(ids, 'a', 1), turnTo(ids, 'c', 1), turnTo(ids, 'a', -1), turnTo(ids, 'b', -4)]).toEqual(['b', 'a', 'c', 'a'])
})

test('what is shown stays while the round changes around it; what has left makes room for the first', () => {
  expect(turnTo(['c', 'b', 'a', 'd'], 'b', 0)).toBe('b')
  expect(turnTo(['c', 'a'], 'b', 0)).toBe('c')
  expect(turnTo(['c', 'a'], 'b', 1)).toBe('c')
  expect(turnTo([], 'b', 1)).toBeNull()
})
