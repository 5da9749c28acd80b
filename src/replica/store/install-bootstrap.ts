import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Db } from '#storage/open-database.ts'
import { isSoundSignature, signedHeads } from './signed-heads.ts'
import { createMeta } from './meta.ts'
import { REPLICA_SCHEMA } from './replica-schema.ts'
import { KNOWN_TYPES } from './replica-store.ts'

/** Tables that contain rows only after the device has done work. */
const OF_WORK = [
  'outbox',
  'attention',
  'record',
  'entity',
  'evidence',
  'import_run',
  'offline_scope',
  'file_deletion_queue',
  'announced_notice',
  'absent_scope',
  'set_aside',
]
/** Tables that a bootstrap snapshot must not fill: their content belongs to one device. */
const OF_DEVICES = [
  'outbox',
  'attention',
  'record',
  'evidence',
  'evidence_at_hub',
  'import_run',
  'import_mapping',
  'offline_scope',
  'file_deletion_queue',
  'announced_notice',
  'absent_scope',
  'set_aside',
]

/** Whether nothing has been received or written yet, so that another file may replace this one. */
export function isUntouched(db: Db): boolean {
  return (
    OF_WORK.every((table) => !db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get()) && !db.prepare('SELECT 1 FROM cursor WHERE seq > 0').get()
  )
}

/** Why a fetched file cannot be installed; null if it can. */
function faultOf(ready: Db, from: { hubId: string; epoch: string }): string | null {
  const version = Number(ready.pragma('user_version', { simple: true }))
  if (version !== REPLICA_SCHEMA.version) return `version ${version}`
  const meta = createMeta(ready)
  if (meta.read('knownTypes') !== KNOWN_TYPES) return 'other ops are understood'
  if (meta.read('hubId') !== from.hubId || meta.read('epoch') !== from.epoch) return 'another hub'
  const own = OF_DEVICES.find((table) => ready.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get())
  if (own !== undefined) return `it holds ${own}`
  if (ready.prepare("SELECT 1 FROM cursor WHERE scope LIKE 'private:%' OR frozen IS NOT NULL").get()) return 'it holds what is private'
  const key = meta.read('hubKey')
  const unsound = signedHeads(ready).find((head) => head.hubId !== from.hubId || head.publicKey !== key || !isSoundSignature(head))
  return unsound ? `the head of ${unsound.scope} is not signed by the hub` : null
}

function syncPath(path: string, flags: string): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A rename is durable only after its folder is synced; Windows does so itself and opens no folders. */
function syncFolder(folder: string): void {
  if (process.platform !== 'win32') syncPath(folder, 'r')
}

export type Adopted = { ok: true } | { ok: false; why: string }

/**
 * Replaces a device's untouched replica by a bootstrap snapshot. The device's own values are copied over first.
 * The new file is complete and on disk before it is renamed: after a crash there is the old or the new one (P14).
 * @param own the device's replica; not open in this process
 * @returns why not; then the own replica is unchanged and the snapshot is deleted
 */
export function installBootstrap(own: string, ready: string, from: { hubId: string; epoch: string }): Adopted {
  try {
    const why = makeOwn(ready, own, from)
    if (why === null) {
      syncPath(ready, 'r+')
      renameSync(ready, own)
      syncFolder(dirname(own))
      return { ok: true }
    }
    return { ok: false, why }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  } finally {
    // Whatever remains under the old name is not needed.
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(ready + suffix, { force: true })
  }
}

function makeOwn(ready: string, own: string, from: { hubId: string; epoch: string }): string | null {
  const db = new Database(ready)
  try {
    return faultOf(db, from) ?? takeAlong(db, own)
  } finally {
    db.close()
  }
}

function takeAlong(ready: Db, own: string): string | null {
  const before = new Database(own, { fileMustExist: true, timeout: 2000 })
  try {
    if (!isUntouched(before)) return 'work has begun'
    // Only an exclusive user of the file can end its write-ahead log; another process would go on writing to the old file.
    if (String(before.pragma('journal_mode = DELETE', { simple: true })) !== 'delete') return 'another process has it open'
    const rows = before.prepare<[], { key: string; value: string }>('SELECT key, value FROM meta').all()
    const mappings = before
      .prepare<[], Record<string, string | number>>('SELECT target, columns, mapping, used_at FROM import_mapping')
      .all()
    const saveMeta = ready.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    const saveMapping = ready.prepare(
      'INSERT INTO import_mapping (target, columns, mapping, used_at) VALUES (@target, @columns, @mapping, @used_at)',
    )
    ready.transaction(() => {
      for (const { key, value } of rows) saveMeta.run(key, value)
      for (const mapping of mappings) saveMapping.run(mapping)
    })()
    return null
  } finally {
    before.close()
  }
}
