import { tableProblem, type RowProblemCode, type TableProblem } from '../table-problem.ts'
import type { RawRow } from './raw-row.ts'
import { MAX_CELL_LENGTH, MAX_COLUMNS } from './table-limits.ts'
import type { TableRow } from './table-shape.ts'

/** What a row is checked against. */
export interface RowExpectation {
  readonly columns: number
  /** Whether U+FFFD in a cell means that bytes were lost. */
  readonly damaged: boolean
}

/** True if every cell of the row is blank; such rows are skipped. */
export function isEmptyRow(row: RawRow): boolean {
  return row.problem === undefined && row.cellProblems === undefined && row.cells !== null && row.cells.every((cell) => cell.trim() === '')
}

/**
 * Fits a row to the number of columns and notes what is wrong with it and with its cells. Empty cells beyond the last column are
 * dropped, and missing ones at the end are empty, because programs omit them.
 */
export function checkRow(row: RawRow, expected: RowExpectation): TableRow {
  if (row.cells === null) return { line: row.line, cells: null, ...(row.problem === undefined ? {} : { problem: row.problem }) }
  const whole = row.problem ?? findFault(row.line, row.cells, expected)
  const cellProblems = whole === undefined ? [...(row.cellProblems ?? []), ...findCellFaults(row.line, row.cells, expected)] : []
  const problem = whole ?? cellProblems.toSorted((a, b) => Number(a.params['column']) - Number(b.params['column']))[0]
  const cells = row.cells
    .slice(0, Math.min(lastFilled(row.cells, expected.columns), MAX_COLUMNS))
    .map((cell) => (cell.length > MAX_CELL_LENGTH ? cell.slice(0, MAX_CELL_LENGTH).toWellFormed() : cell))
  while (cells.length < expected.columns) cells.push('')
  return { line: row.line, cells, ...(problem === undefined ? {} : { problem }), ...(cellProblems.length === 0 ? {} : { cellProblems }) }
}

function findFault(line: number, cells: readonly string[], expected: RowExpectation): TableProblem<RowProblemCode> | undefined {
  const filled = lastFilled(cells, expected.columns)
  if (filled > MAX_COLUMNS) return tableProblem('row-too-wide', { limit: MAX_COLUMNS }, line)
  return filled > expected.columns ? tableProblem('ragged-row', { expected: expected.columns, found: filled }, line) : undefined
}

function findCellFaults(line: number, cells: readonly string[], expected: RowExpectation): TableProblem<RowProblemCode>[] {
  return cells.slice(0, MAX_COLUMNS).flatMap((cell, index): TableProblem<RowProblemCode>[] => {
    const column = index + 1
    if (cell.length > MAX_CELL_LENGTH) return [tableProblem('cell-too-long', { column, limit: MAX_CELL_LENGTH }, line)]
    if (cell.includes('\0')) return [tableProblem('stray-nul', { column }, line)]
    return expected.damaged && cell.includes('\uFFFD') ? [tableProblem('damaged-text', { column }, line)] : []
  })
}

/** Number of cells up to the last that counts: all expected ones, and filled ones beyond. */
function lastFilled(cells: readonly string[], expected: number): number {
  let length = cells.length
  while (length > expected && (cells[length - 1] ?? '').trim() === '') length -= 1
  return length
}
