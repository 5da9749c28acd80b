import { MemberName, MemberRole, type MemberState } from '#domain/members/member.ts'
import { z } from 'zod'
import type { LinkRefusal } from './hub-link.ts'
import type { LinkTrouble } from './link-trouble.ts'
import { command, query } from './procedure.ts'

export const Language = z.enum(['zh-Hans', 'en'])
export type Language = z.infer<typeof Language>

/** Display preferences of this device's user; never synced. */
export const Preferences = z.strictObject({
  language: Language.nullable(),
  theme: z.enum(['auto', 'light', 'dark']),
  /** True: clock alarms are silent on this device. */
  muted: z.boolean().optional(),
})
export type Preferences = z.infer<typeof Preferences>

export type MemberView = { id: string } & MemberState

/** Why the database cannot be used normally. */
export type WorkspaceTrouble =
  | { kind: 'damaged'; detail: string; file: string }
  | { kind: 'newer-version'; found: number; supported: number; file: string }
  | { kind: 'read-only'; detail: string; file: string }

export type BackupView = {
  id: string
  takenAt: number
  bytes: number
  reason: 'hourly' | 'start' | 'asked' | 'before-restore'
  sound: boolean | null
}

export type SyncView = {
  /** Pending ops of this device, and the age of the oldest. */
  pending: number
  pendingSince: number | null
  connected: boolean
  /** Rejected ops of this member whose text waits to be redone or dismissed. */
  needsAttention: number
  /** The hub that this device syncs with; null if the hub is its own. */
  to: { teamName: string; address: string } | null
  /** Time of the last contact with the hub, and when this device stops showing its data without a new contact. */
  lastContactAt: number | null
  leaseEndsAt: number | null
  /** Why the hub refuses this device, if it does. */
  refused: LinkRefusal | null
  /** Why the hub cannot be reached, if the cause is known and a person can act on it. */
  trouble: LinkTrouble | null
  /** Evidence files waiting for upload to the hub. */
  filesWaiting: number
  /** Data that the hub had acknowledged but no longer shows, and that nobody here has dismissed yet; see `workspace.missing`. */
  missing: { scopes: number; records: number }
}

/**
 * Data that the hub had acknowledged but no longer shows. All of it is kept on this device: incidents that the hub does not
 * list stay unchanged; of others single records, the first ones in full.
 */
export type MissingView = {
  /** Incidents and other scopes that the hub does not list, without proof that this member may no longer read them. */
  scopes: string[]
  /** By scope: the number of missing records, and of records that differ in content, time or author under the same op id. */
  records: { scope: string; gone: number; altered: number; firstSeq: number }[]
  texts: { scope: string; seq: number; altered: boolean; text: string }[]
}

/**
 * A device of a team that shows no data for now. `lease-over`: no contact with the hub for longer than the team allows; the
 * other values are the hub's refusal at the last contact.
 */
export type WorkspaceLock = {
  reason: 'lease-over' | 'member-revoked' | 'contract-ended' | 'session-revoked' | 'session-unknown'
  teamName: string
  address: string
  login: string
  lastContactAt: number | null
  /** Texts written here that never reached the hub; see `membership.unsent`. */
  unsent: number
}

/**
 * The workspace's clock when it was read: its time, milliseconds since 1970, and its rate: 1 is real time, 0 is stopped.
 * `offset`: what was added to this device's clock to match the team's hub, milliseconds; negative if the device's clock is
 * ahead.
 */
export type WorkspaceClock = { now: number; rate: number; offset: number }

/**
 * Download of the bootstrap snapshot by a device that has just joined, bytes. `asking`: the hub prepares it; `waiting`: the
 * connection is down, the download resumes automatically.
 */
export type BootstrapProgress = { state: 'asking' | 'fetching' | 'waiting'; received: number; size: number | null }

export type WorkspaceStatus = {
  version: string
  dataFolder: string
  phase: 'first-run' | 'ready' | 'locked' | 'read-only' | 'trouble'
  /** Why no data is shown while `phase` is `locked`. */
  locked: WorkspaceLock | null
  /** Set while this device downloads the team's data for the first time. */
  arriving: BootstrapProgress | null
  trouble: WorkspaceTrouble | null
  me: MemberView | null
  preferences: Preferences
  sync: SyncView
  /** Last automatic backup, and the retention rule. */
  lastBackupAt: number | null
  backupRule: { everyHours: number; keepHourly: number; keepDaily: number }
  /** Result of the background integrity check of this start; null while it runs. */
  integrity: { ok: boolean; checkedAt: number; detail: string | null } | null
  now: number
  clock: WorkspaceClock
  /** True for the demo story. */
  demo: boolean
}

export type VerifyReport = {
  ok: boolean
  databases: { file: string; ok: boolean; detail: string | null }[]
  scopes: {
    scope: string
    records: number
    head: string
    fault: { seq: number; kind: 'gap' | 'hash' | 'scope' | 'mismatch' | 'state' | 'hub' } | null
  }[]
  records: number
  /**
   * Result of the record-by-record comparison with a remote hub; null if there is none. Fault `hub`: records differ from the
   * hub; `state`: state does not follow from the records.
   */
  hub: { reached: boolean; records: number } | null
}

export type AttentionItem = {
  opId: string
  scope: string
  type: string
  at: number
  code: string
  params: Record<string, string | number>
  text: string
  /** The op whose rejection caused this one; its own id if it was rejected on its own. */ group: string
}

/** The workspace: this machine's data folder, its member, its backups and its health. */
export const workspaceApi = {
  'workspace.status': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<WorkspaceStatus>(),
  /** First run: creates the local member. */
  'workspace.setUp': command(z.strictObject({ name: MemberName, role: MemberRole, language: Language })).returns<MemberView>(),
  'workspace.updateMe': command(z.strictObject({ name: MemberName.optional(), role: MemberRole.optional() })).returns<MemberView>(),
  'workspace.setPreferences': command(Preferences.partial()).returns<Preferences>(),
  'workspace.members': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<MemberView[]>(),
  'workspace.verify': command(z.strictObject({})).returns<VerifyReport>(),
  'workspace.backups': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<BackupView[]>(),
  'workspace.backUpNow': command(z.strictObject({})).returns<BackupView>(),
  /** Moves the current files aside (they stay on disk) and continues from the backup. */
  'workspace.restoreBackup': command(z.strictObject({ id: z.string().min(1).max(80) })).returns<{ setAside: string }>(),
  'workspace.openReadOnly': command(z.strictObject({})).returns<{ phase: WorkspaceStatus['phase'] }>(),
  /** All readable data of a damaged database, as JSON Lines. Downloaded like an export. */
  'workspace.exportReadable': command(z.strictObject({})).returns<{ exportId: string; fileName: string; size: number }>(),
  'workspace.attention': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<AttentionItem[]>(),
  'workspace.missing': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<MissingView>(),
  /** Dismisses the alarm about currently missing data; the data stays here. */
  'workspace.noteMissing': command(z.strictObject({})).returns<null>(),
  'workspace.dismissAttention': command(z.strictObject({ opId: z.uuid() })).returns<null>(),
  /** Rewrites a rejected op, and those rejected with it, on top of the current state; all of them or none. */
  'workspace.redoAttention': command(z.strictObject({ opId: z.uuid() })).returns<{ redone: number }>(),
}
