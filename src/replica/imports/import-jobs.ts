import { isNotSaved } from '#storage/disk-failure.ts'
import type { ImportJob, ImportPlan, ReadingOptions, RefusedRow } from '#contract/import-api.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import { checkImport } from './check-import.ts'
import { endJob, type ImportSourceFile, type Job, type JobParts } from './import-job.ts'
import { writeImport } from './write-import.ts'

/** The rows of a file that a check refused. */
export type RefusedRows = { columns: readonly string[]; fileName: string; rows: RefusedRow[] }

/** Import jobs: a check reads the whole file and writes nothing; writing makes one import that appears as a whole at its end. */
export type ImportJobs = {
  /** Starts a job that checks a file; it can be written once it is checked. */
  check(incidentId: string, source: ImportSourceFile, reading: ReadingOptions, plan: ImportPlan): ImportJob
  /** @param onWritten called when the file is no longer needed */
  write(jobId: string, onWritten: (sourceId: string) => Promise<void>): Result<ImportJob>
  find(jobId: string): ImportJob | null
  /** The source of a job, null if there is no such job. */
  sourceOf(jobId: string): ImportSourceFile | null
  /** Null if there is no such job. */
  refused(jobId: string): RefusedRows | null
  /** @returns false if there is no such job */
  cancel(jobId: string): boolean
  cancelAll(): void
}

function show({ source: _source, reading: _reading, plan: _plan, abort: _abort, refusedAll: _refusedAll, ...job }: Job): ImportJob {
  return { ...job }
}

function run(parts: JobParts, job: Job, work: (parts: JobParts, job: Job) => Promise<void>): void {
  void work(parts, job).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : ''
    const failure: Failure = isNotSaved(error)
      ? { code: 'not-saved', params: { detail } }
      : { code: 'internal', params: { call: 'imports', detail } }
    endJob(parts.context, job, failure)
  })
}

export function createImportJobs(parts: JobParts): ImportJobs {
  const { context } = parts
  const jobs = new Map<string, Job>()
  return {
    check(incidentId, source, reading, plan) {
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
      run(parts, job, checkImport)
      return show(job)
    },
    write(jobId, onWritten) {
      const job = jobs.get(jobId)
      if (!job) return fail('import-unknown')
      if (job.phase !== 'checked') return fail('import-busy', { phase: job.phase })
      job.phase = 'writing'
      run(parts, job, (given, one) => writeImport(given, one, onWritten))
      return done(show(job))
    },
    sourceOf: (jobId) => jobs.get(jobId)?.source ?? null,
    find(jobId) {
      const job = jobs.get(jobId)
      return job ? show(job) : null
    },
    refused(jobId) {
      const job = jobs.get(jobId)
      return job ? { columns: job.source.columns, fileName: job.source.fileName, rows: job.refusedAll } : null
    },
    cancel(jobId) {
      const job = jobs.get(jobId)
      job?.abort.abort()
      return job !== undefined
    },
    cancelAll() {
      for (const job of jobs.values()) job.abort.abort()
    },
  }
}
