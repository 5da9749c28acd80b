import type { Entity } from '../log/entity.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { movedOn, type Editions } from './free-texts.ts'

/** The refusal to overwrite a text that has changed since its author looked at it. Null if unchanged, or if `seen` is not given. */
export function refuseUnseen(entity: Entity | undefined, seen: Editions | undefined, given: Record<string, unknown>): Refusal | null {
  const field = entity && seen ? movedOn(entity, seen, given) : null
  return field === null ? null : refuse('changed-meanwhile', { field, now: '' })
}
