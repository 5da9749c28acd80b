import { hash, randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openDatabase, type Db, type DatabaseTrouble } from '#storage/open-database.ts'
import type { Admission } from '#domain/members/admission.ts'
import type { HubLink, ScopeHead } from '#contract/hub-link.ts'
import { createHubLog, type HubLog } from './hub-log.ts'
import { HUB_SCHEMA } from './hub-schema.ts'

export type Hub = {
  db: Db
  log: HubLog
  /** Changes only when the log was restored from a backup, see `beginEpoch`. */
  readonly epoch: string
  /** Says that this log goes on from an older state: cursors of the one before must not be trusted blindly. */
  beginEpoch(): void
  /** A link for a session of this member, in the same process; `invited` is what lets the member join. */
  connect(memberId: string, invited?: Admission): HubLink
  close(): void
}

export type OpenedHub = { ok: true; hub: Hub } | { ok: false; trouble: DatabaseTrouble }

/**
 * Opens the hub over its database file.
 * @param mayCreate whether a missing file may be made
 */
export function openHub(file: string, mayCreate: boolean, now: () => number): OpenedHub {
  const opened = openDatabase(file, HUB_SCHEMA, mayCreate)
  if (!opened.ok) return opened
  const { db } = opened
  try {
    return { ok: true, hub: startHub(db, now) }
  } catch (error) {
    db.close()
    throw error
  }
}

function startHub(db: Db, now: () => number): Hub {
  db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', ?)").run(randomUUID())
  let epoch = String((db.prepare("SELECT value FROM meta WHERE key = 'epoch'").get() as { value: string }).value)
  const log = createHubLog(db, { now, sha256: (text) => hash('sha256', text) })
  const listeners = new Set<(heads: readonly ScopeHead[]) => void>()
  const hub: Hub = {
    db,
    log,
    get epoch() {
      return epoch
    },
    beginEpoch() {
      epoch = randomUUID()
      db.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(epoch)
    },
    connect: (memberId, invited = null) => memoryLink(hub, memberId, invited, now, listeners),
    close: () => db.close(),
  }
  return hub
}

/**
 * The link of one machine: calls into the hub of the same process, but only through what a socket could carry as well. Like a
 * socket it answers in a later turn, so that a long sync leaves room for the calls of screens in between.
 */
function memoryLink(hub: Hub, memberId: string, invited: Admission, now: () => number, listeners: Set<(heads: readonly ScopeHead[]) => void>): HubLink {
  const mine = new Set<(heads: readonly ScopeHead[]) => void>()
  return {
    hello: () => Promise.resolve({ epoch: hub.epoch, hubTime: now(), scopes: hub.log.headsFor(memberId) }),
    push: async (ops) => {
      await nextTurn()
      const { records, heads } = hub.log.submit(ops, memberId, invited)
      // Told of nothing new, a replica whose op cannot be taken in would offer it again and again without end.
      if (heads.length > 0) for (const listener of listeners) listener(heads)
      await nextTurn()
      return { records }
    },
    pull: async (scope, afterSeq, limit) => {
      const records = hub.log.readAfter(memberId, scope, afterSeq, limit + 1)
      await nextTurn()
      return { records: records.slice(0, limit), more: records.length > limit }
    },
    onAdvance: (listener) => {
      listeners.add(listener)
      mine.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      for (const listener of mine) listeners.delete(listener)
    },
  }
}
