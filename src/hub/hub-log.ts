import { sqliteCode, type Db } from '#storage/open-database.ts'
import { checkRow, rowSum } from '#storage/row-sum.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import { chainText, CHAIN_START, LogRecord, type Outcome, type Sha256 } from '#domain/log/record.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import type { Admission } from '#domain/members/admission.ts'
import { decide, step } from '#domain/log/step.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { ScopeHead } from '#contract/hub-link.ts'

/** Everything the log takes from outside, so that tests hold it. */
export type HubEdge = { now(): number; sha256: Sha256 }

type RecordRow = { scope: string; seq: number; hub_time: number; actor: string; outcome: string; bytes: string; hash: string }
type EntityRow = { scope: string; body: string; sum: number }

function mayRead(scope: string, actor: string): boolean {
  return scope === TEAM_SCOPE || scope.startsWith('incident:') || scope === privateScope(actor)
}

function toRecord(row: RecordRow): LogRecord {
  return LogRecord.parse({
    scope: row.scope,
    seq: row.seq,
    hubTime: row.hub_time,
    actor: row.actor,
    outcome: JSON.parse(row.outcome) as unknown,
    bytes: row.bytes,
    hash: row.hash,
  })
}

/**
 * The op log at the hub: the only orderer. It authorises each op once on the state before it, gives it the next number of
 * its scope, chains it, and stores record and state in one transaction before anybody learns of it.
 */
