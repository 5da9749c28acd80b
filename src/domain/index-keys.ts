import { findEntityRules } from './features.ts'
import type { Entity } from './log/entity.ts'
import { NO_KEYS, type IndexKeys } from './log/index-keys.ts'

/** The index keys of an entity's state, as its kind says them. */
export function indexKeys(entity: Entity): IndexKeys {
  return findEntityRules(entity.kind)?.indexKeys(entity) ?? NO_KEYS
}
