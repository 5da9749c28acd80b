import type { FileProblemCode, Outcome, TableProblem } from '../table-problem.ts'
import type { TableBatch, TableInspection, TableOptions } from './table-shape.ts'

/** What the worker is started with. */
export interface TableJob {
  readonly task: 'inspect' | 'read'
  readonly path: string
  readonly options: TableOptions
}

/** Each `more` lets the worker send one batch; without it, the worker waits. */
export type ToTableWorker = { readonly kind: 'more' }

export type FromTableWorker =
  | { readonly kind: 'inspected'; readonly outcome: Outcome<TableInspection, FileProblemCode> }
  | { readonly kind: 'refused'; readonly problem: TableProblem<FileProblemCode> }
  | { readonly kind: 'batch'; readonly batch: TableBatch }
  | { readonly kind: 'finished' }
  /** Sent periodically while the worker's event loop runs. */
  | { readonly kind: 'alive' }
