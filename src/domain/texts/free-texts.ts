import { ENTITY_KINDS } from '../entity-kinds.ts'
import { findEntityRules } from '../features.ts'
import type { Entity, Stamp, Superseded } from '../log/entity.ts'

/** The names of all fields that hold a free text: one that several people write into. */
export const FREE_TEXT_FIELDS = [...new Set(ENTITY_KINDS.flatMap(freeTextFields))]

/** Those of one kind of entity. */
export function freeTextFields(kind: string): readonly string[] {
  return findEntityRules(kind)?.freeTextFields ?? []
}

/** Which writing of each free text stands: the id of its op, or nothing where the text is still the first one. */
export type Editions = Record<string, string>

export function editionsOf(entity: Pick<Entity, 'kind' | 'stamps'>): Editions {
  const written = freeTextFields(entity.kind).flatMap((field): [string, string][] => {
    const stamp: Stamp | undefined = entity.stamps[field]
    return stamp ? [[field, stamp.opId]] : []
  })
  return Object.fromEntries(written)
}

/**
 * The first free text that has been written again since its author looked at it.
 * @param seen the editions that stood when the editor was opened; what it does not name was not looked at
 * @param given what is to be written
 * @returns the field, or null where everything is as it was, or says the same already
 */
export function movedOn(entity: Entity, seen: Editions, given: Record<string, unknown>): string | null {
  const state = entity.state as Record<string, unknown>
  const now = editionsOf(entity)
  return (
    freeTextFields(entity.kind).find(
      (field) => field in seen && given[field] !== undefined && given[field] !== state[field] && (now[field] ?? '') !== seen[field],
    ) ?? null
  )
}

/** What a write has just put out of the way although its author had not seen it, or was put out of the way itself: texts that somebody misses. */
export function newlyOvertaken(before: Entity | undefined, after: Entity | undefined): Superseded[] {
  if (!after || !before || after.superseded === before.superseded) return []
  const known = new Set(before.superseded)
  const state = after.state as Record<string, unknown>
  const fields = freeTextFields(after.kind)
  return after.superseded.filter(
    (one) =>
      !known.has(one) &&
      fields.includes(one.field) &&
      typeof one.value === 'string' &&
      one.value.trim() !== '' &&
      one.value !== state[one.field],
  )
}

/** The op that puts a text back into its field, all else staying as it is; null for what is no free text. */
export function restoringOp(entity: Entity, field: string, text: string): { type: string; body: Record<string, unknown> } | null {
  return findEntityRules(entity.kind)?.restoringOp(entity, field, text) ?? null
}
