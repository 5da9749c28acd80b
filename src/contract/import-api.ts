import { ImportTarget, type ImportState } from '#domain/imports/import.ts'
import { SeriesMetric, SeriesReading } from '#domain/series/series.ts'
import { EntryKind } from '#domain/timeline/entry.ts'
import { z } from 'zod'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** Maps columns of the file to fields. Column names as in the file. */
export const TimelineMapping = z.strictObject({
  happenedAt: z.string().min(1),
  /** Column with the time of day, if it is separate from the date. */
  time: z.string().optional(),
  text: z.array(z.string().min(1)).min(1).max(10),
  /** Column with the kind; if omitted, every row is `defaultKind`. */
  kind: z.string().optional(),
  defaultKind: EntryKind.exclude(['system', 'decision', 'turning-point']),
  tags: z.string().optional(),
  reason: z.string().optional(),
  decidedBy: z.string().optional(),
})
export type TimelineMapping = z.infer<typeof TimelineMapping>

/** One column of numbers: the series it becomes and its reading. */
export const ValueMapping = z.strictObject({
  column: z.string().min(1),
  name: z.string().trim().min(1).max(80),
  unit: z.string().trim().max(20),
  metric: SeriesMetric,
  reading: SeriesReading,
  /** A share is written as 0.81 and means 81 %. */
  fraction: z.boolean().optional(),
})
export type ValueMapping = z.infer<typeof ValueMapping>

export const NumbersMapping = z.strictObject({
  at: z.string().min(1),
  time: z.string().optional(),
  values: z.array(ValueMapping).min(1).max(20),
})
export type NumbersMapping = z.infer<typeof NumbersMapping>

export const ReadingOptions = z.strictObject({
  /** The last two are never detected, because any bytes are valid in them. */
  encoding: z.enum(['auto', 'utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252']).default('auto'),
  format: z.enum(['auto', 'csv', 'tsv', 'xlsx', 'json']).default('auto'),
  sheet: z.string().max(100).optional(),
  /** Which non-empty row holds the column names, from 1; 0: none. Default: detected. */
  headerRow: z.int().min(0).max(50).optional(),
  /** IANA zone for times without a zone. */
  zone: z.string().max(60).default('Asia/Shanghai'),
  dateOrder: z.enum(['ymd', 'mdy', 'dmy']).default('ymd'),
})
export type ReadingOptions = z.infer<typeof ReadingOptions>

export const ImportSource = z.union([z.strictObject({ uploadId: z.uuid() }), z.strictObject({ path: z.string().min(1).max(4000) })])
export type ImportSource = z.infer<typeof ImportSource>

/** Why a readable row is not valid as an entry or a point. Besides these, `code` may be any row or value problem of the table reader. */
export const ROW_MEANING_CODES = [
  'date-missing',
  'text-missing',
  'text-too-long',
  'unknown-kind',
  'decision-incomplete',
  'bad-tag',
  'number-missing',
  'share-out-of-range',
] as const
export type RowMeaningCode = (typeof ROW_MEANING_CODES)[number]

/** A refused row, with its line in the file; `cells` allow correcting it and importing it separately. */
export type RefusedRow = { line: number; code: string; params: Record<string, string | number>; cells: string[] }

/** `sure`: the reading of the column is certain from its name or numbers, or was chosen last time; otherwise the user is asked. */
export type SuggestedNumbers = Omit<NumbersMapping, 'values'> & { values: (ValueMapping & { sure: boolean })[] }

/** Statistics of a number column over the whole file with the current reading. */
export type SeriesFigures = Pick<ValueMapping, 'column' | 'name' | 'unit' | 'reading'> & {
  count: number
  /** By time, not by line. */
  last: number
  highest: number
  lowest: number
  sum: number
  /** How often the value fell and rose between consecutive measurements. */
  falls: number
  rises: number
}

export type TableInspection = {
  sourceId: string
  fileName: string
  fileHash: string
  size: number
  format: 'csv' | 'tsv' | 'xlsx' | 'json'
  encoding: string
  sheets: string[]
  /** The sheet that was read; empty for formats without sheets. */
  sheet: string
  /** The row with the column names, as `ReadingOptions.headerRow`, and the first non-empty rows to choose it from. */
  headerRow: number
  leading: string[][]
  /** The time zone stated in the file above its columns, or null. */
  zone: string | null
  columns: string[]
  sample: string[][]
  /** The mapping last used for a file with these columns, else a guess from names and values. */
  suggested: { target: ImportTarget; timeline: TimelineMapping | null; numbers: SuggestedNumbers | null; remembered: boolean }
  /** An earlier import of the same file into this incident. */
  sameFileImportedAt: number | null
}

/** Result of reading the whole file with a mapping, before anything is written. */
export type ImportCheck = {
  good: number
  refused: number
  /** The first 200 refused rows. */
  refusedRows: RefusedRow[]
  /** Preview of the first valid rows. */
  preview: { line: number; happenedAt: number; text: string; kind?: EntryKind; values?: (number | null)[] }[]
  /** For numbers: statistics of each column. */
  series: SeriesFigures[]
}

export type ImportJob = {
  jobId: string
  incidentId: string
  phase: 'reading' | 'checked' | 'writing' | 'complete' | 'failed' | 'cancelled'
  fraction: number
  rows: number
  check: ImportCheck | null
  importId: string | null
  failure: { code: string; params: Record<string, string | number> } | null
}

export type ImportView = ImportState & { id: string; startedByName: string; mayUndo: boolean }

const Target = z.discriminatedUnion('target', [
  z.strictObject({ target: z.literal('timeline'), mapping: TimelineMapping }),
  z.strictObject({ target: z.literal('numbers'), mapping: NumbersMapping }),
])
export type ImportPlan = z.infer<typeof Target>
export { ImportTarget }

/** Import in three steps: inspect the file, check it with a mapping, write the valid rows. Jobs report through `imports.job`. */
export const importApi = {
  'imports.inspect': command(
    z.strictObject({ incidentId: z.uuid(), source: ImportSource, reading: ReadingOptions.prefault({}) }),
  ).returns<TableInspection>(),
  'imports.check': command(
    z.strictObject({ incidentId: z.uuid(), sourceId: z.uuid(), reading: ReadingOptions.prefault({}), plan: Target }),
  ).returns<ImportJob>(),
  'imports.write': command(z.strictObject({ jobId: z.uuid() }), { action: 'import.write' }).returns<ImportJob>(),
  'imports.job': query(z.strictObject({ jobId: z.uuid() }))
    .dependsOn(({ jobId }) => [`job:${jobId}`])
    .returns<ImportJob>(),
  'imports.cancel': command(z.strictObject({ jobId: z.uuid() })).returns<null>(),
  /** The refused rows of a check as a CSV export with line and reason, to be corrected and imported again. */
  'imports.refusedAsFile': command(z.strictObject({ jobId: z.uuid(), language: z.enum(['zh-Hans', 'en']) })).returns<{
    exportId: string
    fileName: string
    size: number
    mime: string
  }>(),
  'imports.list': query(z.strictObject({ incidentId: z.uuid() }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'imports', 'incident'))
    .returns<ImportView[]>(),
  'imports.undo': command(z.strictObject({ incidentId: z.uuid(), importId: z.uuid() }), { action: 'import.undo' }).returns<null>(),
  'imports.restore': command(z.strictObject({ incidentId: z.uuid(), importId: z.uuid() }), { action: 'import.undo' }).returns<null>(),
}
