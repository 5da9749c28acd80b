import type { OidcSettings } from './oidc/oidc-settings.ts'
import type { Hub } from './open-hub.ts'
import type { BootstrapSnapshotBounds } from './snapshots/bootstrap-snapshots.ts'
import type { ReplicaMaker } from './snapshots/replica-maker.ts'
import type { SnapshotBounds } from './snapshots/snapshots.ts'

export type TeamHubOptions = {
  hub: Hub
  /** Folder of this hub's own files: unfinished uploads, snapshots. */
  dataFolder: string
  /** Folder of complete evidence files; an app that hosts its team shares it with its replica. */
  evidenceFolder: string
  version: string
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
  now(): number
  /** Minutes east of Greenwich where the hub is, by which full hours are meant until a member sets them. Default: none. */
  offset?(at: number): number
  /** Polls for writes of other processes to the same database; otherwise the caller uses `pollExternalWrites`. */
  watchOthers?: boolean
  /** Allows webhooks in private networks. */
  allowPrivateWebhooks?: boolean
  /** The provider of the company's accounts, if any. */
  oidc?: OidcSettings | null
  random?(bytes: number): Uint8Array
  uuid?(): string
  /** Defaults to bounds suited to a team. */
  snapshots?: SnapshotBounds
  /** Without it, new devices begin from the log and its snapshots. */
  replicaMaker?: ReplicaMaker
  bootstrapSnapshots?: BootstrapSnapshotBounds
}
