import type { HubDatabase } from '../database/hub-database.ts'
import { createOpCommitter, LogFailed, type AnnouncedHead, type OpCommitter, type Submitted } from './commit-ops.ts'
import { ClonedReplica, SessionEnded, type HubEdge, type Session } from './submitted-ops.ts'
import { createRecordReader, type RecordReader } from './read-records.ts'
import type { AccessChange, Readers } from './readers.ts'
import { createScopeAccess, type ScopeAccess } from './scope-access.ts'
import { createStoredEntities, type StoredEntities } from './stored-entities.ts'

export { ClonedReplica, LogFailed, SessionEnded }
export type { AccessChange, AnnouncedHead, HubEdge, Readers, Session, Submitted }

/**
 * The hub's op log, the only orderer. It authorizes each op once on the state before it, assigns the next number of its scope,
 * chains it, and stores record and state in one transaction before announcing it. Submissions that arrive together share a commit.
 * Several nodes on one PostgreSQL form one log: each appender locks the scope.
 */
export type HubLog = OpCommitter & RecordReader & StoredEntities & Omit<ScopeAccess, 'isReader'>

export function createHubLog(database: HubDatabase, edge: HubEdge): HubLog {
  const entities = createStoredEntities(database, edge.unreadable)
  const { isReader, ...access } = createScopeAccess(database.kysely, edge, entities.readEntity)
  return {
    ...createOpCommitter(database, edge),
    ...entities,
    ...access,
    ...createRecordReader(database.kysely, edge, { mayRead: access.mayRead, isReader }),
  }
}
