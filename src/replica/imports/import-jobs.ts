import { setImmediate as nextTurn } from 'node:timers/promises'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { isNotSaved } from '#storage/disk-failure.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { noteDraft } from '#domain/commands/note-draft.ts'
import type { Topic } from '#contract/api.ts'
import type { ImportCheck, ImportJob, ImportPlan, ReadingOptions, RefusedRow } from '#contract/import-api.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import { hashFile } from '../evidence/evidence-files.ts'
import { write, type ServiceContext } from '../context/service-context.ts'
import type { Draft } from '../store/replica-store.ts'
import { readTable } from '../tables/read/table-reader.ts'
import type { TableFormat, TableOptions, TableRow } from '../tables/read/table-shape.ts'
import type { ImportRuns } from './import-runs.ts'
import { entryDrafts, OPS_PER_COMMIT, pointsGatherer } from './import-writer.ts'
import type { MappingMemory } from './suggest-mapping.ts'
import { seriesFigures } from './series-figures.ts'
import { entryReader, numbersReader, type Meaning, type RowEntry, type RowNumbers } from './row-meaning.ts'

export type ImportSourceFile = {
  sourceId: string
  path: string
  fileName: string
  fileHash: string
  size: number
  format: TableFormat
  columns: readonly string[]
  sheet?: string
  headerRow?: number
  from1904?: boolean
}

type Job = ImportJob & {
  source: ImportSourceFile
  reading: ReadingOptions
  plan: ImportPlan
  abort: AbortController
  refusedAll: RefusedRow[]
}

const SHOWN_REFUSED = 200
const KEPT_REFUSED = 10_000
const PREVIEW = 20
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

