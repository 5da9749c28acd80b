import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openTable } from '#replica/tables/read/open-table.ts'
import type { TableHead, TableOptions, TableRow } from '#replica/tables/read/table-shape.ts'
import type { FileProblemCode, TableProblem } from '#replica/tables/table-problem.ts'

/** A temporary folder, removed after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-tables-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A real file with this content, removed after the test. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(scratchFolder(), name)
  writeFileSync(path, content)
  return path
}

export interface ReadResult {
  readonly head: TableHead | null
  readonly rows: readonly TableRow[]
  /** The refusal, or the problem that ended the reading. */
  readonly problem: TableProblem<FileProblemCode> | null
}

/** Reads a whole file in this thread, with the code of the worker. */
export async function readAll(path: string, options: TableOptions = {}, maxRows?: number): Promise<ReadResult> {
  const opened = await openTable(path, options, maxRows)
  if (!opened.ok) return { head: null, rows: [], problem: opened.problem }
  const rows: TableRow[] = []
  let problem: TableProblem<FileProblemCode> | null = null
  for await (const batch of opened.value.batches()) {
    rows.push(...batch.rows)
    problem = batch.stopped ?? null
  }
  await opened.value.close()
  return { head: opened.value.head, rows, problem }
}

/** The cells of the rows without a problem. */
export function goodCells(result: ReadResult): (readonly string[] | null)[] {
  return result.rows.filter((row) => row.problem === undefined).map((row) => row.cells)
}

/** `line code` of each row with a problem. */
export function faults(result: ReadResult): string[] {
  return result.rows.flatMap((row) => (row.problem === undefined ? [] : [`${row.problem.line} ${row.problem.code}`]))
}
