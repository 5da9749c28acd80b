import { hash as digest } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import { rowSum } from '#storage/row-sum.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import { chainText, CHAIN_START, type ChainFault, type LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import { lentReaders } from '#domain/permissions/readers.ts'
import type { EntityRow, HubTables, RecordRow } from '../database/hub-tables.ts'
import { decidingIncident } from '../log/readers.ts'
import { toRecord } from '../log/record-row.ts'
import { beyondId } from '../log/refused-texts.ts'

export type ScopeFault = { seq: number; kind: ChainFault['kind'] | 'mismatch' | 'state' }

export type ScopeReport = { scope: string; records: number; head: string; fault: ScopeFault | null }

type Db = Pick<Kysely<HubTables>, 'selectFrom'>
type Folded = { entity: Entity; seq: number }

const READ_ROWS = 1000
/** Records folded in one pass; the entities of a longer log are folded in several passes. */
const AT_ONCE = 100_000

const sha256 = (text: string) => digest('sha256', text)

async function* recordsOf(db: Db, scope: string): AsyncGenerator<RecordRow> {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('record')
      .selectAll()
      .where('scope', '=', scope)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(READ_ROWS)
      .execute()
    yield* rows
    after = rows.at(-1)?.seq ?? after
    if (rows.length < READ_ROWS) return
    await nextTurn()
  }
}

/** The record in a row, and its op; null for a row that no hub wrote. */
function readRow(row: RecordRow): { record: LogRecord; op: Op | null } | null {
  let record: LogRecord
  try {
    record = toRecord(row)
  } catch {
    return null
  }
  const parsed = parseOp(record.bytes)
  const op = parsed.ok ? parsed.op : null
  return (record.outcome.kind === 'accepted' ? row.op_id === op?.opId : isRefusedId(row)) ? { record, op } : null
}

/**
 * Whether the ID of a refusal is valid: the ID from its device, that ID with the sender when the ID was taken, or an ID that is not
 * an op's.
 */
function isRefusedId({ op_id, bytes, actor }: RecordRow): boolean {
  const ids = [`malformed:${sha256(bytes)}`, beyondId(actor), ...(/"opId":"([^"]*)"/.exec(bytes)?.slice(1, 2) ?? [])]
  return ids.some((id) => op_id === id || op_id === `${id} ${actor}`) || (op_id.startsWith(`${beyondId(actor)} `) && bytes === '')
}

const partOf = (kind: string, id: string, parts: number) =>
  parts === 1 ? 0 : Number.parseInt(sha256(`${kind}\n${id}`).slice(0, 8), 16) % parts

/** Folds one part of a scope's entities from its log. @param each called with each entity after each record */
export async function foldScope(
  db: Db,
  scope: string,
  each: (entity: Entity) => void = () => undefined,
  part = 0,
  parts = 1,
): Promise<Map<string, Folded>> {
  const folded = new Map<string, Folded>()
  for await (const row of recordsOf(db, scope)) {
    const read = readRow(row)
    if (!read?.op || read.record.outcome.kind !== 'accepted') continue
    const { kind, id } = read.op.entity
    if (partOf(kind, id, parts) !== part) continue
    const name = `${kind}\n${id}`
    const entity = step(folded.get(name)?.entity, read.op, appliedFromRecord(read.record, read.op))
    if (!entity) continue
    folded.set(name, { entity, seq: row.seq })
    each(entity)
  }
  return folded
}

/** Whether a table row equals the entity computed from the log. */
export function isRowOf(row: EntityRow, { kind, id, scope, ...rest }: Entity): boolean {
  if (row.scope !== scope || row.kind !== kind || row.id !== id || rowSum(row.kind, row.id, row.scope, row.body) !== row.sum) return false
  try {
    return isDeepStrictEqual(JSON.parse(row.body), JSON.parse(JSON.stringify(rest)))
  } catch {
    return false
  }
}

