import { NumbersMapping, TimelineMapping, type ImportPlan, type TableInspection } from '#contract/import-api.ts'
import type { ImportTarget } from '#domain/imports/import.ts'
import { guessSeries } from '#domain/series/guess-reading.ts'
import type { SeriesMetric, SeriesReading } from '#domain/series/series.ts'

/** The roles of a column. Several columns may be `text` or `value`; each other role belongs to at most one column. */
export const TIMELINE_ROLES = ['happenedAt', 'time', 'text', 'kind', 'tags', 'reason', 'decidedBy'] as const
export const NUMBERS_ROLES = ['at', 'time', 'value'] as const
export type ColumnRole = (typeof TIMELINE_ROLES)[number] | (typeof NUMBERS_ROLES)[number]

/** `reading` is null if neither the column's name nor its numbers determine it; the user must choose. */
export type SeriesDraft = {
  column: string
  name: string
  unit: string
  metric: SeriesMetric
  reading: SeriesReading | null
  fraction?: boolean | undefined
}

/** The mapping being edited: possibly incomplete, and for both targets at once, so that switching the target loses nothing. */
export type MappingDraft = {
  target: ImportTarget
  timeline: Omit<TimelineMapping, 'happenedAt'> & { happenedAt: string }
  numbers: { at: string; time?: string | undefined; values: SeriesDraft[] }
}

/** The initial mapping, as suggested by the replica. */
export function draftFrom(suggested: TableInspection['suggested']): MappingDraft {
  return {
    target: suggested.target,
    timeline: suggested.timeline ?? { happenedAt: suggested.numbers?.at ?? '', text: [], defaultKind: 'observation' },
    numbers: suggested.numbers
      ? {
          ...suggested.numbers,
          values: suggested.numbers.values.map(({ sure, reading, ...value }) => ({ ...value, reading: sure ? reading : null })),
        }
      : { at: suggested.timeline?.happenedAt ?? '', values: [] },
  }
}

/** The role of a column for the current target, or null. */
export function roleOf(draft: MappingDraft, column: string): ColumnRole | null {
  if (draft.target === 'numbers') {
    if (draft.numbers.at === column) return 'at'
    if (draft.numbers.time === column) return 'time'
    return draft.numbers.values.some((value) => value.column === column) ? 'value' : null
  }
  const { timeline } = draft
  if (timeline.text.includes(column)) return 'text'
  return TIMELINE_ROLES.find((role) => role !== 'text' && timeline[role] === column) ?? null
}

/** The series for a column, as far as its name determines it. */
function seriesFrom(column: string): SeriesDraft {
  const { reading, sure, metric, unit } = guessSeries(column, [])
  return { column, name: column.slice(0, 80), unit, metric, reading: sure ? reading : null }
}

/** Assigns a role (or none) to a column. A single-column role is removed from the column that had it. */
export function withRole(draft: MappingDraft, column: string, role: ColumnRole | null): MappingDraft {
  if (draft.target === 'numbers') {
    const { at, time, values } = draft.numbers
    const kept = role === 'time' ? column : time === column ? undefined : time
    const others = values.filter((value) => value.column !== column)
    const numbers = {
      at: role === 'at' ? column : at === column ? '' : at,
      ...(kept === undefined ? {} : { time: kept }),
      values: role === 'value' ? [...others, seriesFrom(column)] : others,
    }
    return { ...draft, numbers }
  }
  const { happenedAt, time, text, defaultKind, kind, tags, reason, decidedBy } = draft.timeline
  const without = (held: string | undefined) => (held === column ? undefined : held)
  const given = { time: without(time), kind: without(kind), tags: without(tags), reason: without(reason), decidedBy: without(decidedBy) }
  if (role === 'time' || role === 'kind' || role === 'tags' || role === 'reason' || role === 'decidedBy') given[role] = column
  const texts = text.filter((name) => name !== column)
  return {
    ...draft,
    timeline: {
      happenedAt: role === 'happenedAt' ? column : (without(happenedAt) ?? ''),
      text: role === 'text' ? [...texts, column] : texts,
      defaultKind,
      ...(given.time === undefined ? {} : { time: given.time }),
      ...(given.kind === undefined ? {} : { kind: given.kind }),
      ...(given.tags === undefined ? {} : { tags: given.tags }),
      ...(given.reason === undefined ? {} : { reason: given.reason }),
      ...(given.decidedBy === undefined ? {} : { decidedBy: given.decidedBy }),
    },
  }
}

export type MappingGap =
  'time-missing' | 'text-missing' | 'too-many-texts' | 'value-missing' | 'too-many-values' | 'name-missing' | 'reading-missing'

/** What is missing before the file can be checked. */
export function mappingGap(draft: MappingDraft): MappingGap | null {
  if (draft.target === 'numbers') {
    if (draft.numbers.at === '') return 'time-missing'
    if (draft.numbers.values.length === 0) return 'value-missing'
    if (draft.numbers.values.length > 20) return 'too-many-values'
    if (draft.numbers.values.some((value) => value.name.trim() === '')) return 'name-missing'
    return draft.numbers.values.some((value) => value.reading === null) ? 'reading-missing' : null
  }
  if (draft.timeline.happenedAt === '') return 'time-missing'
  if (draft.timeline.text.length === 0) return 'text-missing'
  return draft.timeline.text.length > 10 ? 'too-many-texts' : null
}

/** The import plan in the form of the contract, or null while something is missing. */
export function planOf(draft: MappingDraft): ImportPlan | null {
  if (mappingGap(draft) !== null) return null
  if (draft.target === 'numbers') {
    const mapping = NumbersMapping.safeParse(draft.numbers)
    return mapping.success ? { target: 'numbers', mapping: mapping.data } : null
  }
  const mapping = TimelineMapping.safeParse(draft.timeline)
  return mapping.success ? { target: 'timeline', mapping: mapping.data } : null
}
