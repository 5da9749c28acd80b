import type { Entity } from '../log/entity.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { movedOn, type Editions } from './free-texts.ts'

/** Why a text may not be written over: it has moved on since its author looked at it. Null where it has not, or nobody said what they saw. */
export function refuseUnseen(entity: Entity | undefined, seen: Editions | undefined, given: Record<string, unknown>): Refusal | null {
  const field = entity && seen ? movedOn(entity, seen, given) : null
  return field === null ? null : refuse('changed-meanwhile', { field, now: '' })
}
