import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { openReplica, type Replica, type ReplicaOptions } from '#replica/open-replica.ts'
import { sqliteCode, type DatabaseTrouble } from '#storage/open-database.ts'
import type { StationTrouble } from '#contract/station-api.ts'

export type OpenFiles =
  | { phase: 'open'; hub: Hub; replica: Replica }
  | { phase: 'read-only'; replica: Replica }
  | { phase: 'trouble'; trouble: StationTrouble }

type Shared = Omit<ReplicaOptions, 'file' | 'mayCreate' | 'readOnly'>

/** The two databases of a data folder, by name. */
export const HUB_FILE = 'hub.db'
export const REPLICA_FILE = 'replica.db'

function asTrouble(trouble: DatabaseTrouble): StationTrouble {
  const { file, detail } = trouble
  switch (trouble.kind) {
    case 'newer-version':
      return { kind: 'newer-version', file, found: trouble.found, supported: trouble.supported }
    case 'read-only':
      return { kind: 'read-only', file, detail }
    default:
      return { kind: 'damaged', file, detail: trouble.kind === 'missing' ? `missing: ${detail}` : detail }
  }
}

/** A folder in which nothing was ever kept: only there may new files be made. */
function isFresh(folder: string): boolean {
  if (existsSync(join(folder, HUB_FILE)) || existsSync(join(folder, REPLICA_FILE))) return false
  const backups = join(folder, 'backups')
  return !existsSync(backups) || readdirSync(backups).length === 0
}

/** Damage may show itself only when the tables are first used, as a torn page of the search index does. */
function orDamage<Opened>(file: string, openIt: () => Opened): Opened | { ok: false; trouble: DatabaseTrouble } {
  try {
    return openIt()
  } catch (error) {
    const code = sqliteCode(error)
    // A busy, full or failing disk is not a damaged database.
    if (code === null || /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM)/.test(code)) throw error
    return { ok: false, trouble: { kind: 'damaged', file, detail: `${code}: ${error instanceof Error ? error.message : ''}` } }
  }
}

/** Opens both databases for writing, or says what is wrong with one of them; then neither is held open. */
export function openForWriting(shared: Shared, now: () => number): OpenFiles {
  try {
    mkdirSync(shared.dataFolder, { recursive: true })
  } catch (error) {
    return { phase: 'trouble', trouble: { kind: 'read-only', file: shared.dataFolder, detail: error instanceof Error ? error.message : '' } }
  }
  const mayCreate = isFresh(shared.dataFolder)
  const hubFile = join(shared.dataFolder, HUB_FILE)
  const hub = orDamage(hubFile, () => openHub(hubFile, mayCreate, now))
  if (!hub.ok) return { phase: 'trouble', trouble: asTrouble(hub.trouble) }
  const file = join(shared.dataFolder, REPLICA_FILE)
  const replica = orDamage(file, () => openReplica({ ...shared, file, mayCreate, readOnly: false }))
  if (!replica.ok) {
    hub.hub.close()
    return { phase: 'trouble', trouble: asTrouble(replica.trouble) }
  }
  return { phase: 'open', hub: hub.hub, replica: replica.replica }
}

/** Opens the replica alone, for reading what can be read. */
export function openForReading(shared: Shared): OpenFiles {
  const file = join(shared.dataFolder, REPLICA_FILE)
  const replica = orDamage(file, () => openReplica({ ...shared, file, mayCreate: false, readOnly: true }))
  return replica.ok ? { phase: 'read-only', replica: replica.replica } : { phase: 'trouble', trouble: asTrouble(replica.trouble) }
}
