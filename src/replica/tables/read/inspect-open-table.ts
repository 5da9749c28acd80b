import type { FileProblemCode, Outcome } from '../table-problem.ts'
import type { OpenTable } from './open-table.ts'
import { COUNTED_FILE_BYTES, SAMPLE_ROWS } from './table-limits.ts'
import type { TableInspection, TableRow } from './table-shape.ts'

/** Reads the sample of an open table and counts its rows if that is quick. Fails if there is a fault before the first row. */
export async function inspectOpenTable(table: OpenTable): Promise<Outcome<TableInspection, FileProblemCode>> {
  const sample: TableRow[] = []
  let count = 0
  for await (const batch of table.batches()) {
    sample.push(...batch.rows.slice(0, SAMPLE_ROWS - sample.length))
    count += batch.rows.length
    if (batch.stopped !== undefined) {
      if (count === 0) return { ok: false, problem: batch.stopped }
      return { ok: true, value: { ...table.head, sample, rowCount: count, stopped: batch.stopped } }
    }
    if (sample.length === SAMPLE_ROWS && batch.bytesTotal > COUNTED_FILE_BYTES) {
      return { ok: true, value: { ...table.head, sample, rowCount: null } }
    }
  }
  return { ok: true, value: { ...table.head, sample, rowCount: count } }
}
