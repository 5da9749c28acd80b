import { createWriteStream } from 'node:fs'
import { IMPORT } from '#domain/imports/import-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { permit } from '#domain/permissions/permit.ts'
import { noteDraft } from '#domain/commands/note-draft.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { ImportPlan, ImportView } from '#contract/import-api.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { ExportFiles } from '../exports/export-files.ts'
import { givenFiles } from '../imports/given-files.ts'
import type { ImportSourceFile } from '../imports/import-job.ts'
import type { ImportJobs } from '../imports/import-jobs.ts'
import { inspectSource } from '../imports/inspect-source.ts'
import type { MappingMemory } from '../imports/suggest-mapping.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { writeCsv } from '../tables/write/write-csv.ts'
import { readerWords } from '../words/reader-words.ts'
import { actorHere, memberNames, write, type ServiceContext } from '../context/service-context.ts'

export type ImportHandlers = Pick<
  ApiHandlers,
  | 'imports.inspect'
  | 'imports.check'
  | 'imports.write'
  | 'imports.job'
  | 'imports.cancel'
  | 'imports.refusedAsFile'
  | 'imports.list'
  | 'imports.undo'
  | 'imports.restore'
>

export type ImportParts = { files: EvidenceFiles; exports: ExportFiles; jobs: ImportJobs; memory: MappingMemory; tableWorker: URL }

/** The first mapped column that the file does not have, or null. */
function unmapped(columns: readonly string[], plan: ImportPlan): string | null {
  const names =
    plan.target === 'timeline'
      ? [
          plan.mapping.happenedAt,
          plan.mapping.time,
          ...plan.mapping.text,
          plan.mapping.kind,
          plan.mapping.tags,
          plan.mapping.reason,
          plan.mapping.decidedBy,
        ]
      : [plan.mapping.at, plan.mapping.time, ...plan.mapping.values.map((value) => value.column)]
  return names.find((name) => name !== undefined && !columns.includes(name)) ?? null
}

/** Writes the op that undoes or restores an import, with its note in the timeline. */
function setImportVisible(context: ServiceContext, incidentId: string, importId: string, visible: boolean): Result<null> {
  const entity = IMPORT.read(context.store, importId)
  if (entity?.scope !== incidentScope(incidentId)) return fail('not-found')
  const { fileName, imported } = entity.state
  const params = { file: fileName, count: imported, importId }
  const written = write(context, [
    { scope: entity.scope, kind: 'import', id: importId, type: visible ? 'import.restore' : 'import.undo', body: {} },
    noteDraft(incidentId, context.uuid(), context.now(), visible ? 'imported' : 'import-undone', params, [0]),
  ])
  return written.ok ? done(null) : written
}

/** How many files of unfinished imports are kept. */
const KEPT = 10

/** Imports foreign tables as timelines and number series: inspected, checked, written, and undone as a whole. */
export function importService(context: ServiceContext, parts: ImportParts): ImportHandlers {
  const { files, exports, jobs, memory, tableWorker } = parts
  const sources = givenFiles<ImportSourceFile>(KEPT)
  const importsOf = context.db.prepare<[string], EntityRow>(
    "SELECT * FROM entity WHERE kind = 'import' AND scope = ? ORDER BY sort_at DESC, id DESC",
  )

  const importsIn = (incidentId: string) =>
    importsOf.all(incidentScope(incidentId)).flatMap((row) => {
      const entity = IMPORT.as(seenEntity(row))
      return entity ? [entity] : []
    })

  return {
    'imports.inspect': async ({ incidentId, ...asked }) => {
      const inspected = await inspectSource({ context, files, memory, tableWorker }, sources, asked)
      if (!inspected.ok) return inspected
      const { fileHash } = inspected.value
      const earlier = importsIn(incidentId).find((one) => one.state.fileHash === fileHash && one.state.phase === 'complete')
      return done({ ...inspected.value, sameFileImportedAt: earlier?.state.endedAt ?? null })
    },

    'imports.check': async ({ incidentId, sourceId, reading, plan: said }) => {
      const source = sources.find(sourceId)
      if (!source || source.fileHash === '') return fail('import-unknown')
      await sources.keep(sourceId, source)
      // Without a header, the first row gives the column names, and the screen saw those masked.
      const plan = restoreMasked(said, source.columns)?.value ?? said
      const field = unmapped(source.columns, plan)
      if (field !== null) return fail('mapping-incomplete', { field })
      return done(jobs.check(incidentId, source, reading, plan))
    },

    'imports.write': async ({ jobId }) => {
      if (context.readOnly) return fail('read-only')
      const source = jobs.sourceOf(jobId)
      // A file that was left for too long is gone; one that is being written is kept.
      if (!source || !sources.find(source.sourceId)) return fail('import-unknown')
      await sources.keep(source.sourceId, source)
      return jobs.write(jobId, sources.forget)
    },

    'imports.job': ({ jobId }) => {
      const job = jobs.find(jobId)
      return job ? done(job) : fail('import-unknown')
    },

    'imports.cancel': ({ jobId }) => (jobs.cancel(jobId) ? done(null) : fail('import-unknown')),

    'imports.refusedAsFile': async ({ jobId, language }) => {
      const refused = jobs.refused(jobId)
      if (!refused) return fail('import-unknown')
      const { t } = readerWords(language, 'utc')
      const made = exports.create(
        t('exports:refused.file', { file: maskPersonal(refused.fileName).replace(/\.[^.]+$/u, '') }),
        'csv',
        'text/csv',
      )
      const header = [t('exports:refused.line'), t('exports:refused.reason')]
      // Masked like every exported file: users fix the row in the original file, where its line number finds it.
      const rows = refused.rows.map(({ line, code, params, cells }) => maskValues([line, t(`imports:row.${code}`, params), ...cells]))
      await writeCsv(maskValues([...header, ...refused.columns]), rows, createWriteStream(made.path))
      return done(exports.finish(made))
    },

    'imports.list': ({ incidentId }) => {
      const names = memberNames(context)
      const actor = actorHere(context)
      const incident = INCIDENT.read(context.store, incidentId)
      const mayUndo = (startedBy: string) =>
        actor !== null && permit(actor, 'import.undo', { incident: incident?.state, own: startedBy === actor.id }) === null
      return done(
        importsIn(incidentId).map((entity): ImportView => ({
          ...entity.state,
          id: entity.id,
          startedByName: names(entity.state.startedBy),
          mayUndo: mayUndo(entity.state.startedBy) && (entity.state.phase === 'complete' || entity.state.phase === 'undone'),
        })),
      )
    },

    'imports.undo': ({ incidentId, importId }) => setImportVisible(context, incidentId, importId, false),
    'imports.restore': ({ incidentId, importId }) => setImportVisible(context, incidentId, importId, true),
  }
}
