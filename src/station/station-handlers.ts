import { REAL_EDGE } from '#replica/store/replica-store.ts'
import { markMissingSeen } from '#replica/store/set-aside.ts'
import type { ApiHandlers, CallName, CallOutput, Topic } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { Preferences, type StationLock, type StationStatus } from '#contract/station-api.ts'
import { attentionItems, dismissAttention, redoAttention } from './attention.ts'
import { members, setUp, updateMe } from './members.ts'
import { missingView } from './missing-view.ts'
import type { OpenFiles } from './open-files.ts'

/** What the station's own calls need of it. Files may be other ones at every call: they are asked for, never kept. */
export type StationDesk = {
  files(): OpenFiles
  status(): StationStatus
  /** Why what is here may not be shown now, or null. */
  lock(): StationLock | null
  preferences(): Preferences
  connect(): void
  /** Tells the way to the hub that something is to be sent. */
  wake(): void
  announce(topics: readonly (Topic | '*')[]): void
  verify(): Promise<CallOutput<'station.verify'>>
  backups(): CallOutput<'station.backups'>
  backUp(): Promise<Result<CallOutput<'station.backUpNow'>>>
  restore(id: string): Promise<Result<CallOutput<'station.restoreBackup'>>>
  openReadOnly(): Promise<void>
  exportReadable(): Promise<CallOutput<'station.exportReadable'>>
}

/** The calls about this machine's station itself: who sits here, its files, backups and what needs attention. */
export function stationHandlers(station: StationDesk): Pick<ApiHandlers, CallName & `station.${string}`> {
  return {
    'station.status': () => done(station.status()),
    'station.setUp': ({ name, role, language }) => {
      const files = station.files()
      if (files.phase !== 'open') return fail(files.phase === 'trouble' ? 'database-trouble' : 'read-only')
      const made = setUp(files.replica, name, role)
      if (!made.ok) return made
      files.replica.store.meta.write('preferences', JSON.stringify({ ...station.preferences(), language }))
      station.connect()
      station.announce(['*'])
      return made
    },
    'station.updateMe': (input) => {
      const files = station.files()
      if (files.phase !== 'open') return fail('read-only')
      const updated = updateMe(files.replica, input)
      if (updated.ok) station.wake()
      station.announce(['*'])
      return updated
    },
    'station.setPreferences': (input) => {
      const files = station.files()
      if (files.phase !== 'open') return fail('read-only')
      const next = { ...station.preferences(), ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) }
      files.replica.store.meta.write('preferences', JSON.stringify(next))
      station.announce(['station'])
      return done(Preferences.parse(next))
    },
    'station.members': () => {
      const files = station.files()
      const locked = station.lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return files.phase === 'trouble' ? fail('database-trouble') : done(members(files.replica))
    },
    'station.verify': async () => done(await station.verify()),
    'station.backups': () => done(station.backups()),
    'station.backUpNow': () => station.backUp(),
    'station.restoreBackup': ({ id }) => station.restore(id),
    'station.openReadOnly': async () => {
      await station.openReadOnly()
      return done({ phase: station.files().phase === 'read-only' ? 'read-only' : 'trouble' })
    },
    'station.exportReadable': async () => {
      const locked = station.lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return done(await station.exportReadable())
    },
    'station.attention': () => {
      const files = station.files()
      return files.phase === 'trouble' ? fail('database-trouble') : done(attentionItems(files.replica))
    },
    'station.missing': () => {
      const files = station.files()
      const locked = station.lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return files.phase === 'trouble' ? fail('database-trouble') : done(missingView(files.replica))
    },
    'station.noteMissing': () => {
      const files = station.files()
      if (files.phase !== 'open') return fail('read-only')
      markMissingSeen(files.replica.db)
      station.announce(['station'])
      return done(null)
    },
    'station.dismissAttention': ({ opId }) => {
      const files = station.files()
      if (files.phase !== 'open') return fail('read-only')
      dismissAttention(files.replica, opId)
      station.announce(['station'])
      return done(null)
    },
    'station.redoAttention': ({ opId }) => {
      const files = station.files()
      if (files.phase !== 'open') return fail('read-only')
      const redone = redoAttention(files.replica, opId, REAL_EDGE.uuid)
      if (redone.ok) station.wake()
      station.announce(['*'])
      return redone
    },
  }
}
