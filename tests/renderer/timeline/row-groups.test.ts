import { expect, test } from 'vitest'
import { groupAt, headBeside, headOf, rowGroups } from '../../../src/renderer/features/timeline/list/row-groups.ts'

// Demand, the timeline grown up: group by hour or day, and jump from heading to heading.

const groups = rowGroups([3, 1, 4].map((count, at) => ({ at, count, kinds: [] })))

test('each place belongs to one group, and places outside to none', () => {
  expect([-1, 0, 2, 3, 4, 7, 8].map((place) => groupAt(groups, place))).toEqual([-1, 0, 0, 1, 2, 2, -1])
  expect(groupAt([], 0)).toBe(-1)
})

test('a heading stands over its newest row when the newest stands above, else over its oldest', () => {
  expect(groups.map((group) => [headOf(group, true), headOf(group, false)])).toEqual([
    [2, 0],
    [3, 3],
    [7, 4],
  ])
})

test.each([
  ['newest first, on from the top', 7, true, 'next', 3],
  ['newest first, on from within', 5, true, 'next', 3],
  ['newest first, back from within', 5, true, 'previous', 7],
  ['newest first, back from a heading', 3, true, 'previous', 7],
  ['newest first, at the end', 1, true, 'next', null],
  ['newest first, at the top', 7, true, 'previous', null],
  ['oldest first, on', 1, false, 'next', 3],
  ['oldest first, back from within', 6, false, 'previous', 4],
  ['oldest first, back from a heading', 4, false, 'previous', 3],
  ['oldest first, at the top', 0, false, 'previous', null],
] as const)('%s', (_, place, newestFirst, direction, expected) => {
  expect(headBeside(groups, place, newestFirst, direction)).toBe(expected)
})
