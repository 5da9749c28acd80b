import type { FileProblemCode, RowProblemCode, TableProblem } from '../table-problem.ts'

export const tableFormats = ['csv', 'tsv', 'xlsx', 'json'] as const
export type TableFormat = (typeof tableFormats)[number]

/** The first four are told apart without help; the rest only on demand, as any bytes would pass for them. */
export const tableEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const
export type TableEncoding = (typeof tableEncodings)[number]

/** How to read a table; everything left out is found out from the file. */
export interface TableOptions {
  /** What the file is. Content that contradicts it is refused. */
  readonly format?: TableFormat
  /** Of text files; wins over detection and over a byte order mark. */
  readonly encoding?: TableEncoding
  /** Name of the sheet; the first visible one with content by default. */
  readonly sheet?: string
  /** Which non-empty row holds the column names, 0 when there is none; found out by default. JSON names its own columns. */
  readonly headerRow?: number
  /**
   * Take off the quote that `writeCsv` puts before cells that a spreadsheet would run as a formula, so that our own exports
   * come back unchanged ("+86…"). True by default; concerns CSV and TSV only.
   */
  readonly ours?: boolean
}

export interface TableRow {
  /** Line of the text file where the row begins, or row of the sheet; both from 1. */
  readonly line: number
  /**
   * One text per column, or null when the row cannot be taken apart. Cells of a row with a problem are for showing
   * they may be cut or missing.
   */
  readonly cells: readonly string[] | null
  /** What is wrong with the row as a whole, or else the first of `cellProblems`. */
  readonly problem?: TableProblem<RowProblemCode>
  /** What is wrong with single cells, each with its `column` from 1. Left out where the row as a whole cannot be taken. */
  readonly cellProblems?: readonly TableProblem<RowProblemCode>[]
}

export interface TableHead {
  /** What the file turned out to be, whatever its name says. */
  readonly format: TableFormat
  /** Null for workbooks. */
  readonly encoding: TableEncoding | null
  /** Null unless CSV or TSV. */
  readonly delimiter: string | null
  /** All sheets of a workbook, in its order; empty for other formats. */
  readonly sheets: readonly string[]
  /** The sheet read, null for other formats. */
  readonly sheet: string | null
  /** Which non-empty row holds the column names; 0 when none does. */
  readonly headerRow: number
  /** The first non-empty rows, the header among them. */
  readonly leading: readonly (readonly string[])[]
  /** The time zone that the rows above the header name, or null. */
  readonly zone: string | null
  /** Whether days are counted from 1904 in this workbook. */
  readonly from1904: boolean
  /** Unique and never empty; a nameless column is `column-3`. */
  readonly columns: readonly string[]
  /** Bytes. */
  readonly size: number
}

export interface TableInspection extends TableHead {
  /** The first rows after the header, at most 50. */
  readonly sample: readonly TableRow[]
  /** Rows after the header, empty ones not counted; null when the file is too large to count them at once. */
  readonly rowCount: number | null
  /** Present when the file turned bad before its end; `rowCount` then counts what can be read. */
  readonly stopped?: TableProblem<FileProblemCode>
}

export interface TableBatch {
  readonly rows: readonly TableRow[]
  /** Of `bytesTotal`; of a workbook, the inflated bytes of the sheet. Rises with each batch. */
  readonly bytesRead: number
  readonly bytesTotal: number
  /** Only in the last batch, when the rest of the file could not be read; the rows so far are good. */
  readonly stopped?: TableProblem<FileProblemCode>
}
