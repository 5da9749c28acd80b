import { createHash } from 'node:crypto'
import { scrubApart } from '#replica/store/scrub-apart.ts'
import { scrubDue } from '#replica/store/scrub.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { BackupView } from '#contract/workspace-api.ts'
import { BACKUP_RULE, type BackupReason } from './backups.ts'
import type { OpenFiles } from './open-files.ts'
import type { WorkspaceCore } from './workspace-core.ts'

const HOUR = 3_600_000

/** The state of the databases as one text: equal marks mean that nothing has changed. */
function mark(files: OpenFiles): string {
  if (files.phase !== 'open') return ''
  const { hub, replica } = files
  const heads = hub ? hub.db.prepare('SELECT scope, seq FROM scope_head ORDER BY scope').all() : replica.store.cursors()
  return createHash('sha256')
    .update(JSON.stringify([heads, replica.store.meta.read('counter')]))
    .digest('hex')
}

async function takeBackup({ files, backups, options, announce, log }: WorkspaceCore, reason: BackupReason): Promise<Result<BackupView>> {
  if (files.phase !== 'open') return fail('read-only')
  try {
    const { replica, hub } = files
    const sources = { 'replica.db': replica.db, ...(hub ? { 'hub.db': hub.db } : {}) }
    const taken = await backups.take(sources, reason, mark(files), async (file) => {
      // Purged content may still be in the file that was copied.
      if (scrubDue(replica.db)) await scrubApart(options.workers.scrub, file, [])
    })
    announce(['workspace'])
    return done(taken)
  } catch (error) {
    log('error', 'A backup failed', error)
    return fail('not-saved', { detail: error instanceof Error ? error.message : '' })
  }
}

/** Takes a backup, or waits for the one that is being taken. One backup is taken at a time. */
export function backUp(core: WorkspaceCore, reason: BackupReason): Promise<Result<BackupView>> {
  // A backup requested by the user is always a new one: a running one may have begun before the changes it should contain.
  if (core.backingUp && reason !== 'asked') return core.backingUp
  const before = core.backingUp ?? Promise.resolve()
  const mine = before
    .then(() => takeBackup(core, reason))
    .finally(() => {
      if (core.backingUp === mine) core.backingUp = null
    })
  core.backingUp = mine
  return mine
}

/** Takes a backup if the newest one is old enough and something has changed since. */
export async function backUpIfDue(core: WorkspaceCore, reason: BackupReason): Promise<void> {
  const { files, now } = core
  if (files.phase !== 'open' || files.replica.store.meta.read('memberId') === null) return
  const newest = core.backups.newest()
  if (newest && (now() - newest.takenAt < BACKUP_RULE.everyHours * HOUR || newest.mark === mark(files))) return
  await backUp(core, reason)
}
