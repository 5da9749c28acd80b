import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describePrivacy, type FolderPrivacy } from '#storage/private-files.ts'
import { checkIntegrityApart } from '#storage/check-integrity-apart.ts'
import { checkIntegrity } from '#storage/integrity.ts'
import { isDamage, isNotSaved, isReadOnly } from '#storage/disk-failure.ts'
import { timeCorrection } from '#replica/store/clock-offset.ts'
import type { ReplicaHandlers } from '#replica/replica-services.ts'
import { installBootstrap } from '#replica/store/install-bootstrap.ts'
import { takeNewIdentity } from '#replica/sync/new-identity.ts'
import { maskAnswers, OF_THE_MACHINE } from '#replica/services/masked-handlers.ts'
import { REAL_EDGE } from '#replica/store/replica-store.ts'
import { api, type ApiHandlers, type CallName } from '#contract/api.ts'
import { handlerOf, mapHandlers, namesOf, type Handler } from '#contract/procedure.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { scrubApart } from '#replica/store/scrub-apart.ts'
import { scrubDue } from '#replica/store/scrub.ts'
import { SCRUB_PACE } from '#replica/store/scrubber.ts'
import { createAnnouncer } from './announcer.ts'
import { BACKED_UP, BACKUP_RULE, createBackups, type BackupReason } from './backups.ts'
import { putBack, takeAlong } from './carry-over.ts'
import { forgetInCopies } from './forget-in-copies.ts'
import { memberHandlers } from './member-handlers.ts'
import { me } from './members.ts'
import { HUB_FILE, openForReading, openForWriting, REPLICA_FILE, type OpenFiles } from './open-files.ts'
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts'
import { unlockStandaloneHub } from './standalone-hub/unlock-standalone-hub.ts'
import { createReadableExports } from './readable-export.ts'
import { restoreFiles } from './restore-files.ts'
import { workspaceHandlers } from './workspace-handlers.ts'
import type { Arrived } from './team/bootstrap-progress.ts'
import { createConnection, type Connection } from './team/connection.ts'
import { createDeviceKeys } from './team/device-keys.ts'
import { syncView } from './team/sync-view.ts'
import { lockOf } from './team/lock.ts'
import { membershipHandlers } from './team/membership-handlers.ts'
import { forgetTeam } from './team/forget-team.ts'
import { sealClearToken, writeJoined } from './team/joined-team.ts'
import { verifyWorkspace } from './verify-workspace.ts'
import type { Workspace, WorkspaceOptions } from './workspace-options.ts'

export type { Workspace, WorkspaceOptions }

const HOUR = 3_600_000
const BACKUP_LOOK_MS = 5 * 60_000
const OTHERS_LOOK_MS = 700
const HUB_LOOK_MS = 30_000
/** Calls that a demo must not make: others would take its story for real. */
const STAYS_ALONE: ReadonlySet<string> = new Set(['membership.host', 'membership.join', 'membership.signIn', 'membership.beginCompany'])

