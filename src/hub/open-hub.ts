import { hash, randomUUID } from 'node:crypto'
import { openDatabase, type Db, type DatabaseTrouble } from '#storage/open-database.ts'
import { sqliteHubDatabase, type HubDatabase } from './database/hub-database.ts'
import { HUB_SCHEMA } from './database/hub-schema.ts'
import { createEpochs, type Epochs } from './log/epochs.ts'
import { createHubLog, type HubLog } from './log/hub-log.ts'
import { createHubSigning, type HubSigning } from './signing/hub-signing.ts'
import { createUnreadableRows, whyUnreadable, type UnreadableRows } from './log/unreadable.ts'

/** The op log of a team, ready for sessions, over whichever engine keeps it. */
export type Hub = {
  database: HubDatabase
  log: HubLog
  /** The stored rows that could not be read so far: what reads goes on without them. */
  unreadable: UnreadableRows
  /** Tells of ops that could not be judged, see `HubEdge`. */
  onUnjudged(listener: (detail: { error: string; type: string }) => void): void
  /** Tells of refused texts that are not kept any more. */
  onOverQuota(listener: () => void): void
  /** Another for each opening: tells the nodes and the runs of one hub apart. */
  readonly instance: string
  /** Changes only when the log goes on from an older state, see `beginEpoch`. Asked of the database: another node may have begun one. */
  epoch(): Promise<string>
  epochs: Epochs
  /** How the key is kept that this hub signs with. Whoever serves or signs unlocks it first. */
  signing: HubSigning
  /** Says that this log was restored from a backup: cursors of the one before must not be trusted blindly. */
  beginEpoch(): Promise<void>
  /** Takes nothing more, and closes the database when what was taken is answered; at once when nothing is under way. */
  close(): Promise<void>
}

/** A hub over a SQLite file, whose handle serves for backups and checks. */
export type FileHub = Hub & { db: Db }

export type OpenedHub = { ok: true; hub: FileHub } | { ok: false; trouble: DatabaseTrouble }

/**
 * Opens the hub over its database file. Several processes may do so for local use, since every op is decided under the lock
 * of the file; who serves a team claims that first, see `claimServing`.
 * @param mayCreate whether a missing file may be made
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

/** The hub over an open database that has begun its first epoch. */
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
