import type { ApiHandlers, Topic } from '#contract/api.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import type { DeviceKeysOptions } from './team/device-keys.ts'

/** One machine's part of the war room: its replica, its hub and its backups, behind the UI contract. */
export type Workspace = {
  handlers: ApiHandlers
  /** Calls back with what may have changed, a few times a second at most; returns the way to stop. */
  watch(listener: (topics: readonly Topic[]) => void): () => void
  close(): Promise<void>
}

export type WorkspaceOptions = {
  dataFolder: string
  version: string
  /** Entry files of the worker threads, see `worker-urls.ts`. */
  workers: { table: URL; integrity: URL; scrub: URL; bootstrap: URL }
  log(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void
  /** Where the keys are that what lets this device into its hub is sealed under; left out, in the key file of the data folder. */
  keys?: Omit<DeviceKeysOptions, 'dataFolder'>
  /** Clock, milliseconds since 1970. */
  now?: () => number
  /** How long nobody must have written before purged content is written over for good, milliseconds; left out, some seconds. */
  scrubQuietMs?: number
  /** Set when `now` is the clock of a story: how fast it runs, and whom to give the hub to, for those in it who write for themselves. */
  story?: { rate(): number; onHub?(hub: TeamHub): void }
}
