import type { CallInput, CallOutput } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { ReadingOptions } from '#contract/import-api.ts'
import type { ServiceContext } from '../context/service-context.ts'
import { hashFile, type EvidenceFiles } from '../evidence/evidence-files.ts'
import { inspectTable } from '../tables/read/table-reader.ts'
import type { GivenFiles } from './given-files.ts'
import { tableOptions, type ImportSourceFile } from './import-job.ts'
import type { MappingMemory } from './suggest-mapping.ts'

export type InspectParts = { context: ServiceContext; files: EvidenceFiles; memory: MappingMemory; tableWorker: URL }

/** What a file contains, as far as its beginning shows, and a mapping to begin with. */
export type InspectedSource = Omit<CallOutput<'imports.inspect'>, 'sameFileImportedAt'>

/**
 * Looks into a table that is to be imported.
 * @param sources the files inspected so far, by source; the file is added
 */
export async function inspectSource(
  { context, files, memory, tableWorker }: InspectParts,
  sources: GivenFiles<ImportSourceFile>,
  { source, reading }: { source: CallInput<'imports.inspect'>['source']; reading: ReadingOptions },
): Promise<Result<InspectedSource>> {
  const taken =
    'path' in source ? await files.take(source.path) : sources.find(source.uploadId) ? null : await files.finish(source.uploadId)
  if (taken && !taken.ok) return taken
  // A second inspection of the same upload, with another sheet or encoding, finds it under its source.
  const known = 'uploadId' in source ? sources.find(source.uploadId) : undefined
  const path = known?.path ?? taken?.value.path ?? ''
  const fileName = known?.fileName ?? taken?.value.name ?? ''
  const sourceId = 'uploadId' in source ? source.uploadId : context.uuid()
  const owned = 'uploadId' in source
  // An upload is kept from here on, also if it cannot be read as it was said to be, and is removed in the end.
  if (taken && owned)
    await sources.keep(sourceId, { sourceId, owned, path, fileName, fileHash: '', size: taken.value.size, format: 'csv', columns: [] })
  const inspected = await inspectTable(path, tableOptions(reading), { workerUrl: tableWorker })
  if (!inspected.ok)
    return fail('table-unreadable', { ...inspected.problem.params, code: inspected.problem.code, line: inspected.problem.line ?? 0 })
  const { format, encoding, sheets, sheet, headerRow, leading, from1904, zone, columns, sample, size, stopped } = inspected.value
  if (stopped) return fail('table-unreadable', { ...stopped.params, code: stopped.code, line: stopped.line ?? 0 })
  const fileHash = await hashFile(path)
  await sources.keep(sourceId, {
    sourceId,
    owned,
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
  })
}
