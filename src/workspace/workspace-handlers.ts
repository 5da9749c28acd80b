import { REAL_EDGE } from '#replica/store/replica-store.ts'
import { markMissingSeen } from '#replica/store/set-aside.ts'
import type { ApiHandlers, CallName, CallOutput, Topic } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { Preferences, type WorkspaceLock, type WorkspaceStatus } from '#contract/workspace-api.ts'
import { attentionItems, dismissAttention, redoAttention } from './attention.ts'
import { members, setUp, updateMe } from './members.ts'
import { missingView } from './missing-view.ts'
import type { OpenFiles } from './open-files.ts'

/** What these handlers need of the workspace. Files may change between calls, so they must not be kept. */
export type WorkspaceDesk = {
  files(): OpenFiles
  status(): WorkspaceStatus
  /** Why the data may not be shown now, or null. */
  lock(): WorkspaceLock | null
  preferences(): Preferences
  connect(): void
  /** Tells the sync client that the outbox is not empty. */
  wake(): void
  announce(topics: readonly (Topic | '*')[]): void
  verify(): Promise<CallOutput<'workspace.verify'>>
  backups(): CallOutput<'workspace.backups'>
  backUp(): Promise<Result<CallOutput<'workspace.backUpNow'>>>
  restore(id: string): Promise<Result<CallOutput<'workspace.restoreBackup'>>>
  openReadOnly(): Promise<void>
  exportReadable(): Promise<CallOutput<'workspace.exportReadable'>>
}

/** Calls about this machine's workspace: its member, files, backups and what needs attention. */
export function workspaceHandlers(workspace: WorkspaceDesk): Pick<ApiHandlers, CallName & `workspace.${string}`> {
  return {
    'workspace.status': () => done(workspace.status()),
    'workspace.setUp': ({ name, role, language }) => {
      const files = workspace.files()
      if (files.phase !== 'open') return fail(files.phase === 'trouble' ? 'database-trouble' : 'read-only')
      const made = setUp(files.replica, name, role)
      if (!made.ok) return made
      files.replica.store.meta.write('preferences', JSON.stringify({ ...workspace.preferences(), language }))
      workspace.connect()
      workspace.announce(['*'])
      return made
    },
    'workspace.updateMe': (input) => {
      const files = workspace.files()
      if (files.phase !== 'open') return fail('read-only')
      const updated = updateMe(files.replica, input)
      if (updated.ok) workspace.wake()
      workspace.announce(['*'])
      return updated
    },
    'workspace.setPreferences': (input) => {
      const files = workspace.files()
      if (files.phase !== 'open') return fail('read-only')
      const next = { ...workspace.preferences(), ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) }
      files.replica.store.meta.write('preferences', JSON.stringify(next))
      workspace.announce(['workspace'])
      return done(Preferences.parse(next))
    },
    'workspace.members': () => {
      const files = workspace.files()
      const locked = workspace.lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return files.phase === 'trouble' ? fail('database-trouble') : done(members(files.replica))
    },
    'workspace.verify': async () => done(await workspace.verify()),
    'workspace.backups': () => done(workspace.backups()),
    'workspace.backUpNow': () => workspace.backUp(),
    'workspace.restoreBackup': ({ id }) => workspace.restore(id),
    'workspace.openReadOnly': async () => {
      await workspace.openReadOnly()
      return done({ phase: workspace.files().phase === 'read-only' ? 'read-only' : 'trouble' })
    },
    'workspace.exportReadable': async () => {
      const locked = workspace.lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return done(await workspace.exportReadable())
    },
    'workspace.attention': () => {
      const files = workspace.files()
      return files.phase === 'trouble' ? fail('database-trouble') : done(attentionItems(files.replica))
    },
    'workspace.missing': () => {
      const files = workspace.files()
      const locked = workspace.lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return files.phase === 'trouble' ? fail('database-trouble') : done(missingView(files.replica))
    },
    'workspace.noteMissing': () => {
      const files = workspace.files()
      if (files.phase !== 'open') return fail('read-only')
      markMissingSeen(files.replica.db)
      workspace.announce(['workspace'])
      return done(null)
    },
    'workspace.dismissAttention': ({ opId }) => {
      const files = workspace.files()
      if (files.phase !== 'open') return fail('read-only')
      dismissAttention(files.replica, opId)
      workspace.announce(['workspace'])
      return done(null)
    },
    'workspace.redoAttention': ({ opId }) => {
      const files = workspace.files()
      if (files.phase !== 'open') return fail('read-only')
      const redone = redoAttention(files.replica, opId, REAL_EDGE.uuid)
      if (redone.ok) workspace.wake()
      workspace.announce(['*'])
      return redone
    },
  }
}
