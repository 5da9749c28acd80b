import { guessSeries } from '#domain/series/guess-reading.ts'
import { SERIES_READINGS, SeriesReading } from '#domain/series/series.ts'
import { NumbersMapping, TimelineMapping, type ImportPlan, type SuggestedNumbers, type TableInspection } from '#contract/import-api.ts'
import type { ImportTarget } from '#domain/imports/import.ts'
import { failed, type CommandFailure } from './exit-codes.ts'
import type { FieldColumn } from './option-values.ts'

export const TIMELINE_FIELDS = ['happenedAt', 'time', 'text', 'kind', 'tags', 'reason', 'decidedBy'] as const
/** A number column is given as `value`, with a guessed reading, or under its reading. */
export const NUMBERS_FIELDS = ['at', 'time', 'value', ...SERIES_READINGS] as const
/** Kinds for rows without a column that names one. */
export const ROW_KINDS = TimelineMapping.shape.defaultKind.options

type RowKind = TimelineMapping['defaultKind']
/** `guessed`: number columns whose reading is uncertain. */
type Planned = { ok: true; value: ImportPlan; guessed?: string[] } | { ok: false; failure: CommandFailure }

function columnsFor(pairs: readonly FieldColumn[], field: string): string[] {
  return pairs.filter((pair) => pair.field === field).map((pair) => pair.column)
}

function planTimeline(inspection: TableInspection, pairs: readonly FieldColumn[], kind: RowKind | undefined): Planned {
  const suggested = inspection.suggested.timeline
  const texts = columnsFor(pairs, 'text')
  const single = Object.fromEntries(pairs.filter((pair) => pair.field !== 'text').map((pair) => [pair.field, pair.column]))
  const mapping = {
    defaultKind: 'observation',
    ...suggested,
    ...single,
    ...(texts.length > 0 ? { text: texts } : {}),
    ...(kind ? { defaultKind: kind } : {}),
  }
  const parsed = TimelineMapping.safeParse(mapping)
  if (parsed.success) return { ok: true, value: { target: 'timeline', mapping: parsed.data } }
  return failed('mapping-incomplete', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
}

function planNumbers(inspection: TableInspection, pairs: readonly FieldColumn[]): Planned {
  const suggested = inspection.suggested.numbers
  const named = [...new Set(pairs.filter(({ field }) => field !== 'at' && field !== 'time').map(({ column }) => column))].map(
    (column): SuggestedNumbers['values'][number] => {
      const known = suggested?.values.find((value) => value.column === column)
      if (known) return known
      const { reading, sure, metric, unit } = guessSeries(column, [])
      return { column, name: column, unit, metric, reading, sure }
    },
  )
  const at = columnsFor(pairs, 'at').at(-1)
  const time = columnsFor(pairs, 'time').at(-1) ?? suggested?.time
  const values = named.length > 0 ? named : (suggested?.values ?? [])
  const mapping = {
    ...(suggested ? { at: suggested.at } : {}),
    ...(at === undefined ? {} : { at }),
    ...(time === undefined ? {} : { time }),
    values: values.map(({ sure: _sure, ...value }) => ({ ...value, reading: readingSaid(pairs, value.column) ?? value.reading })),
  }
  const parsed = NumbersMapping.safeParse(mapping)
  if (!parsed.success) return failed('mapping-incomplete', { field: parsed.error.issues[0]?.path[0] === 'values' ? 'value' : 'at' })
  const guessed = values.filter(({ sure, column }) => !sure && readingSaid(pairs, column) === null).map(({ column }) => column)
  return { ok: true, value: { target: 'numbers', mapping: parsed.data }, guessed }
}

/** The reading of a column named by a pair such as `level=column`, or null. */
function readingSaid(pairs: readonly FieldColumn[], column: string): SeriesReading | null {
  const said = pairs.findLast((pair) => pair.column === column && SeriesReading.safeParse(pair.field).success)
  return said ? SeriesReading.parse(said.field) : null
}

/**
 * How a file will be read: the suggested mapping, overridden by the given `field=column` pairs.
 * @param pairs text, value and the readings (a number column with its reading) may be repeated; of the others the last counts
 */
export function planImport(
  inspection: TableInspection,
  target: ImportTarget,
  pairs: readonly FieldColumn[],
  kind: RowKind | undefined,
): Planned {
  const fields: readonly string[] = target === 'timeline' ? TIMELINE_FIELDS : NUMBERS_FIELDS
  const columns = inspection.columns
  for (const { field, column } of pairs) {
    if (!fields.includes(field)) return failed('field-unknown', { field, fields: fields.join(', ') })
    if (!columns.includes(column)) return failed('column-unknown', { column, columns: columns.join(', ') })
  }
  return target === 'timeline' ? planTimeline(inspection, pairs, kind) : planNumbers(inspection, pairs)
}
