import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { noteDraft } from '#domain/commands/note-draft.ts'
import type { Result } from '#contract/failures.ts'
import { hashFile } from '../evidence/evidence-files.ts'
import { write, type ServiceContext } from '../context/service-context.ts'
import type { Draft } from '../store/replica-store.ts'
import { endJob, readerOf, readRows, reportJob, type Job, type JobParts } from './import-job.ts'
import { entryDrafts, OPS_PER_COMMIT, pointsGatherer } from './import-writer.ts'

/** The timeline of a past incident is not extended to the day of the import; the list of imports shows that day. */
function isHistory(context: ServiceContext, incidentId: string): boolean {
  return INCIDENT.read(context.store, incidentId)?.state.mode === 'historical'
}

function importDraft(job: Job, importId: string, type: string, body: Draft['body']): Draft {
  return { scope: incidentScope(job.incidentId), kind: 'import', id: importId, type, body }
}

/** How many rows were written and refused, or null if the job has ended early. */
type Written = { imported: number; refused: number } | null

/** Writes the rows of the file as parts of an import, in batches. */
async function writeRows(parts: JobParts, job: Job, importId: string): Promise<Written> {
  const { context } = parts
  const { incidentId, plan } = job
  let imported = 0
  let refused = 0
  let waiting: Draft[] = []
  const flush = (): Result<unknown> | null => {
    const drafts = waiting
    waiting = []
    return drafts.length === 0 ? null : write(context, drafts)
  }
  const points = plan.target === 'numbers' ? pointsGatherer(incidentId, importId, context.uuid, plan.mapping) : null
  if (points) waiting.push(...points.create())
  const reader = readerOf(job)
  const finished = await readRows(parts, job, (row) => {
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
  if (!finished) return null
  if (points) waiting.push(...points.rest())
  const last = flush()
  if (!last || last.ok) return { imported, refused }
  endJob(context, job, last.failure)
  return null
}

/** Writes a checked file as one import, which appears as a whole at its end. */
export async function writeImport(parts: JobParts, job: Job, onWritten: (sourceId: string) => Promise<void>): Promise<void> {
  const { context, runs, memory } = parts
  const { incidentId, source, plan } = job
  if ((await hashFile(source.path).catch(() => '')) !== source.fileHash)
    return endJob(context, job, { code: 'file-changed', params: { name: source.fileName } })
  const importId = context.uuid()
  // Noted first: if the process dies in between, the next start finds nothing to close, rather than an import that is never closed.
  runs.begin(importId, incidentScope(incidentId))
  const { fileName, fileHash } = source
  const begun = write(context, [importDraft(job, importId, 'import.begin', { fileName, fileHash, target: plan.target })])
  if (!begun.ok) {
    runs.end(importId)
    return endJob(context, job, begun.failure)
  }
  job.importId = importId
  job.rows = 0
  job.fraction = 0
  const written = await writeRows(parts, job, importId)
  if (!written) {
    // What was written so far stays invisible, and the log records why.
    write(context, [importDraft(job, importId, 'import.abandon', {})])
    runs.end(importId)
    return
  }
  const { imported, refused } = written
  const params = { file: fileName, count: imported, refused, importId }
  const completed = write(context, [
    importDraft(job, importId, 'import.complete', { imported, refused }),
    ...(isHistory(context, incidentId) ? [] : [noteDraft(incidentId, context.uuid(), context.now(), 'imported', params, [0])]),
  ])
  if (!completed.ok) return endJob(context, job, completed.failure)
  runs.end(importId)
  memory.remember(plan.target, source.columns, plan.mapping, context.now())
  await onWritten(source.sourceId)
  job.phase = 'complete'
  job.fraction = 1
  reportJob(context, job)
}
