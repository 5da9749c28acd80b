import type { Db } from '#storage/open-database.ts'
import { decidingScope, isPrivateScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { offerAgain } from './scope-content.ts'

/** What the hub acknowledged but no longer shows, until a person has confirmed that they know. */
export type Missing = {
  /** Scopes that the hub does not list, without a proof that this member may no longer read them: all of them are kept. */
  scopes: string[]
  /** Records that the hub held at these places: they are gone, or another record has taken their id. */
  records: { scope: string; seq: number; altered: boolean; bytes: string }[]
}

/** Stands for the whole content of a scope that began from a snapshot: there are no records to compare. */
const WHOLE = ''

/**
 * Notes which scopes the hub does not list now, and keeps their content. The author of a scope's first record puts the own
 * records back into the outbox, once in each epoch; all other members wait for that, since nothing can be written in a scope
 * that does not exist.
 * @param named scopes that the hub does list
 */
export function noteAbsent(
  db: Db,
  absent: readonly string[],
  named: ReadonlySet<string>,
  at: { memberId: string; epoch: string; now: number },
): void {
  db.transaction(() => {
    const gone = new Set(absent)
    const drop = db.prepare('DELETE FROM absent_scope WHERE scope = ?')
    const known = new Map(
      db
        .prepare<[], { scope: string; epoch: string }>('SELECT scope, epoch FROM absent_scope')
        .all()
        .map((row) => [row.scope, row.epoch]),
    )
    for (const scope of known.keys()) if (!gone.has(scope)) drop.run(scope)
    const first = db.prepare<[string], { actor: string }>('SELECT actor FROM record WHERE scope = ? AND seq = 1')
    const begun = (scope: string) => first.get(scope)?.actor === at.memberId
    const fresh = absent.filter((scope) => known.get(scope) !== at.epoch)
    const offered = fresh.filter((scope) => {
      const incident = decidingScope(scope)
      return begun(scope) && (named.has(incident) || begun(incident))
    })
    const save = db.prepare(
      'INSERT INTO absent_scope (scope, since, epoch, offered) VALUES (?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, offered = excluded.offered',
    )
    for (const scope of fresh) save.run(scope, at.now, at.epoch, offered.includes(scope) ? 1 : 0)
    if (offered.length > 0) offerAgain(db, at.memberId, new Map(offered.map((scope) => [scope, 0])))
  }).immediate()
}

/**
 * Keeps the records of a scope beyond the point where the hub's log and this one agree, before the hub's content replaces
 * them: until they are back, this device may be the only holder.
 * @param agreed the last seq up to which both are the same
 */
export function setAsideBeyond(db: Db, scope: string, agreed: number, now: number): void {
  if (isPrivateScope(scope)) return
  db.transaction(() => {
    const elsewhere = db.prepare("SELECT 1 FROM meta WHERE key = 'joined' AND value <> 'null'").get() !== undefined
    const save = db.prepare(
      'INSERT OR IGNORE INTO set_aside (scope, op_id, seq, hub_time, actor, bytes, altered, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    const memberId = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'memberId'").get()?.value
    const rows = db
      .prepare<[string, number], { seq: number; hub_time: number; actor: string; outcome: string; bytes: string }>(
        'SELECT seq, hub_time, actor, outcome, bytes FROM record WHERE scope = ? AND seq > ?',
      )
      .all(scope, agreed)
    for (const { seq, hub_time, actor, outcome, bytes } of rows) {
      const parsed = parseOp(bytes)
      if (!parsed.ok || (JSON.parse(outcome) as { kind: string }).kind !== 'accepted') continue
      // Recorded by the hub that admitted this member; see `offerAgain`.
      if (elsewhere && parsed.op.type === 'member.join' && actor === memberId) continue
      save.run(scope, parsed.op.opId, seq, hub_time, actor, bytes, 0, now)
    }
    const base = db.prepare<[string], { seq: number }>('SELECT seq FROM scope_base WHERE scope = ?').get(scope)
    if (base && base.seq > agreed) save.run(scope, WHOLE, agreed + 1, 0, '', '', 1, now)
  }).immediate()
}

/** Whether something of a scope is set aside that may come back. */
export function isSetAside(db: Db, scope: string): boolean {
  return db.prepare('SELECT 1 FROM set_aside WHERE scope = ? AND op_id <> ? LIMIT 1').get(scope, WHOLE) !== undefined
}

/** The scopes that the hub does not list at present. */
export function absentScopes(db: Db): Set<string> {
  return new Set(
    db
      .prepare<[], { scope: string }>('SELECT scope FROM absent_scope')
      .all()
      .map((row) => row.scope),
  )
}

/** How much is missing, for frequent calls. */
export function missingCount(db: Db): { scopes: number; records: number } {
  const count = (table: string) =>
    db.prepare<[], { found: number }>(`SELECT count(*) AS found FROM ${table} WHERE seen = 0`).get()?.found ?? 0
  return { scopes: count('absent_scope'), records: count('set_aside') }
}

export function missing(db: Db): Missing {
  const scopes = db
    .prepare<[], { scope: string }>('SELECT scope FROM absent_scope WHERE seen = 0 ORDER BY scope')
    .all()
    .map((row) => row.scope)
  const records = db
    .prepare<[], { scope: string; seq: number; altered: number; bytes: string }>(
      'SELECT scope, seq, altered, bytes FROM set_aside WHERE seen = 0 ORDER BY scope, seq',
    )
    .all()
  return { scopes, records: records.map((record) => ({ ...record, altered: record.altered === 1 })) }
}

/** Marks what is missing as seen by a person: the alarm ends, everything stays stored. */
export function markMissingSeen(db: Db): void {
  db.transaction(() => {
    for (const table of ['absent_scope', 'set_aside']) db.prepare(`UPDATE ${table} SET seen = 1 WHERE seen = 0`).run()
  }).immediate()
}
