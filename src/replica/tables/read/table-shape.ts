import type { FileProblemCode, RowProblemCode, TableProblem } from '../table-problem.ts'

export const tableFormats = ['csv', 'tsv', 'xlsx', 'json'] as const
export type TableFormat = (typeof tableFormats)[number]

/** The first four are detected; the others must be chosen, because any bytes would be valid in them. */
export const tableEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const
export type TableEncoding = (typeof tableEncodings)[number]

/** How to read a table; omitted options are detected. */
export interface TableOptions {
  /** The format. Content that contradicts it is refused. */
  readonly format?: TableFormat
  /** Of text files; overrides detection and a byte order mark. */
  readonly encoding?: TableEncoding
  /** Name of the sheet; the first visible one with content by default. */
  readonly sheet?: string
  /** Which non-empty row holds the column names, 0 if there is none; detected by default. JSON names its own columns. */
  readonly headerRow?: number
  /**
   * Remove the quote that `writeCsv` puts before cells that a spreadsheet would run as a formula, so that our own exports
   * are read back unchanged ("+86…"). True by default; for CSV and TSV only.
   */
  readonly ours?: boolean
}

export interface TableRow {
  /** Line of the text file where the row begins, or row of the sheet; both from 1. */
  readonly line: number
  /**
   * One text per column, or null if the row cannot be parsed. Cells of a row with a problem are for display only:
   * they may be cut or missing.
   */
  readonly cells: readonly string[] | null
  /** The problem of the row as a whole, or else the first of `cellProblems`. */
  readonly problem?: TableProblem<RowProblemCode>
  /** Problems of single cells, each with its `column` from 1. Absent if the row as a whole is unusable. */
  readonly cellProblems?: readonly TableProblem<RowProblemCode>[]
}

export interface TableHead {
  /** The detected format, regardless of the file's name. */
  readonly format: TableFormat
  /** Null for workbooks. */
  readonly encoding: TableEncoding | null
  /** Null unless CSV or TSV. */
  readonly delimiter: string | null
  /** All sheets of a workbook, in its order; empty for other formats. */
  readonly sheets: readonly string[]
  /** The sheet read, null for other formats. */
  readonly sheet: string | null
  /** Which non-empty row holds the column names; 0 if none does. */
  readonly headerRow: number
  /** The first non-empty rows, including the header. */
  readonly leading: readonly (readonly string[])[]
  /** The time zone named in the rows above the header, or null. */
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
  /** Rows after the header, empty ones not counted; null if the file is too large to count them at once. */
  readonly rowCount: number | null
  /** Present if the file is faulty before its end; `rowCount` then counts the rows that can be read. */
  readonly stopped?: TableProblem<FileProblemCode>
}

export interface TableBatch {
  readonly rows: readonly TableRow[]
  /** Of `bytesTotal`; of a workbook, the inflated bytes of the sheet. Rises with each batch. */
  readonly bytesRead: number
  readonly bytesTotal: number
  /** Only in the last batch, if the rest of the file could not be read; the rows so far are valid. */
  readonly stopped?: TableProblem<FileProblemCode>
}
