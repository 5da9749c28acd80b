import { join } from 'node:path'
import { isDamage } from '#storage/disk-failure.ts'
import { installBootstrap } from '#replica/store/install-bootstrap.ts'
import type { WorkspaceLock } from '#contract/workspace-api.ts'
import { HUB_FILE, openForReading, openForWriting, REPLICA_FILE, type OpenFiles } from './open-files.ts'
import type { Arrived } from './team/bootstrap-progress.ts'
import { createConnection } from './team/connection.ts'
import { sealClearToken } from './team/joined-team.ts'
import { lockOf } from './team/lock.ts'
import type { WorkspaceCore, WorkspaceParts } from './workspace-core.ts'

/** Opens the files for writing. Damaged, newer or read-only files are returned as trouble. */
export function openFiles({ replicaOptions, now, keys, log }: WorkspaceParts): OpenFiles {
  const opened = openForWriting(replicaOptions, now)
  keys.clearCache()
  if (opened.phase !== 'open') return opened
  try {
    sealClearToken(opened.replica, keys)
  } catch (error) {
    // A full disk must not prevent reading; the next start tries again.
    log('warn', 'The session at the hub could not be sealed', error)
  }
  return opened
}

/** Connects to the hub once there is a member. */
export function connect(core: WorkspaceCore): void {
  const { files, options, log, announce } = core
  if (files.phase !== 'open') return
  core.connection ??= createConnection(files.replica, files.hub, {
    dataFolder: core.dataFolder,
    version: options.version,
    keys: core.keys,
    bootstrapWorker: options.workers.bootstrap,
    webFolder: options.workers.web,
    now: core.now,
    log,
    withoutArrival: core.withoutArrival,
    onArrival: () => announce(['workspace']),
    onArrived(arrived) {
      if (!core.closed) void reopen(core, () => install(core, arrived)).catch((error: unknown) => noteFault(core, error))
    },
    onPresence: () => announce(['presence']),
    onFault: (error) => noteFault(core, error),
  })
  void core.connection.connect().then(() => {
    announce(['workspace'])
    if (core.connection?.team) options.story?.onHub?.(core.connection.team)
  })
}

/** Installs a bootstrap snapshot on a new device; if that fails, it syncs from the log. The replica is closed meanwhile. */
function install(core: WorkspaceCore, { file, offer }: Arrived): void {
  const installed = installBootstrap(join(core.dataFolder, REPLICA_FILE), file, offer)
  core.withoutArrival = !installed.ok
  if (!installed.ok) core.log('warn', 'What the hub had ready for a new device could not be used', installed.why)
}

/** Closes the files and the connection, after a running backup. */
export async function closeFiles(core: WorkspaceCore): Promise<void> {
  await core.backingUp
  const { files, connection } = core
  core.connection = null
  if (connection) await connection.close()
  else if (files.phase === 'open') await files.hub?.close()
  if (files.phase !== 'trouble') await files.replica.close()
}

/** Opens closed files again and connects. */
export function openAgain(core: WorkspaceCore): void {
  core.files = openFiles(core)
  connect(core)
}

/** Closes and opens the files. @param between called while they are closed */
export async function reopen(core: WorkspaceCore, between: () => void = () => undefined): Promise<void> {
  await closeFiles(core)
  between()
  openAgain(core)
  core.announce(['*'])
}

/** Opens only the replica, to read what can be read. */
export async function reopenReadOnly(core: WorkspaceCore): Promise<void> {
  await closeFiles(core)
  core.files = openForReading(core.replicaOptions)
  core.announce(['*'])
}

/** Closes a damaged database and shows the trouble. */
export function fallIntoTrouble(core: WorkspaceCore, detail: string, file: string): void {
  const { files, connection, log } = core
  log('error', 'The database is damaged', { file, detail })
  core.files = { phase: 'trouble', trouble: { kind: 'damaged', file, detail } }
  const onFault = (error: unknown) => log('warn', 'Closing a damaged database failed', error)
  void (connection ?? (files.phase === 'open' ? files.hub : null))?.close().catch(onFault)
  if (files.phase !== 'trouble') void files.replica.close().catch(onFault)
  core.connection = null
  core.announce(['*'])
}

/** Notes a failure at the hub or on the way to it. */
export function noteFault(core: WorkspaceCore, error: unknown): void {
  if (isDamage(error)) fallIntoTrouble(core, error instanceof Error ? error.message : '', join(core.dataFolder, HUB_FILE))
  else core.log('warn', 'The hub could not be reached', error)
}

/** Why the data may not be shown now, or null. */
export function lockNow({ files, keys, now }: WorkspaceCore): WorkspaceLock | null {
  return files.phase === 'open' ? lockOf(files.replica, keys, now()) : null
}
