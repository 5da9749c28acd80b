import { hash } from 'node:crypto'
import { REPLICA_SCHEMA } from './replica-schema.ts'
import { KNOWN_TYPES } from './replica-store.ts'

/**
 * What two replicas must have in common for one file to replace the other: the version of the app (and so of its folds and
 * indexes), the version of the tables, and the op types that are understood.
 */
export function replicaForm(version: string): string {
  return `${version} ${REPLICA_SCHEMA.version} ${hash('sha256', KNOWN_TYPES).slice(0, 16)}`
}
