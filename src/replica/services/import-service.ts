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
import { hashFile } from '../evidence/evidence-files.ts'
import type { ExportFiles } from '../exports/export-files.ts'
import { tableOptions, type ImportJobs, type ImportSourceFile } from '../imports/import-jobs.ts'
import type { MappingMemory } from '../imports/suggest-mapping.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { inspectTable } from '../tables/read/table-reader.ts'
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

/** Imports foreign tables as timelines and number series: inspected, checked, written, and undone as a whole. */
export function importService(context: ServiceContext, parts: ImportParts): ImportHandlers {
  const { files, exports, jobs, memory, tableWorker } = parts
  const sources = new Map<string, ImportSourceFile>()
  const importsOf = context.db.prepare<[string], EntityRow>(
    "SELECT * FROM entity WHERE kind = 'import' AND scope = ? ORDER BY sort_at DESC, id DESC",
  )

  const importsIn = (incidentId: string) =>
    importsOf.all(incidentScope(incidentId)).flatMap((row) => {
      const entity = IMPORT.as(seenEntity(row))
      return entity ? [entity] : []
    })

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

  function turn(incidentId: string, importId: string, type: 'import.undo' | 'import.restore'): Result<null> {
    const entity = IMPORT.read(context.store, importId)
    if (entity?.scope !== incidentScope(incidentId)) return fail('not-found')
    const written = write(context, [
      { scope: entity.scope, kind: 'import', id: importId, type, body: {} },
      ...(type === 'import.undo'
        ? [
            noteDraft(
              incidentId,
              context.uuid(),
              context.now(),
              'import-undone',
              { file: entity.state.fileName, count: entity.state.imported, importId },
              [0],
            ),
          ]
        : [
            noteDraft(
              incidentId,
              context.uuid(),
              context.now(),
              'imported',
              { file: entity.state.fileName, count: entity.state.imported, importId },
              [0],
            ),
          ]),
    ])
    return written.ok ? done(null) : written
  }

  return {
    'imports.inspect': async ({ incidentId, source, reading }) => {
      const taken =
        'path' in source ? await files.take(source.path) : sources.has(source.uploadId) ? null : await files.finish(source.uploadId)
      if (taken && !taken.ok) return taken
      // A second inspection of the same upload, with another sheet or encoding, finds it under its source.
      const known = 'uploadId' in source ? sources.get(source.uploadId) : undefined
      const path = known?.path ?? taken?.value.path ?? ''
      const fileName = known?.fileName ?? taken?.value.name ?? ''
      const inspected = await inspectTable(path, tableOptions(reading), { workerUrl: tableWorker })
      const sourceId = 'uploadId' in source ? source.uploadId : context.uuid()
      if (!inspected.ok) {
        if (taken && 'uploadId' in source)
          sources.set(sourceId, { sourceId, path, fileName, fileHash: '', size: taken.value.size, format: 'csv', columns: [] })
        return fail('table-unreadable', { ...inspected.problem.params, code: inspected.problem.code, line: inspected.problem.line ?? 0 })
      }
      const { format, encoding, sheets, sheet, headerRow, leading, from1904, zone, columns, sample, size, stopped } = inspected.value
      if (stopped) return fail('table-unreadable', { ...stopped.params, code: stopped.code, line: stopped.line ?? 0 })
      const fileHash = await hashFile(path)
      sources.set(sourceId, {
        sourceId,
        path,
        fileName,
        fileHash,
        size,
        format,
        columns,
        headerRow,
        from1904,
        ...(sheet === null ? {} : { sheet }),
      })
      const texts = sample.flatMap((row) => (row.cells === null ? [] : [[...row.cells]]))
      const earlier = importsIn(incidentId).find((one) => one.state.fileHash === fileHash && one.state.phase === 'complete')
      return done({
        sourceId,
        fileName,
        fileHash,
        size,
        format,
        encoding: encoding ?? '',
        sheets: [...sheets],
        sheet: sheet ?? '',
        headerRow,
        leading: leading.map((row) => [...row]),
        zone,
        columns: [...columns],
        sample: texts,
        suggested: memory.suggest(columns, texts, reading, from1904),
        sameFileImportedAt: earlier?.state.endedAt ?? null,
      })
    },

    'imports.check': ({ incidentId, sourceId, reading, plan: said }) => {
      const source = sources.get(sourceId)
      if (!source || source.fileHash === '') return fail('import-unknown')
      // Without a header, the first row gives the column names, and the screen saw those masked.
      const plan = restoreMasked(said, source.columns)?.value ?? said
      const field = unmapped(source.columns, plan)
      if (field !== null) return fail('mapping-incomplete', { field })
      return done(jobs.check(incidentId, source, reading, plan))
    },

    'imports.write': ({ jobId }) => (context.readOnly ? fail('read-only') : jobs.write(jobId)),

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

    'imports.undo': ({ incidentId, importId }) => turn(incidentId, importId, 'import.undo'),
    'imports.restore': ({ incidentId, importId }) => turn(incidentId, importId, 'import.restore'),
  }
}
