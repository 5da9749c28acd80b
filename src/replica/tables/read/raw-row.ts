import type { RowProblemCode, TableProblem } from '../table-problem.ts'

/** A row as a format's own reader finds it, before it is held against the header and the limits. */
export interface RawRow {
  readonly line: number
  readonly cells: readonly string[] | null
  readonly problem?: TableProblem<RowProblemCode>
  /** What is wrong with single cells, each with its `column` from 1: it matters only where that column is wanted. */
  readonly cellProblems?: readonly TableProblem<RowProblemCode>[]
}

/** What every format's reader provides. Rows come in bounded groups, the header among them. */
export interface RowSource {
  rows(): AsyncIterable<readonly RawRow[]>
  bytesRead(): number
  readonly bytesTotal: number
  /** Whether U+FFFD in a cell means that bytes were lost. */
  damaged(): boolean
}
