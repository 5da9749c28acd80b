import { NumbersMapping, TimelineMapping, type ImportPlan, type TableInspection } from '#contract/import-api.ts'
import type { ImportTarget } from '#domain/imports/import.ts'
import { failed, type CommandFailure } from './exit-codes.ts'
import type { FieldColumn } from './option-values.ts'

export const TIMELINE_FIELDS = ['happenedAt', 'text', 'kind', 'tags', 'reason', 'decidedBy'] as const
export const NUMBERS_FIELDS = ['at', 'value'] as const
/** Kinds that a row may have when no column names one. */
export const ROW_KINDS = TimelineMapping.shape.defaultKind.options

type RowKind = TimelineMapping['defaultKind']
type Planned = { ok: true; value: ImportPlan } | { ok: false; failure: CommandFailure }

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
  const named = columnsFor(pairs, 'value').map((column) => suggested?.values.find((value) => value.column === column) ?? { column, name: column, unit: '', metric: 'other' })
  const at = columnsFor(pairs, 'at').at(-1)
  const mapping = { ...suggested, ...(at === undefined ? {} : { at }), ...(named.length > 0 ? { values: named } : {}) }
  const parsed = NumbersMapping.safeParse(mapping)
  if (parsed.success) return { ok: true, value: { target: 'numbers', mapping: parsed.data } }
  return failed('mapping-incomplete', { field: parsed.error.issues[0]?.path[0] === 'values' ? 'value' : 'at' })
}

/**
 * How a file will be read: the suggested mapping, with the `field=column` pairs that were given laid over it.
 * @param pairs text and value may come several times; of the others the last counts
 */
export function planImport(inspection: TableInspection, target: ImportTarget, pairs: readonly FieldColumn[], kind: RowKind | undefined): Planned {
  const fields: readonly string[] = target === 'timeline' ? TIMELINE_FIELDS : NUMBERS_FIELDS
  const columns = inspection.columns
  for (const { field, column } of pairs) {
    if (!fields.includes(field)) return failed('field-unknown', { field, fields: fields.join(', ') })
    if (!columns.includes(column)) return failed('column-unknown', { column, columns: columns.join(', ') })
  }
  return target === 'timeline' ? planTimeline(inspection, pairs, kind) : planNumbers(inspection, pairs)
}
