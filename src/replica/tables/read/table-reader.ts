import type { FileProblemCode, Outcome } from '../table-problem.ts'
import { runTableWorker, type TableRun } from './run-table-worker.ts'
import type { TableBatch, TableInspection, TableOptions } from './table-shape.ts'

/** Batches in transit: one being processed here while the worker prepares the next. */
const BATCHES_AHEAD = 2

/**
 * Inspects a table before its import: format, columns, first rows. Reads in a worker thread with limits on memory and time.
 * @param path a CSV, TSV, XLSX or JSON file, with any name
 * @returns any problem of a file, see `fileProblemCodes`
 */
export async function inspectTable(
  path: string,
  options: TableOptions = {},
  run: TableRun = {},
): Promise<Outcome<TableInspection, FileProblemCode>> {
  const worker = runTableWorker({ task: 'inspect', path, options }, run)
  try {
    for (;;) {
      const event = await worker.next()
      if (event.kind === 'inspected') return event.outcome
      if (event.kind === 'failed') return { ok: false, problem: event.problem }
    }
  } finally {
    await worker.end()
  }
}

/**
 * Reads the rows of a table after its header, in bounded batches and no faster than they are taken. A faulty row comes with its
 * problem and does not stop the others; a fault of the file ends the last batch with `stopped`. It does not throw for a file.
 * Leaving the loop early ends the worker.
 */
export async function* readTable(path: string, options: TableOptions = {}, run: TableRun = {}): AsyncGenerator<TableBatch> {
  const worker = runTableWorker({ task: 'read', path, options }, run)
  let last: Pick<TableBatch, 'bytesRead' | 'bytesTotal'> = { bytesRead: 0, bytesTotal: 0 }
  try {
    for (let ahead = 0; ahead < BATCHES_AHEAD; ahead += 1) worker.more()
    for (;;) {
      const event = await worker.next()
      switch (event.kind) {
        case 'batch':
          last = event.batch
          yield event.batch
          worker.more()
          break
        case 'refused':
        case 'failed':
          yield { rows: [], bytesRead: last.bytesRead, bytesTotal: last.bytesTotal, stopped: event.problem }
          return
        case 'finished':
          return
        default:
      }
    }
  } finally {
    await worker.end()
  }
}
