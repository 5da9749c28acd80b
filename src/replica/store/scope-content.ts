import type { Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { ScopeId } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { CHAIN_START, type LogRecord } from '#domain/log/record.ts'
import type { ScopeHead } from '#contract/hub-link.ts'
import type { SnapshotEntity } from '#contract/snapshot-line.ts'
import { createEntityTable, type Tally } from './entity-table.ts'
import { createReplicaStore, type Change, type StoreEdge } from './replica-store.ts'
import { askForFileScrub, askForScrub } from './scrub.ts'

type EntityKey = { kind: string; id: string; row: number }
type OwnRecord = { scope: string; seq: number; hub_time: number; outcome: string; bytes: string }

/** The member's own records that stay when a snapshot replaces the scope: those that the hub's log contains too. */
export type KeptRecords = { actor: string; upTo: number }

const NOTHING_KEPT: KeptRecords = { actor: '', upTo: 0 }

/** Deletes the content of a scope, within a transaction of the caller. Own pending ops and what needs attention stay. */
function clearScope(db: Db, scope: string, kept: KeptRecords): Change[] {
  const rows = db.prepare<[string], EntityKey>('SELECT kind, id, row FROM entity WHERE scope = ?').all(scope)
  const forgetWords = db.prepare('DELETE FROM search WHERE rowid = ?')
  for (const { row } of rows) forgetWords.run(row)
  for (const table of ['entity', 'label', 'tally', 'evidence_use', 'cursor', 'scope_base'])
    db.prepare(`DELETE FROM ${table} WHERE scope = ?`).run(scope)
  db.prepare('DELETE FROM record WHERE scope = ? AND NOT (actor = ? AND seq <= ?)').run(scope, kept.actor, kept.upTo)
  return rows.map(({ kind, id, row }) => ({ kind, id, scope, row, relabelled: true }))
}

/** Deletes the rows of those given files that nothing refers to any more, and queues the files for deletion. */
function queueUnused(db: Db, hashes: readonly string[]): void {
  const used = db.prepare('SELECT 1 FROM evidence_use WHERE hash = ?')
  const forget = db.prepare('DELETE FROM evidence WHERE hash = ?')
  const forgetAtHub = db.prepare('DELETE FROM evidence_at_hub WHERE hash = ?')
  const queueDeletion = db.prepare('INSERT OR IGNORE INTO file_deletion_queue (hash) VALUES (?)')
  for (const hash of hashes) {
    if (used.get(hash)) continue
    forget.run(hash)
    forgetAtHub.run(hash)
    queueDeletion.run(hash)
  }
}

/** An unreferenced file may belong to a text that is being written; after a day it does not. */
const DRAFT_MS = 24 * 3_600_000
const USED_OR_LEFT = `
  SELECT hash FROM evidence_use WHERE scope = ?
  UNION SELECT hash FROM evidence WHERE kept_at < ? AND NOT EXISTS (SELECT 1 FROM evidence_use WHERE evidence_use.hash = evidence.hash)`

/**
 * Deletes scopes that this member may no longer read, in one transaction: records, views, and the files that only they refer
 * to. Own ops in the outbox move to what needs attention, with their text (P5, P10).
 * @param now the device's clock, milliseconds since 1970
 * @returns what screens no longer show
 */
export function purgeScopes(db: Db, scopes: readonly string[], now: number): Change[] {
  return db
    .transaction(() => {
      const changes: Change[] = []
      for (const scope of scopes) {
        const hashes = db.prepare<[string, number], { hash: string }>(USED_OR_LEFT).all(scope, now - DRAFT_MS)
        changes.push(...clearScope(db, scope, NOTHING_KEPT))
        db.prepare(
          `INSERT OR IGNORE INTO attention (op_id, scope, bytes, code, params, at)
           SELECT op_id, scope, bytes, 'access-lost', '{}', ? FROM outbox WHERE scope = ? ORDER BY place`,
        ).run(now, scope)
        // An acknowledged and overwritten text is content of the scope and is deleted with it.
        db.prepare("DELETE FROM attention WHERE scope = ? AND code = 'text-overtaken'").run(scope)
        for (const table of ['outbox', 'signed_head', 'offline_scope', 'import_run', 'absent_scope', 'set_aside'])
          db.prepare(`DELETE FROM ${table} WHERE scope = ?`).run(scope)
        queueUnused(
          db,
          hashes.map(({ hash }) => hash),
        )
      }
      askForScrub(db, scopes)
      return changes
    })
    .immediate()
}

/**
 * Puts own acknowledged ops beyond the point where the hub's log and this one agree back into the outbox: a hub restored from a
 * backup has lost them (P4). They keep id and text, so that the hub recognizes those it has. The join of a device whose hub is
 * elsewhere is left out: that hub recorded it, and it knows its member, or the device could not have signed in.
 * @param agreed by scope, the last seq up to which hub and replica hold the same log
 * @returns how many were put back
 */
export function offerAgain(db: Db, memberId: string, agreed: ReadonlyMap<string, number>): number {
  return db
    .transaction(() => {
      const elsewhere = db.prepare("SELECT 1 FROM meta WHERE key = 'joined' AND value <> 'null'").get() !== undefined
      const find = db.prepare<[string, number, string], OwnRecord>(
        'SELECT scope, seq, hub_time, outcome, bytes FROM record WHERE scope = ? AND seq > ? AND actor = ?',
      )
      const lost = [...agreed]
        .flatMap(([scope, seq]) => find.all(scope, seq, memberId))
        .filter((record) => (JSON.parse(record.outcome) as { kind: string }).kind === 'accepted')
      const ops = lost.flatMap((record) => {
        const parsed = parseOp(record.bytes)
        return parsed.ok && !(elsewhere && parsed.op.type === 'member.join') ? [{ record, op: parsed.op }] : []
      })
      // In the order of acceptance, so that an op follows those it builds on, whatever their scope.
      ops.sort((a, b) => a.record.hub_time - b.record.hub_time || a.op.counter - b.op.counter)
      const first = db.prepare<[], { place: number | null }>('SELECT min(place) AS place FROM outbox').get()?.place ?? 1
      const insert = db.prepare(
        'INSERT OR IGNORE INTO outbox (place, op_id, scope, kind, entity_id, bytes, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      for (const [index, { record, op }] of ops.entries()) {
        insert.run(first - ops.length + index, op.opId, op.scope, op.entity.kind, op.entity.id, record.bytes, record.hub_time)
      }
      return ops.length
    })
    .immediate()
}

/** The known hashes of a scope's log by seq, ascending, to be compared with the hub's. */
export function knownHashes(db: Db, scope: string): { seq: number; hash: string }[] {
  return db
    .prepare<[string, string, string], { seq: number; hash: string }>(
      `SELECT seq, hash FROM record WHERE scope = ? UNION SELECT seq, hash FROM scope_base WHERE scope = ? UNION SELECT seq, hash FROM cursor WHERE scope = ? AND seq > 0 ORDER BY seq`,
    )
    .all(scope, scope, scope)
}

export type NewContent = {
  /** The position of the snapshot; null if the records are the whole log. */
  base: ScopeHead | null
  entities: Iterable<SnapshotEntity>
  records: readonly LogRecord[]
  kept: KeptRecords
  /** The stored content came from another log. If its reader loses access, nobody tells this device, so nothing may remain (P10). */
  scrub: boolean
}

/**
 * Replaces the content of a scope by the hub's, in one transaction: a reader before or after a crash finds the old or the new
 * content (P14). Own pending ops are applied on top.
 * @throws when the records do not follow on; then nothing has changed
 */
export function replaceScope(db: Db, edge: StoreEdge, scope: string, content: NewContent): Change[] {
  return db
    .transaction(() => {
      const known = new Set(rejectedIds(db, scope))
      const attention = new Set(attentionIds(db))
      const gone = clearScope(db, scope, content.base === null ? NOTHING_KEPT : content.kept)
      if (content.scrub) askForFileScrub(db)
      const table = createEntityTable(db)
      const tally: Tally = new Map()
      const changes: Change[] = []
      for (const { kind, id, body } of content.entities) {
        const held = table.hold(kind, id)
        if (held.row !== null) throw new Error(`${kind} ${id} of the snapshot stands in another scope`)
        const entity: Entity = { ...body, kind, id, scope: ScopeId.parse(scope) }
        changes.push({ kind, id, scope, ...table.save(kind, id, { ...held, canonical: entity, view: entity }, undefined, tally) })
      }
      table.saveTally(tally)
      const { base } = content
      const start = base ?? { seq: 0, hash: CHAIN_START }
      db.prepare('INSERT INTO cursor (scope, seq, hash, frozen) VALUES (?, ?, ?, NULL)').run(scope, start.seq, start.hash)
      if (base) db.prepare('INSERT INTO scope_base (scope, seq, hash) VALUES (?, ?, ?)').run(scope, base.seq, base.hash)
      const store = createReplicaStore(db, edge)
      const result = store.applyInside(scope, content.records)
      if (result.kind === 'gap' || result.kind === 'forked') throw new Error(`The hub's records of ${scope} do not follow on`)
      store.overlayPending()
      // Rejections that their author dismissed stay dismissed.
      const forget = db.prepare('DELETE FROM attention WHERE op_id = ?')
      for (const opId of attentionIds(db)) if (known.has(opId) && !attention.has(opId)) forget.run(opId)
      return [...gone, ...changes, ...(result.kind === 'applied' ? result.changes : [])]
    })
    .immediate()
}

function rejectedIds(db: Db, scope: string): string[] {
  const rows = db
    .prepare<[string], { bytes: string }>('SELECT bytes FROM record WHERE scope = ? AND outcome LIKE \'{"kind":"rejected"%\'')
    .all(scope)
  return rows.flatMap(({ bytes }) => {
    const parsed = parseOp(bytes)
    return parsed.ok ? [parsed.op.opId] : []
  })
}

function attentionIds(db: Db): string[] {
  return db
    .prepare<[], { op_id: string }>('SELECT op_id FROM attention')
    .all()
    .map((row) => row.op_id)
}

/** Scopes from snapshots that an older version of this app folded further: only the hub knows what it parked. */
export function staleScopes(db: Db): string[] {
  return db
    .prepare<[], { scope: string }>('SELECT scope FROM scope_base WHERE stale = 1')
    .all()
    .map((row) => row.scope)
}
