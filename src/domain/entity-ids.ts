import { findEntityRules } from './features.ts'
import { isSoundScope, isUuid } from './log/ids.ts'
import type { Op } from './log/op.ts'

/** Whether an entity of a kind may be called so. Those of kinds that this version does not know are named by a UUID. */
export function isEntityId(kind: string, id: string): boolean {
  return findEntityRules(kind)?.isId(id) ?? isUuid(id)
}

/**
 * Looks for an id that no code of ours makes, outside of the body.
 * @returns where it stands, or null
 */
export function oddIdOf(op: Op): string | null {
  if (!isUuid(op.opId)) return 'opId'
  if (!isSoundScope(op.scope)) return 'scope'
  if (!isUuid(op.replicaId)) return 'replicaId'
  if (!(op.after ?? []).every(isUuid)) return 'after'
  return isEntityId(op.entity.kind, op.entity.id) ? null : 'entity.id'
}
