import type { RowProblemCode, TableProblem } from '../table-problem.ts'

/** A row as a format's own reader finds it, before it is held against the header and the limits. */
export interface RawRow {
  readonly line: number
  readonly cells: readonly string[] | null
  readonly problem?: TableProblem<RowProblemCode>
}

/** What every format's reader provides. Rows come in bounded groups, the header among them. */
export interface RowSource {
  /** Lines that fewer cells than the header are a fault on: true where the format counts its cells (CSV), false where it leaves empty ones out. */
  readonly countsCells: boolean
  rows(): AsyncIterable<readonly RawRow[]>
  bytesRead(): number
  readonly bytesTotal: number
  /** Whether U+FFFD in a cell means that bytes were lost. */
  damaged(): boolean
}
