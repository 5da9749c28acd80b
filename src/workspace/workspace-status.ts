import { timeCorrection } from '#replica/store/clock-offset.ts'
import type { Preferences, WorkspaceStatus } from '#contract/workspace-api.ts'
import { BACKUP_RULE } from './backups.ts'
import { currentMember } from './members.ts'
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts'
import { syncView } from './team/sync-view.ts'
import type { WorkspaceCore } from './workspace-core.ts'
import { lockNow } from './workspace-files.ts'

export function preferencesOf({ files }: WorkspaceCore): Preferences {
  return files.phase === 'trouble' ? DEFAULT_PREFERENCES : readPreferences(files.replica.store.meta)
}

function phaseOf({ files, connection }: WorkspaceCore, locked: boolean, hasMember: boolean): WorkspaceStatus['phase'] {
  if (files.phase !== 'open') return files.phase
  if (locked) return 'locked'
  // A device that joined elsewhere has a member before the team's log has arrived.
  return hasMember || connection?.membership().kind === 'joined' ? 'ready' : 'first-run'
}

export function workspaceStatus(core: WorkspaceCore): WorkspaceStatus {
  const { files, connection, options } = core
  const replica = files.phase === 'trouble' ? null : files.replica
  const member = replica ? currentMember(replica) : null
  const locked = lockNow(core)
  const offset = replica ? timeCorrection(replica.store.meta) : 0
  const now = core.now()
  return {
    version: options.version,
    dataFolder: core.dataFolder,
    phase: phaseOf(core, locked !== null, member !== null),
    locked,
    arriving: connection?.arriving() ?? null,
    trouble: files.phase === 'trouble' ? files.trouble : null,
    me: member,
    preferences: preferencesOf(core),
    sync: syncView(replica, connection, now),
    lastBackupAt: core.backups.newest()?.takenAt ?? null,
    backupRule: { ...BACKUP_RULE },
    integrity: core.integrity,
    now: now + offset,
    clock: { now: now + offset, rate: options.story?.rate() ?? 1, offset },
    demo: options.story !== undefined,
  }
}
