import type { OidcSettings } from './oidc/oidc-settings.ts'
import type { Hub } from './open-hub.ts'
import type { BootstrapSnapshotBounds, ReplicaMaker } from './snapshots/bootstrap-snapshots.ts'
import type { SnapshotBounds } from './snapshots/snapshots.ts'

export type TeamHubOptions = {
  hub: Hub
  /** Folder of this hub's own files: evidence in the making, snapshots. */
  dataFolder: string
  /** Where whole evidence lies; an app that hosts its team shares it with its replica. */
  evidenceFolder: string
  version: string
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
  now(): number
  /** Looks now and then for what others wrote into the same database; whoever knows otherwise calls `pollExternalWrites`. */
  watchOthers?: boolean
  /** Events may be sent to addresses of this machine's own networks. */
  allowPrivateWebhooks?: boolean
  /** The provider of the company's accounts, where there is one. */
  oidc?: OidcSettings | null
  random?(bytes: number): Uint8Array
  uuid?(): string
  /** Left out, those that serve a team best. */
  snapshots?: SnapshotBounds
  /** Left out, new devices begin from the log and its snapshots. */
  replicaMaker?: ReplicaMaker
  bootstrapSnapshots?: BootstrapSnapshotBounds
}