export function createHubLog(db: Db, edge: HubEdge) {
  const findRecord = db.prepare<[string], RecordRow>('SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE op_id = ?')
  const findOutcome = db.prepare<[string], { outcome: string }>('SELECT outcome FROM record WHERE op_id = ?')
  const insertRecord = db.prepare('INSERT INTO record (scope, seq, op_id, hub_time, actor, outcome, bytes, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const readHead = db.prepare<[string], ScopeHead>('SELECT scope, seq, hash FROM scope_head WHERE scope = ?')
  const writeHead = db.prepare('INSERT INTO scope_head (scope, seq, hash) VALUES (?, ?, ?) ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, hash = excluded.hash')
  const readEntity = db.prepare<[string, string], EntityRow>('SELECT scope, body, sum FROM entity WHERE kind = ? AND id = ?')
  const writeEntity = db.prepare('INSERT INTO entity (kind, id, scope, body, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, sum = excluded.sum')
  const readAfter = db.prepare<[string, number, number], RecordRow>(
    'SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?',
  )
  const readHeads = db.prepare<[], ScopeHead>('SELECT scope, seq, hash FROM scope_head ORDER BY scope')

  function runBatch(texts: readonly string[], actor: string, invited: Admission): { records: LogRecord[]; heads: ScopeHead[] } {
    // What the batch reads and writes is kept at hand until the commit: one statement per entity and scope, not per op.
    const heads = new Map<string, { seq: number; hash: string }>()
    const entities = new Map<string, { entity: Entity | undefined; changed: boolean }>()

    const slot = (kind: string, id: string) => {
      const key = `${kind}\n${id}`
      let found = entities.get(key)
      if (!found) {
        const row = readEntity.get(kind, id)
        if (row) checkRow(row.sum, `${kind} ${id}`, kind, id, row.scope, row.body)
        found = { entity: row ? ({ ...(JSON.parse(row.body) as object), kind, id, scope: row.scope } as Entity) : undefined, changed: false }
        entities.set(key, found)
      }
      return found
    }
    const read = (kind: string, id: string) => slot(kind, id).entity

    const append = (scope: string, opId: string, outcome: Outcome, bytes: string, author: string): LogRecord => {
      const head = heads.get(scope) ?? readHead.get(scope) ?? { seq: 0, hash: CHAIN_START }
      const unsigned = { scope, seq: head.seq + 1, hubTime: edge.now(), actor: author, outcome, bytes } as Omit<LogRecord, 'hash'>
      const hash = edge.sha256(chainText(head.hash, unsigned))
      insertRecord.run(scope, unsigned.seq, opId, unsigned.hubTime, author, JSON.stringify(outcome), bytes, hash)
      heads.set(scope, { seq: unsigned.seq, hash })
      return { ...unsigned, hash }
    }

    const judge = (op: Op): Refusal | null => {
      for (const needed of op.after ?? []) {
        const found = findOutcome.get(needed)
        if (!found || (JSON.parse(found.outcome) as Outcome).kind === 'rejected') return refuse('depends-on-rejected', { opId: needed })
      }
      const member = read('member', actor) as Entity<MemberState> | undefined
      // Nothing is written into the team's log before its founder has joined.
      const admission: Admission = (heads.get(TEAM_SCOPE) ?? readHead.get(TEAM_SCOPE)) === undefined ? { kind: 'founder' } : invited
      return decide({ actorId: actor, actor: member?.state ?? null, now: edge.now(), admission, read }, op)
    }

    const accept = (given: string): LogRecord => {
      // What no file can hold, half a surrogate pair, would come back as something else and break the chain.
      const text = given.toWellFormed()
      const parsed = parseOp(text)
      if (!parsed.ok) {
        const id = `malformed:${edge.sha256(text)}`
        const known = findRecord.get(id)
        if (known) return toRecord(known)
        return append(privateScope(actor), id, { kind: 'rejected', ...refuse('malformed', { detail: parsed.reason }) }, text, actor)
      }
      const op = parsed.op
      const known = findRecord.get(op.opId)
      if (known) return toRecord(known)
      const refusal = judge(op)
      if (refusal) return append(privateScope(actor), op.opId, { kind: 'rejected', ...refusal }, text, actor)
      const record = append(op.scope, op.opId, { kind: 'accepted' }, text, actor)
      const target = slot(op.entity.kind, op.entity.id)
      const next = step(target.entity, op, appliedFromRecord(record, op))
      if (next !== target.entity) entities.set(`${op.entity.kind}\n${op.entity.id}`, { entity: next, changed: true })
      return record
    }

    const records = texts.map(accept)
    for (const { entity, changed } of entities.values()) {
      if (!changed || !entity) continue
      const { kind, id, scope, ...rest } = entity
      const body = JSON.stringify(rest)
      writeEntity.run(kind, id, scope, body, rowSum(kind, id, scope, body))
    }
    for (const [scope, head] of heads) writeHead.run(scope, head.seq, head.hash)
    return { records, heads: [...heads].map(([scope, head]) => ({ scope, ...head })) }
  }

  const submitInTransaction = db.transaction(runBatch)
  let broken: string | null = null

  return {
    /**
     * Takes a batch of ops from a session's member. Durable when it returns.
     * @param invited what lets the session's member join, when the hub has checked an invite
     * @returns a record for each op, in order (an op seen before gets its first record again), and the heads that moved
     * @throws what SQLite throws; once the disk has failed under a commit, nothing is acknowledged any more until the file is
     *   opened anew, because nobody knows what of it is on disk (reliability study, D5)
     */
    submit(texts: readonly string[], actor: string, invited: Admission = null): { records: LogRecord[]; heads: ScopeHead[] } {
      if (broken !== null) throw new Error(`The log failed earlier: ${broken}`)
      try {
        return submitInTransaction.immediate(texts, actor, invited)
      } catch (error) {
        const code = sqliteCode(error)
        if (code?.startsWith('SQLITE_IOERR')) broken = code
        throw error
      }
    },
    /** Records of a scope after a sequence number, oldest first; none of a scope that the member may not read. */
    readAfter: (actor: string, scope: string, afterSeq: number, limit: number): LogRecord[] =>
      mayRead(scope, actor) ? readAfter.all(scope, afterSeq, limit).map(toRecord) : [],
    /** Scopes that a member may read, and where they stand. Restricted incidents come with accounts. */
    headsFor: (actor: string): ScopeHead[] => readHeads.all().filter(({ scope }) => mayRead(scope, actor)),
  }
}

export type HubLog = ReturnType<typeof createHubLog>
