import { findEntityRules } from './features.ts'
import type { Entity } from './log/entity.ts'
import { NO_KEYS, type IndexKeys } from './log/index-keys.ts'

/** The index keys of an entity, by the definition of its kind. */
export function indexKeys(entity: Entity): IndexKeys {
  return findEntityRules(entity.kind)?.indexKeys(entity) ?? NO_KEYS
}
