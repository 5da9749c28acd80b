import type { RowProblemCode, TableProblem } from '../table-problem.ts'

/** A row from the reader of one format, before it is checked against the header and the limits. */
export interface RawRow {
  readonly line: number
  readonly cells: readonly string[] | null
  readonly problem?: TableProblem<RowProblemCode>
  /** Problems of single cells, each with its `column` from 1: they matter only if that column is used. */
  readonly cellProblems?: readonly TableProblem<RowProblemCode>[]
}

/** What every format's reader provides. Rows come in bounded groups, including the header. */
export interface RowSource {
  rows(): AsyncIterable<readonly RawRow[]>
  bytesRead(): number
  readonly bytesTotal: number
  /** Whether U+FFFD in a cell means that bytes were lost. */
  damaged(): boolean
}
