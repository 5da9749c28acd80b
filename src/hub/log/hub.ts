import type { HubDatabase } from '../database/hub-database.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import type { HubSigning } from '../signing/hub-signing.ts'
import type { Epochs } from './epochs.ts'
import type { HubLog } from './hub-log.ts'

/** The op log of a team, ready for sessions, on either engine. */
export type Hub = {
  database: HubDatabase
  log: HubLog
  /** The unreadable rows found so far; reads continue without them. */
  unreadable: UnreadableRows
  /** Registers a listener for ops that could not be judged, see `HubEdge`. */
  onUnjudged(listener: (detail: { error: string; type: string }) => void): void
  /** Registers a listener for refused texts that are not kept because of the quota. */
  onOverQuota(listener: () => void): void
  /** A new ID for each opening; distinguishes the nodes and runs of one hub. */
  readonly instance: string
  /** Changes only when the log continues from an older state, see `beginEpoch`. Read from the database: another node may have begun one. */
  epoch(): Promise<string>
  epochs: Epochs
  /** How the hub's signing key is stored. Unlock it before serving or signing. */
  signing: HubSigning
  /** Marks that this log was restored from a backup: cursors of the previous epoch must be checked. */
  beginEpoch(): Promise<void>
  /** Accepts no more ops, and closes the database when the accepted ones are answered; immediately when idle. */
  close(): Promise<void>
}
