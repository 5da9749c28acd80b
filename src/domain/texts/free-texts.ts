import type { RestoringOp } from '../define-entity.ts'
import { ENTITY_KINDS } from '../entity-kinds.ts'
import { findEntityRules } from '../features.ts'
import type { Entity, Stamp, Superseded } from '../log/entity.ts'

/** The names of all fields that hold a free text, one that several people edit. */
export const FREE_TEXT_FIELDS = [...new Set(ENTITY_KINDS.flatMap(freeTextFields))]

/** The free-text fields of one kind. */
export function freeTextFields(kind: string): readonly string[] {
  return findEntityRules(kind)?.freeTextFields ?? []
}

/** The current version of each free text: the id of its op, or no entry while the text is still the first one. */
export type Editions = Record<string, string>

export function editionsOf(entity: Pick<Entity, 'kind' | 'stamps'>): Editions {
  const written = freeTextFields(entity.kind).flatMap((field): [string, string][] => {
    const stamp: Stamp | undefined = entity.stamps[field]
    return stamp ? [[field, stamp.opId]] : []
  })
  return Object.fromEntries(written)
}

/**
 * The first free text that was rewritten since its author looked at it.
 * @param seen the editions when the editor was opened; fields without an entry were not seen
 * @param given what is to be written
 * @returns the field, or null if nothing changed or the texts are already equal
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

/** Texts that a write has just overwritten although its author had not seen them, or texts of the write that were superseded themselves. */
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

/**
 * The op that restores a text in its field and leaves other fields unchanged.
 * @param written the body of the op that wrote the text, or the values that were superseded with it
 * @returns null if it is not a free text
 */
export function restoringOp(entity: Entity, field: string, text: string, written: Readonly<Record<string, unknown>>): RestoringOp | null {
  return findEntityRules(entity.kind)?.restoringOp(entity, field, text, written) ?? null
}
