import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import type { Db } from '#storage/open-database.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import { recordOfRow } from './rebuild.ts'

type RecordRow = { scope: string; seq: number; hub_time: number; actor: string; outcome: string; bytes: string; hash: string }
type Folded = Map<string, { entity: Entity; seq: number }>

const BATCH = 1000
/** Maximum number of records per fold; the entities of a longer log are split into parts that are folded one after the other. */
const AT_ONCE = 100_000

const partOf = (name: string, parts: number) => (parts === 1 ? 0 : crc32(name) % parts)

/** Folds one more record into the entities of a scope. */
export function foldRecord(folded: Folded, record: LogRecord, part = 0, parts = 1): void {
  const parsed = parseOp(record.bytes)
  if (!parsed.ok || record.outcome.kind !== 'accepted') return
  const name = `${parsed.op.entity.kind}\n${parsed.op.entity.id}`
  if (partOf(name, parts) !== part) return
  const entity = step(folded.get(name)?.entity, parsed.op, appliedFromRecord(record, parsed.op))
  if (entity) folded.set(name, { entity, seq: record.seq })
}

/** The seq of the last record on an entity whose stored state differs from the fold of its records, or null if none differs. */
export function findStateFault(db: Db, scope: string, folded: Folded, part = 0, parts = 1): number | null {
  const faults: number[] = []
  let found = 0
  const waits = db.prepare('SELECT 1 FROM outbox WHERE kind = ? AND entity_id = ? LIMIT 1')
  for (const row of db
    .prepare<[string], { kind: string; id: string; canonical: string | null; view: string | null }>(
      'SELECT kind, id, canonical, view FROM entity WHERE scope = ?',
    )
    .iterate(scope)) {
    const name = `${row.kind}\n${row.id}`
    if (partOf(name, parts) !== part) continue
    const own = folded.get(name)
    if (row.canonical !== null) found += 1
    if (row.canonical === null ? own !== undefined : !own || !isSame(row.canonical, own.entity)) faults.push(own?.seq ?? 1)
    // Only ops in the outbox may be drawn over the canonical state.
    if (row.view !== null && !waits.get(row.kind, row.id)) faults.push(own?.seq ?? 1)
  }
  if (found < folded.size) faults.push(Math.min(...[...folded.values()].map(({ seq }) => seq)))
  return faults.length > 0 ? Math.min(...faults) : null
}

function isSame(canonical: string, { kind: _kind, id: _id, scope: _scope, ...rest }: Entity): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(canonical), JSON.parse(JSON.stringify(rest)))
  } catch {
    return false
  }
}

/** Folds every scope that began with its first record and compares it with the stored state. For snapshots only the hub can do this. */
export async function findStateFaults(db: Db): Promise<{ scope: string; seq: number }[]> {
  const scopes = db
    .prepare<[], { scope: string; count: number }>(
      'SELECT scope, count(*) AS count FROM record WHERE scope NOT IN (SELECT scope FROM scope_base) GROUP BY scope ORDER BY scope',
    )
    .all()
  const next = db.prepare<[string, number, number], RecordRow>(
    'SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?',
  )
  const cursorAt = db.prepare<[string], { seq: number }>('SELECT seq FROM cursor WHERE scope = ?')
  const faults: { scope: string; seq: number }[] = []
  for (const { scope, count } of scopes) {
    const parts = Math.max(1, Math.ceil(count / AT_ONCE))
    for (let part = 0; part < parts; part++) {
      const before = cursorAt.get(scope)?.seq
      const folded: Folded = new Map()
      for (let after = 0; ;) {
        const rows = next.all(scope, after, BATCH)
        for (const row of rows) foldRecord(folded, recordOfRow(row), part, parts)
        after = rows.at(-1)?.seq ?? after
        if (rows.length < BATCH) break
        await nextTurn()
      }
      // Records arrived meanwhile; the scope is checked next time.
      const seq = cursorAt.get(scope)?.seq === before ? findStateFault(db, scope, folded, part, parts) : null
      if (seq !== null) faults.push({ scope, seq })
    }
  }
  return faults
}