/**
 * Opens the workspace of a data folder. Damaged, newer or read-only files do not throw: the status reports them and the calls
 * of the contract offer what can be done.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { dataFolder, log } = options
  const now = options.now ?? Date.now
  const announcer = createAnnouncer()
  const { announce } = announcer
  let integrity: WorkspaceStatus['integrity'] = null
  const timers: NodeJS.Timeout[] = []
  let closed = false

  const shared = {
    dataFolder,
    tableWorker: options.workers.table,
    scrubbing: {
      ...SCRUB_PACE,
      ...(options.scrubQuietMs === undefined ? {} : { quietMs: options.scrubQuietMs }),
      worker: options.workers.scrub,
      forgetCopies: async (scopes: readonly string[], stopped: () => boolean) => {
        // The machine that hosts the hub holds all of the team's data anyway.
        if (files.phase === 'open' && files.hub) return true
        await backingUp
        return forgetInCopies(dataFolder, scopes, {
          worker: options.workers.scrub,
          onRewritten: (id) => backups.noteRewritten(id),
          stopped,
        })
      },
      onFault: (error: unknown) => log('warn', 'What was purged is not yet taken out of every file', error),
    },
    edge: { now, uuid: REAL_EDGE.uuid },
    announce,
    onPrivacy: (found: FolderPrivacy) => log('warn', describePrivacy(dataFolder, found)),
    onSyncTrouble: (trouble: unknown) => log('error', 'Sync stopped for a scope', trouble),
    onFault: (error: unknown) => {
      if (isDamage(error)) fallInto(error instanceof Error ? error.message : '', join(dataFolder, HUB_FILE))
      else log('warn', 'The hub could not be reached', error)
    },
  }
  const keys = createDeviceKeys({ ...options.keys, dataFolder }, log)
  let files: OpenFiles = openFiles()
  let connection: Connection | null = null
  const backups = createBackups(
    join(dataFolder, 'backups'),
    now,
    async (file) => (await checkIntegrityApart(options.workers.integrity, file, false)).ok,
  )
  const readableExports = createReadableExports(dataFolder)

  function openFiles(): OpenFiles {
    const opened = openForWriting(shared, now)
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

  let withoutArrival = false

  /** Installs a bootstrap snapshot on a new device; if that fails, it syncs from the log. The replica is closed meanwhile. */
  function takeIn({ file, offer }: Arrived): void {
    const adopted = installBootstrap(join(dataFolder, REPLICA_FILE), file, offer)
    withoutArrival = !adopted.ok
    if (!adopted.ok) log('warn', 'What the hub had ready for a new device could not be used', adopted.why)
  }

  /** Connects to the hub once there is a member. */
  function connect(): void {
    if (files.phase !== 'open') return
    connection ??= createConnection(files.replica, files.hub, {
      dataFolder,
      version: options.version,
      keys,
      bootstrapWorker: options.workers.bootstrap,
      now,
      log,
      withoutArrival,
      onArrival: () => announce(['workspace']),
      onArrived: (arrived) => void (closed ? null : reopen(() => takeIn(arrived)).catch(shared.onFault)),
      onPresence: () => announce(['presence']),
      onFault: shared.onFault,
    })
    void connection.connect().then(() => {
      announce(['workspace'])
      if (connection?.team) options.story?.onHub?.(connection.team)
    })
  }

  function fallInto(detail: string, file: string): void {
    log('error', 'The database is damaged', { file, detail })
    const open = files
    files = { phase: 'trouble', trouble: { kind: 'damaged', file, detail } }
    const onFault = (error: unknown) => log('warn', 'Closing a damaged database failed', error)
    void (connection ?? (open.phase === 'open' ? open.hub : null))?.close().catch(onFault)
    if (open.phase !== 'trouble') void open.replica.close().catch(onFault)
    connection = null
    announce(['*'])
  }

  async function checkInBackground(): Promise<void> {
    const found: string[] = []
    for (const name of BACKED_UP.filter((one) => existsSync(join(dataFolder, one)))) {
      const report = await checkIntegrityApart(options.workers.integrity, join(dataFolder, name), false)
      // A device that joins a team meanwhile no longer has its own hub.
      if (!report.ok && existsSync(join(dataFolder, name))) found.push(`${name}: ${report.detail ?? ''}`)
    }
    if (closed) return
    integrity = { ok: found.length === 0, checkedAt: now(), detail: found.length === 0 ? null : found.join('\n') }
    if (!integrity.ok) log('error', 'The integrity check found damage', integrity.detail)
    announce(['workspace'])
  }

  /** The state of the databases as one text: equal marks mean that nothing has changed. */
  function mark(): string {
    if (files.phase !== 'open') return ''
    const heads = files.hub ? files.hub.db.prepare('SELECT scope, seq FROM scope_head ORDER BY scope').all() : files.replica.store.cursors()
    return createHash('sha256')
      .update(JSON.stringify([heads, files.replica.store.meta.read('counter')]))
      .digest('hex')
  }

  let backingUp: Promise<Result<Awaited<ReturnType<typeof backups.take>>>> | null = null
  function backUp(reason: BackupReason) {
    // A backup requested by the user is always a new one: a running one may have begun before the changes it should contain.
    if (backingUp && reason !== 'asked') return backingUp
    const before = backingUp ?? Promise.resolve()
    const mine = before
      .then(() => takeBackup(reason))
      .finally(() => {
        if (backingUp === mine) backingUp = null
      })
    backingUp = mine
    return mine
  }
  async function takeBackup(reason: BackupReason) {
    if (files.phase !== 'open') return fail('read-only')
    try {
      const { replica, hub } = files
      const taken = await backups.take({ 'replica.db': replica.db, ...(hub ? { 'hub.db': hub.db } : {}) }, reason, mark(), async (file) => {
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

  async function backUpIfDue(reason: BackupReason): Promise<void> {
    if (files.phase !== 'open' || files.replica.store.meta.read('memberId') === null) return
    const newest = backups.newest()
    if (newest && (now() - newest.takenAt < BACKUP_RULE.everyHours * HOUR || newest.mark === mark())) return
    await backUp(reason)
  }

  /** Another process with the same data folder may have written: screens reload, its ops are pushed. */
  function pollExternalWrites(): () => void {
    let seen = -1
    return () => {
      if (files.phase !== 'open') return
      const version = Number(files.replica.db.pragma('data_version', { simple: true }))
      if (seen !== -1 && version !== seen) {
        connect()
        void connection?.sync?.wake()
        void connection?.team?.pollExternalWrites()
        announce(['*'])
      }
      seen = version
    }
  }

  const preferences = () => (files.phase === 'trouble' ? DEFAULT_PREFERENCES : readPreferences(files.replica.store.meta))

  function status(): WorkspaceStatus {
    const replica = files.phase === 'trouble' ? null : files.replica
    const member = replica ? me(replica) : null
    const offset = replica ? timeCorrection(replica.store.meta) : 0
    return {
      version: options.version,
      dataFolder,
      phase: files.phase === 'open' ? (lock() ? 'locked' : member || isJoined() ? 'ready' : 'first-run') : files.phase,
      locked: lock(),
      arriving: connection?.arriving() ?? null,
      trouble: files.phase === 'trouble' ? files.trouble : null,
      me: member,
      preferences: preferences(),
      sync: syncView(replica, connection, now()),
      lastBackupAt: backups.newest()?.takenAt ?? null,
      backupRule: { ...BACKUP_RULE },
      integrity,
      now: now() + offset,
      clock: { now: now() + offset, rate: options.story?.rate() ?? 1, offset },
      demo: options.story !== undefined,
    }
  }

  /** A device that joined elsewhere has a member before the team's log has arrived. */
  const isJoined = () => connection?.membership().kind === 'joined'

  async function closeFiles(): Promise<void> {
    await backingUp
    const open = files
    const was = connection
    connection = null
    if (was) await was.close()
    else if (open.phase === 'open') await open.hub?.close()
    if (open.phase !== 'trouble') await open.replica.close()
  }

  async function restore(id: string): Promise<Result<{ setAside: string }>> {
    const from = backups.folderOf(id)
    if (from === null) return fail('backup-unknown')
    for (const name of BACKED_UP.filter((one) => existsSync(join(from, one)))) {
      const report = checkIntegrity(join(from, name), false)
      if (!report.ok) return fail('backup-damaged', { detail: report.detail ?? '' })
    }
    const carried = files.phase === 'open' ? takeAlong(files.replica) : null
    await closeFiles()
    let setAside: string
    try {
      setAside = restoreFiles(dataFolder, from, now())
    } catch (error) {
      files = openFiles()
      connect()
      throw error
    }
    files = openFiles()
    if (files.phase === 'open') {
      putBack(files.replica, carried, now())
      if (files.hub) {
        await unlockStandaloneHub(files.hub, dataFolder)
        await files.hub.beginEpoch()
      }
      // The hub has ops of this device from after the backup; new ops must not be taken for those.
      if (!files.hub) takeNewIdentity(files.replica.db, randomUUID())
      connect()
    }
    integrity = null
    void checkInBackground()
    announce(['*'])
    return done({ setAside })
  }

  const ownHandlers = workspaceHandlers({
    files: () => files,
    status,
    lock: () => lock(),
    preferences,
    connect,
    wake: () => void connection?.sync?.wake(),
    announce,
    async verify() {
      // A command has only just started the connection.
      if (connection?.membership().kind === 'joined') {
        await connection.connect()
        // Pulls the hub's present log first; what is gone from it is set aside.
        await connection.sync?.pollHub()
      }
      return verifyWorkspace(files, dataFolder, options.workers.integrity, connection?.link ?? null)
    },
    backups: backups.list,
    backUp: () => backUp('asked'),
    restore,
    async openReadOnly() {
      await closeFiles()
      files = openForReading(shared)
      announce(['*'])
    },
    exportReadable: () => readableExports.make(files.phase !== 'trouble'),
  })

  const teamHandlers = membershipHandlers({
    replica: () => (files.phase === 'open' ? files.replica : null),
    connection: () => connection,
    async join(team, memberId, language) {
      if (files.phase !== 'open') return
      const { replica } = files
      const { meta } = replica.store
      replica.db.transaction(() => {
        meta.write('memberId', memberId)
        writeJoined(replica, team, keys)
        meta.write('preferences', JSON.stringify({ ...preferences(), language }))
      })()
      await reopen()
    },
    async signInAgain(team) {
      if (files.phase !== 'open') return
      writeJoined(files.replica, team, keys)
      files.replica.store.meta.write('refused', '')
      await reopen()
    },
    reconnect: () => reopen(),
    async startOver() {
      await closeFiles()
      forgetTeam(dataFolder)
      files = openFiles()
      connect()
      announce(['*'])
    },
    announce: () => announce(['workspace']),
  })

  const ownMemberHandlers = memberHandlers({
    replica: () => {
      if (files.phase !== 'open') return fail(files.phase === 'trouble' ? 'database-trouble' : 'read-only')
      const locked = lock()
      return locked ? fail('locked', { reason: locked.reason }) : done(files.replica)
    },
    written: () => {
      void connection?.sync?.wake()
      announce(['*'])
    },
  })

  async function reopen(between: () => void = () => undefined): Promise<void> {
    await closeFiles()
    between()
    files = openFiles()
    connect()
    announce(['*'])
  }

  /** Why the data may not be shown now, or null. */
  const lock = () => (files.phase === 'open' ? lockOf(files.replica, keys, now()) : null)

  /** The replica's calls, handled by the replica that is open at the time. */
  function delegated(name: CallName): Handler {
    return (input) => {
      const { exportId, offset = 0 } = input as { exportId?: string; offset?: number }
      const readable = readableExports.answer(name, exportId, offset)
      if (readable) return readable
      if (files.phase === 'trouble') return fail('database-trouble')
      const locked = lock()
      if (locked) return fail('locked', { reason: locked.reason })
      return handlerOf(files.replica.handlers, name as keyof ReplicaHandlers)(input)
    }
  }

  /** Reports damage, a full disk and a read-only disk as such for every call; after damage, the workspace shows the trouble. */
  function guarded(name: CallName, answer: Handler): Handler {
    return async (input) => {
      try {
        return await answer(input)
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        if (isNotSaved(error)) return fail('not-saved', { detail })
        if (isReadOnly(error)) return fail('read-only')
        if (!isDamage(error)) throw error
        fallInto(`${detail} (${name})`, join(dataFolder, REPLICA_FILE))
        return name === 'workspace.status' ? done(status()) : fail('database-trouble')
      }
    }
  }

  const here = maskAnswers({ ...ownHandlers, ...teamHandlers, ...ownMemberHandlers }, OF_THE_MACHINE)
  const handlers = mapHandlers<ApiHandlers>(namesOf(api), (name) => {
    if (name === 'demo.state' || name === 'demo.control') return () => fail('not-a-demo')
    if (options.story && STAYS_ALONE.has(name)) return () => fail('demo-stays-alone')
    return guarded(name, name in here ? handlerOf(here, name as keyof typeof here) : delegated(name))
  })

  connect()
  if (files.phase === 'open') {
    timers.push(setTimeout(() => void checkInBackground(), 1500).unref())
    timers.push(setTimeout(() => void backUpIfDue('start'), 3000).unref())
    timers.push(setInterval(() => void backUpIfDue('hourly'), BACKUP_LOOK_MS).unref())
    timers.push(setInterval(pollExternalWrites(), OTHERS_LOOK_MS).unref())
    timers.push(setInterval(() => void connection?.sync?.pollHub(), HUB_LOOK_MS).unref())
  } else log('error', 'The data folder cannot be used as it is', files.phase === 'trouble' ? files.trouble : null)
  log('info', 'Workspace open', { dataFolder, phase: files.phase, hub: HUB_FILE })

  return {
    handlers,
    watch: announcer.watch,
    async close() {
      if (closed) return
      closed = true
      for (const timer of timers) clearTimeout(timer)
      connection?.stopArriving()
      // Pending ops are pushed first, even if the connection is still being opened.
      await connection?.connect()
      await connection?.sync?.wake()
      await closeFiles()
      readableExports.close()
      announcer.close()
    },
  }
}
