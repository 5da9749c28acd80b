import type { RawRow } from './raw-row.ts'
import { parseWhen } from './parse-date.ts'
import { parseNumber } from './parse-number.ts'

/** Rows looked at to find the one with the names of the columns. */
export const ROWS_FOR_HEADER = 20

const READING = { zone: 'UTC', order: 'dmy', excelSerials: false } as const

function filledCells(row: RawRow): string[] {
  return (row.cells ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '')
}

/** A cell that is a moment or a number is no name of a column. */
function isValue(cell: string): boolean {
  return parseNumber(cell).ok || parseWhen(cell, READING).ok
}

/**
 * Which of the first filled rows holds the names of the columns. Above it may stand a title, when the file was made, or groups of columns;
 * it is the first row that is about as wide as the table and holds names alone.
 * @param rows the first filled rows, at most {@link ROWS_FOR_HEADER}
 * @returns its number from 1; 0 where the table begins with values at once
 */
export function findHeader(rows: readonly RawRow[]): number {
  // What most rows have: one that is far too wide is a fault of its own.
  const usual = rows.map((row) => filledCells(row).length).toSorted((a, b) => a - b)[Math.floor(rows.length / 2)] ?? 0
  if (usual <= 1) return rows.length > 1 && isMoment(filledCells(rows[0] ?? { line: 0, cells: [] })[0]) ? 0 : 1
  for (const [index, row] of rows.entries()) {
    const cells = filledCells(row)
    // Gaps: a group of columns has its name above the first of them alone, and a title takes one cell.
    if (cells.length < Math.max(2, Math.ceil(usual * 0.6)) || hasGap(row, rows[index + 1])) continue
    return cells.some((cell) => isMoment(cell)) || cells.filter(isValue).length * 2 > cells.length ? 0 : index + 1
  }
  return 1
}

function isMoment(cell: string | undefined): boolean {
  return cell !== undefined && !/^\d{1,9}$/u.test(cell) && parseWhen(cell, READING).ok
}

/** Whether the next row names columns that this one leaves out, and holds names alone itself: then this one names their groups. */
function hasGap(row: RawRow, next: RawRow | undefined): boolean {
  const below = next?.cells ?? []
  const cells = row.cells ?? []
  const leftOut = below.some((cell, index) => cell.trim() !== '' && (cells[index] ?? '').trim() === '')
  return (
    leftOut &&
    below.every((cell) => cell.trim() === '' || !isValue(cell.trim())) &&
    filledCells({ line: 0, cells: below }).length > filledCells(row).length
  )
}
