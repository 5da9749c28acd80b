import { findEntityRules } from './features.ts'
import { isSoundScope, isUuid } from './log/ids.ts'
import type { Op } from './log/op.ts'

/** Whether a text is a valid id for a kind. Kinds unknown to this version use UUIDs. */
export function isEntityId(kind: string, id: string): boolean {
  return findEntityRules(kind)?.isId(id) ?? isUuid(id)
}

/**
 * Finds an id that our code never generates, outside of the body.
 * @returns its path, or null
 */
export function oddIdOf(op: Op): string | null {
  if (!isUuid(op.opId)) return 'opId'
  if (!isSoundScope(op.scope)) return 'scope'
  if (!isUuid(op.replicaId)) return 'replicaId'
  if (!(op.after ?? []).every(isUuid)) return 'after'
  return isEntityId(op.entity.kind, op.entity.id) ? null : 'entity.id'
}
