import { hash, randomUUID } from 'node:crypto'
import { openDatabase, type Db, type DatabaseTrouble } from '#storage/open-database.ts'
import { lockSessions } from './accounts/lock-sessions.ts'
import { sqliteHubDatabase, type HubDatabase } from './database/hub-database.ts'
import { HUB_SCHEMA } from './hub-schema.ts'
import { createEpochs } from './log/epochs.ts'
import type { Hub } from './log/hub.ts'
import { createHubLog } from './log/hub-log.ts'
import { createHubSigning } from './signing/hub-signing.ts'
import { createUnreadableRows, whyUnreadable } from './database/unreadable.ts'

export type { Hub }

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
    lockSessions,
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
