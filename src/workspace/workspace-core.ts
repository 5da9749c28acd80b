import type { Topic } from '#contract/api.ts'
import type { Result } from '#contract/failures.ts'
import type { BackupView, WorkspaceStatus } from '#contract/workspace-api.ts'
import type { Backups } from './backups.ts'
import type { OpenFiles, SharedOptions } from './open-files.ts'
import type { Connection } from './team/connection.ts'
import type { DeviceKeys } from './team/device-keys.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

/** What a workspace consists of as long as it is open. */
export type WorkspaceParts = {
  readonly options: WorkspaceOptions
  readonly dataFolder: string
  readonly log: WorkspaceOptions['log']
  /** Clock of this device, milliseconds since 1970. */
  readonly now: () => number
  readonly announce: (topics: readonly (Topic | '*')[]) => void
  readonly keys: DeviceKeys
  readonly backups: Backups
  /** How the replica is opened, whether for writing or for reading. */
  readonly replicaOptions: SharedOptions
}

/** An open workspace. The files and the connection are replaced together, by the functions of `workspace-files.ts` only. */
export type WorkspaceCore = WorkspaceParts & {
  files: OpenFiles
  /** Null while there is no member, and while the files are closed. */
  connection: Connection | null
  /** The backup that is being taken, or null. */
  backingUp: Promise<Result<BackupView>> | null
  /** The last integrity check, null before it ends. */
  integrity: WorkspaceStatus['integrity']
  /** A bootstrap snapshot could not be installed: sync from the log instead. */
  withoutArrival: boolean
  closed: boolean
}
