import { done, fail, type Result } from '#contract/failures.ts'
import type { ReadingOptions } from '#contract/import-api.ts'
import { inspectTable, readTable } from '../tables/read/table-reader.ts'
import type { TableFormat, TableOptions, TableRow } from '../tables/read/table-shape.ts'
import type { TableProblem } from '../tables/table-problem.ts'

/** A table that fits into memory. `left`: rows beyond the limit. */
export type WholeTable = { format: TableFormat; columns: string[]; rows: TableRow[]; left: number }

/** A problem of a file as the failure that screens know. */
export function tableFailure({ code, line, params }: TableProblem) {
  return fail('table-unreadable', { ...params, code, line: line ?? 0 })
}

/** Reads all rows of a table of limited length. */
export async function readWholeTable(path: string, reading: ReadingOptions, workerUrl: URL, limit: number): Promise<Result<WholeTable>> {
  const options = optionsOf(reading)
  const inspected = await inspectTable(path, options, { workerUrl })
  if (!inspected.ok) return tableFailure(inspected.problem)
  const { columns, format, sheet, headerRow } = inspected.value
  const known = { ...options, format, headerRow, ...(sheet === null ? {} : { sheet }) }
  const rows: TableRow[] = []
  let left = 0
  for await (const batch of readTable(path, known, { workerUrl })) {
    if (batch.stopped) return tableFailure(batch.stopped)
    const taken = batch.rows.slice(0, limit - rows.length)
    rows.push(...taken)
    left += batch.rows.length - taken.length
  }
  return done({ format, columns: [...columns], rows, left })
}

function optionsOf({ encoding, format, sheet, headerRow }: ReadingOptions): TableOptions {
  return {
    ...(format === 'auto' ? {} : { format }),
    ...(encoding === 'auto' ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
  }
}
