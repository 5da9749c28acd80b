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

/** Records of the own member that a scope keeps although its content comes from a snapshot: those that the hub's log holds as well. */
export type KeptRecords = { actor: string; upTo: number }

const NOTHING_KEPT: KeptRecords = { actor: '', upTo: 0 }

/** Takes everything of a scope out, within a transaction of the caller. Own pending ops and what needs attention stay. */
function clearScope(db: Db, scope: string, kept: KeptRecords): Change[] {
  const rows = db.prepare<[string], EntityKey>('SELECT kind, id, row FROM entity WHERE scope = ?').all(scope)
  const forgetWords = db.prepare('DELETE FROM search WHERE rowid = ?')
  for (const { row } of rows) forgetWords.run(row)
  for (const table of ['entity', 'label', 'tally', 'evidence_use', 'cursor', 'scope_base'])
    db.prepare(`DELETE FROM ${table} WHERE scope = ?`).run(scope)
  db.prepare('DELETE FROM record WHERE scope = ? AND NOT (actor = ? AND seq <= ?)').run(scope, kept.actor, kept.upTo)
  return rows.map(({ kind, id, row }) => ({ kind, id, scope, row, relabelled: true }))
}

/** Files that nothing here refers to any more, out of those given: their rows go, and their removal is noted. */
function doomUnused(db: Db, hashes: readonly string[]): void {
  const used = db.prepare('SELECT 1 FROM evidence_use WHERE hash = ?')
  const forget = db.prepare('DELETE FROM evidence WHERE hash = ?')
  const forgetAtHub = db.prepare('DELETE FROM evidence_at_hub WHERE hash = ?')
  const doom = db.prepare('INSERT OR IGNORE INTO doomed_file (hash) VALUES (?)')
  for (const hash of hashes) {
    if (used.get(hash)) continue
    forget.run(hash)
    forgetAtHub.run(hash)
    doom.run(hash)
  }
}

/** A file that nothing refers to may belong to a text that is being written; after a day it does not. */
const DRAFT_MS = 24 * 3_600_000
const USED_OR_LEFT = `
  SELECT hash FROM evidence_use WHERE scope = ?
  UNION SELECT hash FROM evidence WHERE kept_at < ? AND NOT EXISTS (SELECT 1 FROM evidence_use WHERE evidence_use.hash = evidence.hash)`

/**
 * Forgets scopes that this member may no longer read, all at once: what the log says of them, what is shown of them, and the
 * files that only they refer to. Own ops that were still waiting move to what needs attention, with their text (P5, P10).
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
        // What was acknowledged and overtaken is content of the scope, and goes with it.
        db.prepare("DELETE FROM attention WHERE scope = ? AND code = 'text-overtaken'").run(scope)
        for (const table of ['outbox', 'signed_head', 'pinned_scope', 'import_run', 'absent_scope', 'set_aside'])
          db.prepare(`DELETE FROM ${table} WHERE scope = ?`).run(scope)
        doomUnused(
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
 * Puts own acknowledged ops back into the outbox that lie beyond where the hub's log still agrees with what is held here: a hub
 * that was restored from a backup has lost them (P4). They keep their id and their text, so that the hub knows those it has.
 * The joining of a device whose hub is elsewhere was said by that hub, which knows its member or would not have let it in.
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
      // As they were accepted: what an op builds on goes before it, in whatever scope it stands.
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

/** The hashes that are known of a scope's log here, by seq, ascending: what is held of it can be compared with the hub's. */
export function knownHashes(db: Db, scope: string): { seq: number; hash: string }[] {
  return db
    .prepare<[string, string, string], { seq: number; hash: string }>(
      `SELECT seq, hash FROM record WHERE scope = ? UNION SELECT seq, hash FROM scope_base WHERE scope = ? UNION SELECT seq, hash FROM cursor WHERE scope = ? AND seq > 0 ORDER BY seq`,
    )
    .all(scope, scope, scope)
}

export type NewContent = {
  /** Where the snapshot stands; null when the records are the whole log. */
  base: ScopeHead | null
  entities: Iterable<SnapshotEntity>
  records: readonly LogRecord[]
  kept: KeptRecords
  /** What was held came from another log: whoever may not read the scope any more will never be told, so nothing of it is to stay in the file (P10). */
  scrub: boolean
}

/**
 * Puts what the hub says in the place of everything that was held of a scope, in one transaction: whoever reads before or
 * after a crash finds the old or the new, never half (P14). Own pending ops are drawn over it.
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
      // Rejections that their author has dismissed stay dismissed.
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

/** Scopes from snapshots that an older version of this app has folded on: only the hub can say what it parked. */
export function staleScopes(db: Db): string[] {
  return db
    .prepare<[], { scope: string }>('SELECT scope FROM scope_base WHERE stale = 1')
    .all()
    .map((row) => row.scope)
}
