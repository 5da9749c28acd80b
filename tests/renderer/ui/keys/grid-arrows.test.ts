import { expect, test } from 'vitest'
import { boxBeside, standInGrid, type Box } from '../../../../src/renderer/ui/keys/grid-arrows.ts'

/** Boxes of 100 × 40 in columns, filled row by row as in a page layout. */
function grid(count: number, columns: number): Box[] {
  return Array.from({ length: count }, (_, at) => {
    const left = (at % columns) * 106
    const top = Math.floor(at / columns) * 46
    return { left, right: left + 100, top, bottom: top + 40 }
  })
}

test('arrows go where they point', () => {
  const boxes = grid(7, 2)
  expect(boxBeside(boxes, 0, 'down')).toBe(2)
  expect(boxBeside(boxes, 0, 'right')).toBe(1)
  expect(boxBeside(boxes, 3, 'up')).toBe(1)
  expect(boxBeside(boxes, 3, 'left')).toBe(2)
})

test('at an edge they stay, and a last row that is not full is still reached', () => {
  const boxes = grid(7, 2)
  expect(boxBeside(boxes, 1, 'right')).toBe(1)
  expect(boxBeside(boxes, 1, 'up')).toBe(1)
  expect(boxBeside(boxes, 6, 'down')).toBe(6)
  expect(boxBeside(boxes, 5, 'down')).toBe(6)
  expect(boxBeside(boxes, 6, 'right')).toBe(6)
})

test('lines of words of different widths lead to what stands nearest below', () => {
  const line = (top: number, ...widths: number[]): Box[] => {
    let left = 0
    return widths.map((width) => {
      const box = { left, right: left + width, top, bottom: top + 26 }
      left += width + 2
      return box
    })
  }
  const boxes = [...line(0, 60, 90, 60, 120), ...line(28, 120, 60)]
  expect(boxBeside(boxes, 0, 'down')).toBe(4)
  expect(boxBeside(boxes, 3, 'down')).toBe(5)
  expect(boxBeside(boxes, 5, 'up')).toBe(2)
  expect(standInGrid(boxes)).toBe(true)
})

test('one row and one column are no grid: there the order is the direction', () => {
  expect(standInGrid(grid(3, 3))).toBe(false)
  expect(standInGrid(grid(3, 1))).toBe(false)
  expect(standInGrid(grid(4, 2))).toBe(true)
  expect(standInGrid([])).toBe(false)
})
