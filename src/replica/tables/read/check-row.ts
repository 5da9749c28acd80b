import { tableProblem, type RowProblemCode, type TableProblem } from '../table-problem.ts'
import type { RawRow } from './raw-row.ts'
import { MAX_CELL_LENGTH, MAX_COLUMNS } from './table-limits.ts'
import type { TableRow } from './table-shape.ts'

/** What a row is held against. */
export interface RowExpectation {
  readonly columns: number
  /** Whether too few cells are a fault, see `RowSource.countsCells`. */
  readonly countsCells: boolean
  /** Whether U+FFFD in a cell means that bytes were lost. */
  readonly damaged: boolean
}

/** True if no cell of the row holds anything but blanks; such rows are passed over. */
export function isEmptyRow(row: RawRow): boolean {
  return row.problem === undefined && row.cells !== null && row.cells.every((cell) => cell.trim() === '')
}

/** Gives a row as many cells as there are columns and notes the first thing wrong with it. Empty cells beyond the last column are dropped. */
export function checkRow(row: RawRow, expected: RowExpectation): TableRow {
  if (row.cells === null) return { line: row.line, cells: null, ...(row.problem === undefined ? {} : { problem: row.problem }) }
  const problem = row.problem ?? findFault(row.line, row.cells, expected)
  const cells = row.cells
    .slice(0, Math.min(lastFilled(row.cells, expected.columns), MAX_COLUMNS))
    .map((cell) => (cell.length > MAX_CELL_LENGTH ? cell.slice(0, MAX_CELL_LENGTH).toWellFormed() : cell))
  while (cells.length < expected.columns) cells.push('')
  return { line: row.line, cells, ...(problem === undefined ? {} : { problem }) }
}

function findFault(
  line: number,
  cells: readonly string[],
  expected: RowExpectation,
): TableProblem<RowProblemCode> | undefined {
  const filled = lastFilled(cells, expected.columns)
  if (filled > MAX_COLUMNS) return tableProblem('row-too-wide', { limit: MAX_COLUMNS }, line)
  if (filled > expected.columns || (expected.countsCells && cells.length < expected.columns)) {
    return tableProblem('ragged-row', { expected: expected.columns, found: filled }, line)
  }
  for (const [index, cell] of cells.entries()) {
    const column = index + 1
    if (cell.length > MAX_CELL_LENGTH) return tableProblem('cell-too-long', { column, limit: MAX_CELL_LENGTH }, line)
    if (cell.includes('\0')) return tableProblem('stray-nul', { column }, line)
    if (expected.damaged && cell.includes('\uFFFD')) return tableProblem('damaged-text', { column }, line)
  }
  return undefined
}

/** Number of cells up to the last that counts: every expected one, and of the others the filled ones. */
function lastFilled(cells: readonly string[], expected: number): number {
  let length = cells.length
  while (length > expected && (cells[length - 1] ?? '').trim() === '') length -= 1
  return length
}
