import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openHub, type FileHub } from '#hub/open-hub.ts'
import { openReplica, type Replica, type ReplicaOptions } from '#replica/open-replica.ts'
import { makePrivateFolder, type FolderPrivacy } from '#storage/private-files.ts'
import { troubleOf, type DatabaseTrouble } from '#storage/open-database.ts'
import { thisDevice } from './team/connection.ts'
import { readJoined } from './team/joined-team.ts'
import type { WorkspaceTrouble } from '#contract/workspace-api.ts'

export type OpenFiles =
  /** `hub` is null if the team's hub is elsewhere. */
  | { phase: 'open'; hub: FileHub | null; replica: Replica }
  | { phase: 'read-only'; replica: Replica }
  | { phase: 'trouble'; trouble: WorkspaceTrouble }

export type SharedOptions = Omit<ReplicaOptions, 'file' | 'mayCreate' | 'readOnly' | 'device' | 'sharesEvidence'> & {
  /** Other users of this machine could open the folder. */
  onPrivacy(found: FolderPrivacy): void
}

/** The two databases of a data folder, by name. */
export const HUB_FILE = 'hub.db'
export const REPLICA_FILE = 'replica.db'

function asTrouble(trouble: DatabaseTrouble): WorkspaceTrouble {
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

/** Marker file while the databases are created for the first time: after an interruption, the next start creates them. */
const FIRST_OPENING = 'first-opening'

/** Marker file in a folder whose replica has joined a team elsewhere. */
const JOINED = 'joined'

/** Whether the folder was never used: only there may new files be created. */
function isFresh(folder: string): boolean {
  // In this order: another process that creates them removes the marker only when both exist.
  if (existsSync(join(folder, HUB_FILE)) || existsSync(join(folder, REPLICA_FILE))) return existsSync(join(folder, FIRST_OPENING))
  const backups = join(folder, 'backups')
  return !existsSync(backups) || readdirSync(backups).length === 0
}

/** Opens a file and returns damage as a value; it may appear only when tables are first used, such as a torn page of the search index. */
function orDamage<Opened>(file: string, openIt: () => Opened): Opened | { ok: false; trouble: DatabaseTrouble } {
  try {
    return openIt()
  } catch (error) {
    const trouble = troubleOf(error, file)
    if (!trouble) throw error
    return { ok: false, trouble }
  }
}

/** Opens both databases for writing, or returns what is wrong with one of them; then neither stays open. */
export function openForWriting(shared: SharedOptions, now: () => number): OpenFiles {
  const marker = join(shared.dataFolder, FIRST_OPENING)
  let mayCreate: boolean
  try {
    const privacy = makePrivateFolder(shared.dataFolder)
    if (privacy.kind !== 'private') shared.onPrivacy(privacy)
    mayCreate = isFresh(shared.dataFolder)
    if (mayCreate) writeFileSync(marker, '', { flush: true })
  } catch (error) {
    return {
      phase: 'trouble',
      trouble: { kind: 'read-only', file: shared.dataFolder, detail: error instanceof Error ? error.message : '' },
    }
  }
  const file = join(shared.dataFolder, REPLICA_FILE)
  const joined = join(shared.dataFolder, JOINED)
  const replica = orDamage(file, () =>
    openReplica({ ...shared, file, mayCreate, readOnly: false, device: thisDevice(), sharesEvidence: !existsSync(joined) }),
  )
  if (!replica.ok) return { phase: 'trouble', trouble: asTrouble(replica.trouble) }
  if (readJoined(replica.replica.store.meta)) {
    if (existsSync(joined)) return { phase: 'open', hub: null, replica: replica.replica }
    // Joining was interrupted after it was decided: finishes it and reopens the folder as a joined one.
    void replica.replica.close()
    leaveLocalHub(shared.dataFolder)
    return openForWriting(shared, now)
  }
  const hubFile = join(shared.dataFolder, HUB_FILE)
  const hub = orDamage(hubFile, () => openHub(hubFile, mayCreate, now))
  if (!hub.ok) {
    void replica.replica.close()
    return { phase: 'trouble', trouble: asTrouble(hub.trouble) }
  }
  if (mayCreate) rmSync(marker, { force: true })
  return { phase: 'open', hub: hub.hub, replica: replica.replica }
}

/** Removes this folder's hub, which never had a member, because the team's hub is elsewhere. */
export function leaveLocalHub(dataFolder: string): void {
  writeFileSync(join(dataFolder, JOINED), '', { flush: true })
  for (const name of readdirSync(dataFolder)) if (name.startsWith(HUB_FILE)) rmSync(join(dataFolder, name), { force: true })
}

/** Opens only the replica, to read what can be read. */
export function openForReading(shared: SharedOptions): OpenFiles {
  const file = join(shared.dataFolder, REPLICA_FILE)
  const replica = orDamage(file, () => openReplica({ ...shared, file, mayCreate: false, readOnly: true }))
  return replica.ok ? { phase: 'read-only', replica: replica.replica } : { phase: 'trouble', trouble: asTrouble(replica.trouble) }
}
