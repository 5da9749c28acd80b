import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkIntegrity } from '#storage/integrity.ts'
import { takeNewIdentity } from '#replica/sync/new-identity.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { BACKED_UP } from './backups.ts'
import { putBack, takeAlong } from './carry-over.ts'
import { checkInBackground } from './check-files.ts'
import { restoreFiles } from './restore-files.ts'
import { unlockStandaloneHub } from './standalone-hub/unlock-standalone-hub.ts'
import type { WorkspaceCore } from './workspace-core.ts'
import { closeFiles, connect, openAgain, openFiles } from './workspace-files.ts'

/**
 * Replaces the databases by those of a backup.
 * @param id the name of the backup
 * @returns the folder to which the present databases were moved
 */
export async function restoreBackup(core: WorkspaceCore, id: string): Promise<Result<{ setAside: string }>> {
  const { dataFolder, now } = core
  const from = core.backups.folderOf(id)
  if (from === null) return fail('backup-unknown')
  for (const name of BACKED_UP.filter((one) => existsSync(join(from, one)))) {
    const report = checkIntegrity(join(from, name), false)
    if (!report.ok) return fail('backup-damaged', { detail: report.detail ?? '' })
  }
  const carried = core.files.phase === 'open' ? takeAlong(core.files.replica) : null
  await closeFiles(core)
  let setAside: string
  try {
    setAside = restoreFiles(dataFolder, from, now())
  } catch (error) {
    openAgain(core)
    throw error
  }
  const files = openFiles(core)
  core.files = files
  if (files.phase === 'open') {
    putBack(files.replica, carried, now())
    if (files.hub) {
      await unlockStandaloneHub(files.hub, dataFolder)
      await files.hub.beginEpoch()
    }
    // The hub has ops of this device from after the backup; new ops must not be taken for those.
    else takeNewIdentity(files.replica.db, randomUUID())
    connect(core)
  }
  core.integrity = null
  void checkInBackground(core)
  core.announce(['*'])
  return done({ setAside })
}
