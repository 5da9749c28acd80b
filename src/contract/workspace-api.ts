import { MemberName, MemberRole, type MemberState } from '#domain/members/member.ts'
import { z } from 'zod'
import type { LinkRefusal } from './hub-link.ts'
import type { LinkTrouble } from './link-trouble.ts'
import { command, query } from './procedure.ts'

export const Language = z.enum(['zh-Hans', 'en'])
export type Language = z.infer<typeof Language>

/** What this device remembers about how its user likes to see things; never synced. */
export const Preferences = z.strictObject({
  language: Language.nullable(),
  theme: z.enum(['auto', 'light', 'dark']),
  /** True: clock alarms make no sound here. */
  muted: z.boolean().optional(),
})
export type Preferences = z.infer<typeof Preferences>

export type MemberView = { id: string } & MemberState

/** Why the database cannot be used as it should be. */
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
  /** Ops written here that the hub has not yet acknowledged, and since when the oldest waits. */
  pending: number
  pendingSince: number | null
  connected: boolean
  /** Rejected ops of this member whose text waits to be redone or dismissed. */
  needsAttention: number
  /** The hub that this device says it to; null where the hub is its own. */
  to: { teamName: string; address: string } | null
  /** When the hub was last met, and when this device stops showing what it holds unless it is met again. */
  lastContactAt: number | null
  leaseEndsAt: number | null
  /** Why the hub turns this device away, when it does. */
  refused: LinkRefusal | null
  /** Why the hub cannot be reached, where that is known and somebody can do something about it. */
  trouble: LinkTrouble | null
  /** Evidence files that wait to go to the hub. */
  filesWaiting: number
  /** What the hub had acknowledged and does not show any more, and nobody here has taken note of; see `workspace.missing`. */
  missing: { scopes: number; records: number }
}

/**
 * What the hub had acknowledged and does not show any more. Everything of it is kept on this device: incidents that the hub does
 * not name stay as they were; of others single records, the first ones in full.
 */
export type MissingView = {
  /** Incidents and other scopes that the hub does not name, and did not prove to be no longer this member's to read. */
  scopes: string[]
  /** By scope, how many records are gone, and how many have another content, time or author under the same name. */
  records: { scope: string; gone: number; altered: number; firstSeq: number }[]
  texts: { scope: string; seq: number; altered: boolean; text: string }[]
}

/**
 * A device of a team that shows nothing for now. `lease-over`: it has not met the hub for longer than the team allows; the
 * others are what the hub said when it was last met.
 */
export type WorkspaceLock = {
  reason: 'lease-over' | 'member-revoked' | 'contract-ended' | 'session-revoked' | 'session-unknown'
  teamName: string
  address: string
  login: string
  lastContactAt: number | null
  /** What was written here and never reached the hub; see `membership.unsent`. */
  unsent: number
}

/**
 * The workspace's clock when it was asked: its time, milliseconds since 1970, and how fast it runs: 1 as in life, 0 stands still.
 * `offset`: what was added to this device's own clock, because the team's hub says so; negative where it is fast.
 */
export type WorkspaceClock = { now: number; rate: number; offset: number }

/**
 * A device that has just joined fetches what the team has, as one file, bytes. `asking`: the hub gets it ready; `waiting`: the
 * line is down, it goes on by itself.
 */
export type BootstrapProgress = { state: 'asking' | 'fetching' | 'waiting'; received: number; size: number | null }

export type WorkspaceStatus = {
  version: string
  dataFolder: string
  phase: 'first-run' | 'ready' | 'locked' | 'read-only' | 'trouble'
  /** Why nothing is shown while `phase` is `locked`. */
  locked: WorkspaceLock | null
  /** Set while what the team has is on its way to this device for the first time. */
  arriving: BootstrapProgress | null
  trouble: WorkspaceTrouble | null
  me: MemberView | null
  preferences: Preferences
  sync: SyncView
  /** Last automatic backup, and the rule by which they are kept. */
  lastBackupAt: number | null
  backupRule: { everyHours: number; keepHourly: number; keepDaily: number }
  /** Result of the background integrity check of this start; null while it runs. */
  integrity: { ok: boolean; checkedAt: number; detail: string | null } | null
  now: number
  clock: WorkspaceClock
  /** True when all of this is a story that is being told. */
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
  /** What came of comparing with a hub elsewhere, record by record; null where there is none. Fault `hub` names where it differs, `state` what does not follow from its records. */
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
  /** The op with which it fell; its own id when it stands alone. */ group: string
}

/** The workspace: this machine's data folder, its member, its backups and its soundness. */
export const workspaceApi = {
  'workspace.status': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<WorkspaceStatus>(),
  /** First run: the local member is made. */
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
  /** Puts the present files aside (they stay on disk) and continues from the backup. */
  'workspace.restoreBackup': command(z.strictObject({ id: z.string().min(1).max(80) })).returns<{ setAside: string }>(),
  'workspace.openReadOnly': command(z.strictObject({})).returns<{ phase: WorkspaceStatus['phase'] }>(),
  /** Whatever can still be read, as JSON Lines, for a damaged database. Fetched like an export. */
  'workspace.exportReadable': command(z.strictObject({})).returns<{ exportId: string; fileName: string; size: number }>(),
  'workspace.attention': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<AttentionItem[]>(),
  'workspace.missing': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<MissingView>(),
  /** Somebody here knows of what is missing now: it stays here, and is no alarm any more. */
  'workspace.noteMissing': command(z.strictObject({})).returns<null>(),
  'workspace.dismissAttention': command(z.strictObject({ opId: z.uuid() })).returns<null>(),
  /** Writes a rejected op, and those that fell with it, once more on top of what stands now; all of them or none. */
  'workspace.redoAttention': command(z.strictObject({ opId: z.uuid() })).returns<{ redone: number }>(),
}
