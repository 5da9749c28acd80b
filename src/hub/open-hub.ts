import { hash, randomUUID } from 'node:crypto'
import { openDatabase, type Db, type DatabaseTrouble } from '#storage/open-database.ts'
import { sqliteHubDatabase, type HubDatabase } from './database/hub-database.ts'
import { HUB_SCHEMA } from './database/hub-schema.ts'
import { createEpochs, type Epochs } from './log/epochs.ts'
import { createHubLog, type HubLog } from './log/hub-log.ts'
import { createHubSigning, type HubSigning } from './signing/hub-signing.ts'
import { createUnreadableRows, whyUnreadable, type UnreadableRows } from './log/unreadable.ts'

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

/** A hub over a SQLite file, whose handle is used for backups and checks. */
export type FileHub = Hub & { db: Db }

export type OpenedHub = { ok: true; hub: FileHub } | { ok: false; trouble: DatabaseTrouble }

/**
 * Opens the hub over its database file. Several processes may do so for local use, since every op is decided under the file's lock;
 * a process that serves a team first calls `claimServing`.
 * @param mayCreate whether a missing file may be created
 */
export function openHub(file: string, mayCreate: boolean, now: () => number): OpenedHub {
  const opened = openDatabase(file, HUB_SCHEMA, mayCreate)
  if (!opened.ok) return opened
  const { db } = opened
  try {
    db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', ?)").run(randomUUID())
    return { ok: true, hub: { ...createHub(sqliteHubDatabase(db), now), db } }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Creates the hub over an open database; its first epoch must have begun. */
export function createHub(database: HubDatabase, now: () => number): Hub {
  const { kysely } = database
  const unreadable = createUnreadableRows()
  let tellUnjudged: (detail: { error: string; type: string }) => void = () => undefined
  let tellOverQuota: () => void = () => undefined
  const log = createHubLog(database, {
    now,
    sha256: (text) => hash('sha256', text),
    unreadable,
    onUnjudged: (error, { type }) => tellUnjudged({ error: whyUnreadable(error), type }),
    onOverQuota: () => tellOverQuota(),
  })
  const signing = createHubSigning(kysely, database.engine)
  const epochs = createEpochs(kysely, database.engine, now, signing)
  return {
    database,
    log,
    unreadable,
    onUnjudged(listener) {
      tellUnjudged = listener
    },
    onOverQuota(listener) {
      tellOverQuota = listener
    },
    instance: randomUUID(),
    epoch: epochs.current,
    epochs,
    signing,
    async beginEpoch() {
      await epochs.begin('restored')
    },
    async close() {
      const underWay = log.close()
      if (underWay) await underWay
      await database.close()
    },
  }
}
