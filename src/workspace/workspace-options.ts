import type { ApiHandlers, Topic } from '#contract/api.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import type { DeviceKeysOptions } from './team/device-keys.ts'

/** One machine's replica, hub and backups, behind the UI contract. */
export type Workspace = {
  handlers: ApiHandlers
  /** Calls back with what may have changed, a few times a second at most; returns a function to stop. */
  watch(listener: (topics: readonly Topic[]) => void): () => void
  close(): Promise<void>
}

export type WorkspaceOptions = {
  dataFolder: string
  version: string
  /** Entry files of the worker threads, see `worker-urls.ts`. */
  workers: { table: URL; integrity: URL; scrub: URL; bootstrap: URL; web: URL }
  log(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void
  /** Where the keys for this device's session token are; by default, in the key file of the data folder. */
  keys?: Omit<DeviceKeysOptions, 'dataFolder'>
  /** Clock, milliseconds since 1970. */
  now?: () => number
  /** Time without writes before purged content is overwritten for good, milliseconds; some seconds by default. */
  scrubQuietMs?: number
  /** Set if `now` is the clock of a demo story: its speed, and a callback for the hub, for characters that write by themselves. */
  story?: { rate(): number; onHub?(hub: TeamHub): void }
}
