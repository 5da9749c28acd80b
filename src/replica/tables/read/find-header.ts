import type { RawRow } from './raw-row.ts'
import { parseWhen } from './parse-date.ts'
import { parseNumber } from './parse-number.ts'

/** Number of rows searched for the header. */
export const ROWS_FOR_HEADER = 20

const READING = { zone: 'UTC', order: 'dmy', excelSerials: false } as const

function filledCells(row: RawRow): string[] {
  return (row.cells ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '')
}

/** A moment or a number is not a column name. */
function isValue(cell: string): boolean {
  return parseNumber(cell).ok || parseWhen(cell, READING).ok
}

/**
 * Finds the row with the column names among the first filled rows. A title, a creation time or groups of columns may stand above
 * it; it is the first row that is about as wide as the table and contains only names.
 * @param rows the first filled rows, at most {@link ROWS_FOR_HEADER}
 * @returns its number from 1; 0 if the table begins with values
 */
export function findHeader(rows: readonly RawRow[]): number {
  // The median width: a row that is far too wide is a fault of its own.
  const usual = rows.map((row) => filledCells(row).length).toSorted((a, b) => a - b)[Math.floor(rows.length / 2)] ?? 0
  if (usual <= 1) return rows.length > 1 && isMoment(filledCells(rows[0] ?? { line: 0, cells: [] })[0]) ? 0 : 1
  for (const [index, row] of rows.entries()) {
    const cells = filledCells(row)
    // A group of columns has its name only above its first column, and a title takes one cell: both leave gaps.
    if (cells.length < Math.max(2, Math.ceil(usual * 0.6)) || hasGap(row, rows[index + 1])) continue
    return cells.some((cell) => isMoment(cell)) || cells.filter(isValue).length * 2 > cells.length ? 0 : index + 1
  }
  return 1
}

function isMoment(cell: string | undefined): boolean {
  return cell !== undefined && !/^\d{1,9}$/u.test(cell) && parseWhen(cell, READING).ok
}

/** Whether the next row contains only names and fills gaps of this one: then this row names groups of columns. */
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
