import { hash } from 'node:crypto'
import { REPLICA_SCHEMA } from './replica-schema.ts'
import { KNOWN_TYPES } from './replica-store.ts'

/**
 * What one replica's file must have in common with another's to be used in its place: the version of the app, and so of its
 * folds and indexes, of the tables, and the ops that were understood.
 */
export function replicaForm(version: string): string {
  return `${version} ${REPLICA_SCHEMA.version} ${hash('sha256', KNOWN_TYPES).slice(0, 16)}`
}
