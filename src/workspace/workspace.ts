import { createAnnouncer } from './announcer.ts'
import { checkInBackground } from './check-files.ts'
import { createCore } from './create-core.ts'
import { HUB_FILE } from './open-files.ts'
import { createReadableExports } from './readable-export.ts'
import { routeCalls } from './route-calls.ts'
import { backUpIfDue } from './take-backups.ts'
import type { WorkspaceCore } from './workspace-core.ts'
import { closeFiles, connect } from './workspace-files.ts'
import type { Workspace, WorkspaceOptions } from './workspace-options.ts'

export type { Workspace, WorkspaceOptions }

const BACKUP_LOOK_MS = 5 * 60_000
const OTHERS_LOOK_MS = 700
const HUB_LOOK_MS = 30_000

/** Another process with the same data folder may have written: screens reload, its ops are pushed. */
function pollExternalWrites(core: WorkspaceCore): () => void {
  let seen = -1
  return () => {
    if (core.files.phase !== 'open') return
    const version = Number(core.files.replica.db.pragma('data_version', { simple: true }))
    if (seen !== -1 && version !== seen) {
      connect(core)
      void core.connection?.sync?.wake()
      void core.connection?.team?.pollExternalWrites()
      core.announce(['*'])
    }
    seen = version
  }
}

/** Starts what a workspace does by itself. */
function startTimers(core: WorkspaceCore): NodeJS.Timeout[] {
  return [
    setTimeout(() => void checkInBackground(core), 1500).unref(),
    setTimeout(() => void backUpIfDue(core, 'start'), 3000).unref(),
    setInterval(() => void backUpIfDue(core, 'hourly'), BACKUP_LOOK_MS).unref(),
    setInterval(pollExternalWrites(core), OTHERS_LOOK_MS).unref(),
    setInterval(() => void core.connection?.sync?.pollHub(), HUB_LOOK_MS).unref(),
  ]
}

/**
 * Opens the workspace of a data folder. Damaged, newer or read-only files do not throw: the status reports them and the calls
 * of the contract offer what can be done.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { dataFolder, log } = options
  const announcer = createAnnouncer()
  const core = createCore(options, announcer.announce)
  const readableExports = createReadableExports(dataFolder)
  const handlers = routeCalls(core, readableExports)
  connect(core)
  const { files } = core
  const timers = files.phase === 'open' ? startTimers(core) : []
  if (files.phase !== 'open') log('error', 'The data folder cannot be used as it is', files.phase === 'trouble' ? files.trouble : null)
  log('info', 'Workspace open', { dataFolder, phase: files.phase, hub: HUB_FILE })

  return {
    handlers,
    watch: announcer.watch,
    async close() {
      if (core.closed) return
      core.closed = true
      for (const timer of timers) clearTimeout(timer)
      core.connection?.stopArriving()
      // Pending ops are pushed first, even if the connection is still being opened.
      await core.connection?.connect()
      await core.connection?.sync?.wake()
      await closeFiles(core)
      readableExports.close()
      announcer.close()
    },
  }
}