/** Import jobs: a check reads the whole file and writes nothing; writing makes one import that appears as a whole at its end. */
export function createImportJobs(context: ServiceContext, memory: MappingMemory, runs: ImportRuns, tableWorker: URL) {
  const jobs = new Map<string, Job>()

  function show({ source: _source, reading: _reading, plan: _plan, abort: _abort, refusedAll: _refusedAll, ...job }: Job): ImportJob {
    return { ...job }
  }

  /** The timeline of a past incident is not extended to the day of the import; the list of imports shows that day. */
  function isHistory(incidentId: string): boolean {
    return INCIDENT.read(context.store, incidentId)?.state.mode === 'historical'
  }

  function report(job: Job): void {
    context.announce([`job:${job.jobId}` satisfies Topic])
  }

  function end(job: Job, failure: Failure | null): void {
    job.phase = job.abort.signal.aborted ? 'cancelled' : 'failed'
    job.failure = job.abort.signal.aborted ? null : failure
    report(job)
  }

  type Reader =
    { kind: 'timeline'; read: (row: TableRow) => Meaning<RowEntry> } | { kind: 'numbers'; read: (row: TableRow) => Meaning<RowNumbers> }
  function readerOf({ source, plan, reading }: Job): Reader {
    return plan.target === 'timeline'
      ? { kind: 'timeline', read: entryReader(source.columns, plan.mapping, reading, source) }
      : { kind: 'numbers', read: numbersReader(source.columns, plan.mapping, reading, source) }
  }

  /** Reads the file to its end and passes every row to `take`. Returns false if it stopped early. */
  async function readAll(job: Job, take: (row: TableRow) => Result<unknown> | null): Promise<boolean> {
    let reportedAt = 0
    const rows = readTable(job.source.path, tableOptions(job.reading, job.source), { signal: job.abort.signal, workerUrl: tableWorker })
    for await (const batch of rows) {
      if (batch.stopped) {
        end(job, { code: 'table-unreadable', params: { ...batch.stopped.params, code: batch.stopped.code, line: batch.stopped.line ?? 0 } })
        return false
      }
      for (const row of batch.rows) {
        const result = take(row)
        if (result && !result.ok) {
          end(job, result.failure)
          return false
        }
        job.rows += 1
        if (job.rows % OPS_PER_COMMIT === 0) await nextTurn()
      }
      job.fraction = batch.bytesTotal === 0 ? 1 : batch.bytesRead / batch.bytesTotal
      if (context.now() - reportedAt >= REPORT_EVERY_MS) {
        reportedAt = context.now()
        report(job)
      }
      if (job.abort.signal.aborted) {
        end(job, null)
        return false
      }
    }
    return true
  }

  async function runCheck(job: Job): Promise<void> {
    const check: ImportCheck = { good: 0, refused: 0, refusedRows: [], preview: [], series: [] }
    const figures = job.plan.target === 'numbers' ? seriesFigures(job.plan.mapping) : null
    const reader = readerOf(job)
    const finished = await readAll(job, (row) => {
      const meaning = reader.read(row)
      if (!meaning.ok) {
        check.refused += 1
        const refused = { line: row.line, ...meaning.problem, cells: [...(row.cells ?? [])].map((cell) => cell.slice(0, 200)) }
        if (check.refusedRows.length < SHOWN_REFUSED) check.refusedRows.push(refused)
        if (job.refusedAll.length < KEPT_REFUSED) job.refusedAll.push(refused)
        return null
      }
      check.good += 1
      const { value } = meaning
      if ('values' in value) figures?.add(value)
      if (check.preview.length >= PREVIEW) return null
      if ('text' in value) check.preview.push({ line: row.line, happenedAt: value.happenedAt, text: value.text, kind: value.kind })
      else check.preview.push({ line: row.line, happenedAt: value.at, text: '', values: value.values })
      return null
    })
    if (!finished) return
    check.series = figures?.figures() ?? []
    job.check = check
    job.fraction = 1
    job.phase = 'checked'
    report(job)
  }

  async function runWrite(job: Job): Promise<void> {
    const { incidentId, source, plan } = job
    const scope = incidentScope(incidentId)
    if ((await hashFile(source.path).catch(() => '')) !== source.fileHash)
      return end(job, { code: 'file-changed', params: { name: source.fileName } })
    const importId = context.uuid()
    // Noted first: if the process dies in between, the next start finds nothing to close, rather than an import that is never closed.
    runs.begin(importId, scope)
    const begun = write(context, [
      {
        scope,
        kind: 'import',
        id: importId,
        type: 'import.begin',
        body: { fileName: source.fileName, fileHash: source.fileHash, target: plan.target },
      },
    ])
    if (!begun.ok) {
      runs.end(importId)
      return end(job, begun.failure)
    }
    job.importId = importId
    job.rows = 0
    job.fraction = 0

    let imported = 0
    let refused = 0
    let waiting: Draft[] = []
    const flush = () => {
      const drafts = waiting
      waiting = []
      return drafts.length === 0 ? null : write(context, drafts)
    }
    const points = plan.target === 'numbers' ? pointsGatherer(incidentId, importId, context.uuid, plan.mapping) : null
    if (points) waiting.push(...points.create())
    const reader = readerOf(job)
    const finished = await readAll(job, (row) => {
      const meaning = reader.read(row)
      if (!meaning.ok) {
        refused += 1
        return null
      }
      imported += 1
      if ('text' in meaning.value)
        waiting.push(...entryDrafts(incidentId, importId, context.uuid, [{ line: row.line, entry: meaning.value }]))
      else waiting.push(...(points?.add(meaning.value) ?? []))
      return waiting.length >= OPS_PER_COMMIT ? flush() : null
    })
    if (points) waiting.push(...points.rest())
    const last = finished ? flush() : null
    if (!finished || (last && !last.ok)) {
      if (last && !last.ok) end(job, last.failure)
      // What was written so far stays invisible, and the log records why.
      write(context, [{ scope, kind: 'import', id: importId, type: 'import.abandon', body: {} }])
      runs.end(importId)
      return
    }
    const completed = write(context, [
      { scope, kind: 'import', id: importId, type: 'import.complete', body: { imported, refused } },
      ...(isHistory(incidentId)
        ? []
        : [
            noteDraft(
              incidentId,
              context.uuid(),
              context.now(),
              'imported',
              { file: source.fileName, count: imported, refused, importId },
              [0],
            ),
          ]),
    ])
    if (!completed.ok) return end(job, completed.failure)
    runs.end(importId)
    memory.remember(plan.target, source.columns, plan.mapping, context.now())
    job.phase = 'complete'
    job.fraction = 1
    report(job)
  }

  function run(job: Job, work: (job: Job) => Promise<void>): void {
    void work(job).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : ''
      end(job, isNotSaved(error) ? { code: 'not-saved', params: { detail } } : { code: 'internal', params: { call: 'imports', detail } })
    })
  }

  return {
    check(incidentId: string, source: ImportSourceFile, reading: ReadingOptions, plan: ImportPlan): ImportJob {
      const job: Job = {
        jobId: context.uuid(),
        incidentId,
        phase: 'reading',
        fraction: 0,
        rows: 0,
        check: null,
        importId: null,
        failure: null,
        source,
        reading,
        plan,
        abort: new AbortController(),
        refusedAll: [],
      }
      jobs.set(job.jobId, job)
      run(job, runCheck)
      return show(job)
    },

    write(jobId: string): Result<ImportJob> {
      const job = jobs.get(jobId)
      if (!job) return fail('import-unknown')
      if (job.phase !== 'checked') return fail('import-busy', { phase: job.phase })
      job.phase = 'writing'
      run(job, runWrite)
      return done(show(job))
    },

    find(jobId: string): ImportJob | null {
      const job = jobs.get(jobId)
      return job ? show(job) : null
    },

    refused: (jobId: string) => {
      const job = jobs.get(jobId)
      return job ? { columns: job.source.columns, fileName: job.source.fileName, rows: job.refusedAll } : null
    },

    cancel(jobId: string): boolean {
      const job = jobs.get(jobId)
      job?.abort.abort()
      return job !== undefined
    },

    cancelAll(): void {
      for (const job of jobs.values()) job.abort.abort()
    },
  }
}

export type ImportJobs = ReturnType<typeof createImportJobs>
