import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Topic } from '#contract/api.ts'
import type { ImportJob, ImportPlan, ReadingOptions, RefusedRow } from '#contract/import-api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import type { ServiceContext } from '../context/service-context.ts'
import { readTable } from '../tables/read/table-reader.ts'
import type { TableFormat, TableOptions, TableRow } from '../tables/read/table-shape.ts'
import type { GivenFile } from './given-files.ts'
import type { ImportRuns } from './import-runs.ts'
import { OPS_PER_COMMIT } from './import-writer.ts'
import { entryReader, numbersReader, type Meaning, type RowEntry, type RowNumbers } from './row-meaning.ts'
import type { MappingMemory } from './suggest-mapping.ts'

export type ImportSourceFile = GivenFile & {
  sourceId: string
  fileName: string
  fileHash: string
  size: number
  format: TableFormat
  columns: readonly string[]
  sheet?: string
  headerRow?: number
  from1904?: boolean
}

/** A job with what it needs to run. */
export type Job = ImportJob & {
  source: ImportSourceFile
  reading: ReadingOptions
  plan: ImportPlan
  abort: AbortController
  /** The first refused rows, up to a limit. */
  refusedAll: RefusedRow[]
}

/** What jobs run on. */
export type JobParts = { context: ServiceContext; memory: MappingMemory; runs: ImportRuns; tableWorker: URL }

const REPORT_EVERY_MS = 100

/** Options of the table reader from the user's choices and from what the inspection found. */
export function tableOptions(reading: ReadingOptions, found?: Pick<ImportSourceFile, 'format' | 'sheet' | 'headerRow'>): TableOptions {
  const chosen = reading.format === 'auto' ? found?.format : reading.format
  const sheet = reading.sheet ?? found?.sheet
  const headerRow = reading.headerRow ?? found?.headerRow
  return {
    ...(chosen ? { format: chosen } : {}),
    ...(reading.encoding === 'auto' ? {} : { encoding: reading.encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
  }
}

export function reportJob(context: ServiceContext, job: Job): void {
  context.announce([`job:${job.jobId}` satisfies Topic])
}

/** Ends a job early: as cancelled if the user asked for it, else with the failure. */
export function endJob(context: ServiceContext, job: Job, failure: Failure | null): void {
  job.phase = job.abort.signal.aborted ? 'cancelled' : 'failed'
  job.failure = job.abort.signal.aborted ? null : failure
  reportJob(context, job)
}

type Reader =
  { kind: 'timeline'; read: (row: TableRow) => Meaning<RowEntry> } | { kind: 'numbers'; read: (row: TableRow) => Meaning<RowNumbers> }

/** The reader of the rows of a job's table, by its plan. */
export function readerOf({ source, plan, reading }: Job): Reader {
  return plan.target === 'timeline'
    ? { kind: 'timeline', read: entryReader(source.columns, plan.mapping, reading, source) }
    : { kind: 'numbers', read: numbersReader(source.columns, plan.mapping, reading, source) }
}

/** Reads the file to its end and passes every row to `take`. Returns false if it stopped early. */
export async function readRows(
  { context, tableWorker }: JobParts,
  job: Job,
  take: (row: TableRow) => Result<unknown> | null,
): Promise<boolean> {
  let reportedAt = 0
  const rows = readTable(job.source.path, tableOptions(job.reading, job.source), { signal: job.abort.signal, workerUrl: tableWorker })
  for await (const batch of rows) {
    if (batch.stopped) {
      endJob(context, job, {
        code: 'table-unreadable',
        params: { ...batch.stopped.params, code: batch.stopped.code, line: batch.stopped.line ?? 0 },
      })
      return false
    }
    for (const row of batch.rows) {
      const result = take(row)
      if (result && !result.ok) {
        endJob(context, job, result.failure)
        return false
      }
      job.rows += 1
      if (job.rows % OPS_PER_COMMIT === 0) await nextTurn()
    }
    job.fraction = batch.bytesTotal === 0 ? 1 : batch.bytesRead / batch.bytesTotal
    if (context.now() - reportedAt >= REPORT_EVERY_MS) {
      reportedAt = context.now()
      reportJob(context, job)
    }
    if (job.abort.signal.aborted) {
      endJob(context, job, null)
      return false
    }
  }
  return true
}