async function findChainFaultAt(
  db: Db,
  scope: string,
  head: { seq: number; hash: string; hub_time: number } | undefined,
): Promise<{ records: number; hash: string; fault: ScopeFault | null }> {
  let at = { seq: 0, hash: CHAIN_START, hubTime: 0 }
  for await (const row of recordsOf(db, scope)) {
    if (row.seq !== at.seq + 1) return { records: at.seq, hash: at.hash, fault: { seq: at.seq + 1, kind: 'gap' } }
    const read = readRow(row)
    if (!read || sha256(chainText(at.hash, read.record)) !== row.hash)
      return { records: at.seq, hash: at.hash, fault: { seq: row.seq, kind: 'hash' } }
    at = { seq: row.seq, hash: row.hash, hubTime: row.hub_time }
  }
  const whole = (head?.seq ?? 0) === at.seq && (head?.hash ?? CHAIN_START) === at.hash && (head?.hub_time ?? 0) === at.hubTime
  return { records: at.seq, hash: at.hash, fault: whole ? null : { seq: Math.min(head?.seq ?? 0, at.seq) + 1, kind: 'mismatch' } }
}

/** @param incident undefined for a scope without one, which everyone reads */
async function areReaders(db: Db, scope: string, restricted: number, incident: Entity | undefined): Promise<boolean> {
  const rows = (await db.selectFrom('scope_reader').select(['member_id', 'until']).where('scope', '=', scope).execute()).map(
    (row) => `${row.member_id} ${row.until ?? ''}`,
  )
  const named = INCIDENT.as(incident)?.state.restrictedTo ?? null
  const expected =
    named === null
      ? []
      : [...[...new Set(named)].map((id) => `${id} `), ...lentReaders(incident).map(({ memberId, until }) => `${memberId} ${until}`)]
  return restricted === (named === null ? 0 : 1) && isDeepStrictEqual(rows.toSorted(), expected.toSorted())
}

/**
 * Recomputes a scope from its log: the hash chain, the head, every entity, the readers, and the files that it names. The tables
 * beside the log must match exactly.
 */
export async function recomputeScope(db: Db, scope: string): Promise<ScopeReport> {
  const head = await db.selectFrom('scope_head').selectAll().where('scope', '=', scope).executeTakeFirst()
  const { records, hash, fault } = await findChainFaultAt(db, scope, head)
  const report = { scope, records, head: hash }
  if (fault) return { ...report, fault }
  const parts = Math.max(1, Math.ceil(records / AT_ONCE))
  const files = new Set<string>()
  const named = new Set<string>()
  const faults: number[] = []
  for (let part = 0; part < parts; part++) {
    const folded = await foldScope(
      db,
      scope,
      (entity) => {
        for (const file of ENTRY.as(entity)?.state.evidence ?? []) files.add(file.hash)
      },
      part,
      parts,
    )
    let found = 0
    for (let after = { kind: '', id: '' }; ;) {
      const from = after
      const rows = await db
        .selectFrom('entity')
        .selectAll()
        .where('scope', '=', scope)
        .where(({ eb, refTuple, tuple }) => eb(refTuple('kind', 'id'), '>', tuple(from.kind, from.id)))
        .orderBy('kind')
        .orderBy('id')
        .limit(READ_ROWS)
        .execute()
      for (const row of rows) {
        if (partOf(row.kind, row.id, parts) !== part) continue
        found += 1
        const own = folded.get(`${row.kind}\n${row.id}`)
        if (!own || !isRowOf(row, own.entity)) faults.push(own?.seq ?? 1)
      }
      after = rows.at(-1) ?? after
      if (rows.length < READ_ROWS) break
    }
    // An entity that the table lacks; rows with another name were reported above.
    if (found < folded.size) faults.push(Math.min(...[...folded.values()].map(({ seq }) => seq)))
    const incident = folded.get(`incident\n${decidingIncident(scope) ?? ''}`)
    if (incident && scope.startsWith('incident:') && !(await areReaders(db, scope, head?.restricted ?? 0, incident.entity)))
      faults.push(incident.seq)
    for (const { entity } of folded.values()) for (const file of ENTRY.as(entity)?.state.evidence ?? []) named.add(file.hash)
  }
  if (!scope.startsWith('incident:') && !(await areReaders(db, scope, head?.restricted ?? 0, undefined))) faults.push(1)
  const used = new Set((await db.selectFrom('evidence_use').select('hash').where('scope', '=', scope).execute()).map((row) => row.hash))
  // A name that grants no access is a claim, see `evidence-rights.ts`.
  const claimed = new Set(
    (await db.selectFrom('evidence_claim').select('hash').where('scope', '=', scope).execute()).map((row) => row.hash),
  )
  if ([...used].some((one) => !files.has(one)) || [...named].some((one) => !used.has(one) && !claimed.has(one))) faults.push(1)
  return { ...report, fault: faults.length > 0 ? { seq: Math.min(...faults), kind: 'state' } : null }
}
