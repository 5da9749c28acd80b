import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { privateScope, ScopeId } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import type { Kysely, Transaction } from 'kysely'
import type { ReadingEnded } from '#domain/log/signed-head.ts'
import type { ScopeHead } from '#contract/hub-link.ts'
import { writeSnapshotLine } from '#contract/snapshot-line.ts'
import { isCutOff, isDiskFailure, isHeld, isOutage, isRace } from '../database/database-failure.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { EntityRow, HubTables, RecordRow } from '../database/hub-tables.ts'
import { createGroupCommit, type Settled } from './group-commit.ts'
import {
  ClonedReplica,
  createJudge,
  isActiveMember,
  readOp,
  SessionEnded,
  sharedScopesOf,
  type GivenOp,
  type HubEdge,
  type Session,
} from './judge.ts'
import { createReadingsEnded } from './reading-ended.ts'
import { EVERYBODY, isStillLent, readersScope, scopeReaders, type AccessChange, type Readers } from './readers.ts'
import { readRecord } from './record-row.ts'
import { toRow } from './entity-row.ts'
import { readOrMend } from './mend-entity.ts'
import { loading } from './loading.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import { EntityTaken } from './buffered-entities.ts'
import { createLogTransaction } from './log-transaction.ts'

export { ClonedReplica, SessionEnded }
export type { AccessChange, HubEdge, Readers, Session }

/** A scope's head, with the members who may learn of it. */
export type AnnouncedHead = ScopeHead & { readers: Readers }

export type Submitted = {
  /** A record for each op, in order; an op seen before gets its first record again. */
  records: LogRecord[]
  /** The scopes that moved. Only their readers may learn of them. */
  heads: AnnouncedHead[]
  /** The changes of read access. */
  access: AccessChange[]
}

/** Thrown after the disk failed during an earlier commit. */
export class LogFailed extends Error {
  override readonly name = 'LogFailed'
  constructor(cause: unknown) {
    super(`The log failed earlier: ${cause instanceof Error ? cause.message : ''}`, { cause })
  }
}

type Job = { given: readonly GivenOp[]; session: Session; length: number }

/** Upper bounds of one commit, so that its first job does not wait long. */
const GROUP = { ops: 1000, length: 2 * 1024 * 1024 }
const TRIES = 8
/** How often a lock held by others is retried; each try lasts as long as the database's lock timeout. */
const HELD_TRIES = 4
/** How often an interrupted transaction is retried. */
const CUT_TRIES = 3
const WALK_ROWS = 1000
const LATEST = 8

/** The keys that order jobs: the scopes they write to and the devices that count their ops. */
function keysOfJob({ given, session }: Job): string[] {
  const shared = given.flatMap(sharedScopesOf)
  const devices = session.counts ? given.flatMap(({ op }) => (op ? [`device:${op.replicaId}`] : [])) : []
  return [...new Set([...shared, ...devices, ...(shared.length === 0 ? [privateScope(session.memberId)] : [])])]
}

/**
 * The hub's op log, the only orderer. It authorizes each op once on the state before it, assigns the next number of its scope,
 * chains it, and stores record and state in one transaction before announcing it. Submissions that arrive together share a commit.
 * Several nodes on one PostgreSQL form one log: each appender locks the scope.
 */
export function createHubLog({ engine, kysely, readAtOnce, writers }: HubDatabase, edge: HubEdge) {
  let broken: unknown = null
  let heldUp = 0

  async function judgeAll(jobs: readonly Job[], tx: Transaction<HubTables>): Promise<Submitted[]> {
    const set = createLogTransaction(tx, engine, edge.unreadable, edge.now)
    const judge = createJudge(set, edge)
    await set.lockScopes(jobs.flatMap(({ given }) => given.flatMap(sharedScopesOf)))
    for (const { given, session } of jobs) for (const one of given) judge.want(one, session)
    await set.loadCounters(
      jobs.flatMap(({ given, session }) =>
        session.counts ? given.flatMap(({ op }) => (op ? [{ replicaId: op.replicaId, memberId: session.memberId }] : [])) : [],
      ),
    )
    await set.load()
    await set.lockScopes(
      await loading(set, () => jobs.flatMap(({ given, session }) => given.flatMap((one) => judge.privateScopesOf(one, session)))),
    )
    const submitted: Submitted[] = []
    for (const { given, session } of jobs) {
      const records: LogRecord[] = []
      const access: AccessChange[] = []
      const before = set.appendedCount()
      for (const one of given) records.push(await loading(set, () => judge.accept(one, session, given, access)))
      const heads: AnnouncedHead[] = []
      for (const scope of set.movedSince(before)) {
        const { seq, hash } = set.headOf(scope)
        heads.push({ scope, seq, hash, readers: await loading(set, () => judge.readersHere(scope)) })
      }
      submitted.push({ records, heads, access })
    }
    await set.write()
    const sessions = new Set(jobs.flatMap(({ session }) => session.sessionId ?? []))
    if (!(await edge.lockSessions(tx, engine, [...sessions]))) throw new SessionEnded('A sign-in was taken back')
    return submitted
  }

  async function commitTogether(jobs: readonly Job[], mixed: boolean): Promise<Submitted[] | 'held'> {
    for (let attempt = 1; ; attempt++) {
      try {
        // Each statement must see what others committed before the scopes were locked.
        return await kysely
          .transaction()
          .setIsolationLevel('read committed')
          .execute((tx) => judgeAll(jobs, tx))
      } catch (error) {
        if (mixed && isHeld(error)) return 'held'
        // Either all of it was stored or none: an op that already has a record gets that record.
        const tries = isRace(error) || error instanceof EntityTaken ? TRIES : isHeld(error) ? HELD_TRIES : isCutOff(error) ? CUT_TRIES : 1
        if (attempt >= tries || engine === 'sqlite') throw error
      }
    }
  }

  function noteFailure(error: unknown): void {
    if (isDiskFailure(error)) broken ??= error
  }

  /** One failing job must not fail the others: jobs that cannot be committed together are committed one by one. */
  async function commit(jobs: readonly Job[], mixed: boolean): Promise<Settled<Submitted>[] | 'held'> {
    if (broken !== null) {
      const error = new LogFailed(broken)
      return jobs.map(() => ({ ok: false, error }))
    }
    try {
      const answers = await commitTogether(jobs, mixed)
      if (answers === 'held') return answers
      heldUp = 0
      return answers.map((answer) => ({ ok: true, answer }))
    } catch (error) {
      noteFailure(error)
      if (isOutage(error)) heldUp += 1
      if (jobs.length === 1 || isOutage(error)) return jobs.map(() => ({ ok: false, error }))
      const settled: Settled<Submitted>[] = []
      for (const job of jobs) settled.push(...((await commit([job], false)) as Settled<Submitted>[]))
      return settled
    }
  }

  const group = createGroupCommit<Job, Submitted>(
    GROUP,
    ({ given, length }) => ({ ops: given.length, length }),
    commit,
    engine === 'sqlite' ? undefined : { count: writers, keysOf: keysOfJob, isHeld },
  )

  async function entityFrom(row: EntityRow, at: Kysely<HubTables> = kysely): Promise<{ entity: Entity; mended: boolean }> {
    const read = await readOrMend(at, engine, row, edge.unreadable)
    if (!read) throw new UnreadableRow(`${row.kind} ${row.id} cannot be read`)
    return read
  }

  /** @throws UnreadableRow when the entity exists but cannot be read, which differs from not existing */
  async function entityOf(kind: string, id: string): Promise<Entity | undefined> {
    const row = await kysely.selectFrom('entity').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst()
    return row && (await entityFrom(row)).entity
  }

  /** Consecutive records up to the first unreadable one; records after a gap cannot be verified. */
  function recordsOf(rows: readonly RecordRow[]): LogRecord[] {
    const records: LogRecord[] = []
    for (const row of rows) {
      const record = readRecord(row, edge.unreadable)
      if (record === null) break
      records.push(record)
    }
    return records
  }

  /** The heads that are valid; a malformed head is left out. */
  function soundHeads(heads: readonly ScopeHead[]): ScopeHead[] {
    return heads.filter((head) => {
      if (ScopeId.safeParse(head.scope).success && Number.isSafeInteger(head.seq)) return true
      edge.unreadable.note({ place: 'scope_head', name: head.scope, why: 'it names no scope, or says not where it stands' })
      return false
    })
  }

  async function readersOfScope(scope: string): Promise<Readers> {
    const own = readersScope(scope)
    const head = await kysely.selectFrom('scope_head').select('restricted').where('scope', '=', own).executeTakeFirst()
    if (!head?.restricted) return scopeReaders(scope, () => undefined, edge.now())
    const rows = await kysely
      .selectFrom('scope_reader')
      .select('member_id')
      .where('scope', '=', own)
      .where(isStillLent(edge.now()))
      .orderBy('member_id')
      .execute()
    return rows.map((row) => row.member_id)
  }

  const isReader = async (memberId: string) => memberId === EVERYBODY || isActiveMember(await entityOf('member', memberId), edge.now())

  async function mayRead(memberId: string, scope: string): Promise<boolean> {
    if (scope === privateScope(memberId)) return memberId !== EVERYBODY
    const readers = await readersOfScope(scope)
    return (readers === 'everyone' || (memberId !== EVERYBODY && readers.includes(memberId))) && (await isReader(memberId))
  }

  const findReadingEnded = createReadingsEnded(kysely, edge.now)

  return {
    /**
     * Accepts a batch of ops from a session. Durable when it resolves.
     * @throws database errors; after a disk failure during a commit, nothing is acknowledged until the file is reopened, because it
     *   is unknown what reached the disk (reliability study, D5)
     */
    submit(texts: readonly string[], session: Session): Promise<Submitted> {
      const given = texts.map((text) => readOp(text, edge.sha256))
      return group.submit({ given, session, length: given.reduce((sum, { text }) => sum + text.length, 0) })
    },

    /** Whether a member may read a scope now, and so may learn that it exists. */
    mayRead,

    /** Who may read a scope; used to notify this node's sessions of commits by other nodes. */
    readersOfScope,

    /** Records of a scope after a sequence number, oldest first; none when the member may not read the scope. */
    async readAfter(memberId: string, scope: string, afterSeq: number, limit: number): Promise<LogRecord[]> {
      const rows = await kysely
        .selectFrom('record')
        .selectAll()
        .where('scope', '=', scope)
        .where('seq', '>', afterSeq)
        .orderBy('seq')
        .limit(limit)
        .execute()
      // Checked after reading, so that a member who just lost access gets nothing.
      return rows.length > 0 && (await mayRead(memberId, scope)) ? recordsOf(rows) : []
    },

    /** The heads of the scopes that a member may read. */
    async headsFor(memberId: string): Promise<ScopeHead[]> {
      const own = privateScope(memberId)
      const all = await kysely
        .selectFrom('scope_head')
        .select(['scope', 'seq', 'hash'])
        .where('seq', '>', 0)
        .where((where) => where.or([where('scope', 'not like', 'private:%'), where('scope', '=', own)]))
        .orderBy('scope')
        .execute()
      const heads = soundHeads(all)
      if (!(await isReader(memberId))) return heads.filter(({ scope }) => scope === own)
      const hidden = await kysely
        .selectFrom('scope_head')
        .select('scope')
        .where('restricted', '=', 1)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('scope_reader')
                .select('scope_reader.scope')
                .whereRef('scope_reader.scope', '=', 'scope_head.scope')
                .where('member_id', '=', memberId)
                .where(isStillLent(edge.now())),
            ),
          ),
        )
        .execute()
      const hiddenScopes = new Set(hidden.map(({ scope }) => scope))
      return heads.filter(({ scope }) => !hiddenScopes.has(readersScope(scope)))
    },

    /** The hash of one record, so that a replica can compare its log; null when there is none or the member may not read it. */
    async hashAt(memberId: string, scope: string, seq: number): Promise<string | null> {
      const row = await kysely.selectFrom('record').select('hash').where('scope', '=', scope).where('seq', '=', seq).executeTakeFirst()
      return row && (await mayRead(memberId, scope)) ? row.hash : null
    },

    /** Scopes that lost a reader since a moment because a lent authority ended, with their current readers. */
    async readingsEnded(since: number, now: number): Promise<AccessChange[]> {
      const rows = await kysely
        .selectFrom('scope_reader')
        .select(['scope', 'member_id'])
        .where('until', '>', since)
        .where('until', '<=', now)
        .execute()
      const changes: AccessChange[] = []
      for (const [scope, ended] of Map.groupBy(rows, (row) => row.scope)) {
        const after = await readersOfScope(scope)
        if (after !== 'everyone') changes.push({ kind: 'scope', scope, before: [...after, ...ended.map((row) => row.member_id)], after })
      }
      return changes
    },

    /** The record that ended a member's access to a scope; null when there is none or the member may read the scope. */
    async readingEnded(memberId: string, scope: string): Promise<ReadingEnded | null> {
      return (await mayRead(memberId, scope)) ? null : findReadingEnded(memberId, scope)
    },

    /** Whether the log lacks records that it once held, given by number and hash. */
    async lacks(heads: readonly ScopeHead[]): Promise<boolean> {
      for (const { scope, seq, hash } of heads) {
        const row = await kysely.selectFrom('record').select('hash').where('scope', '=', scope).where('seq', '=', seq).executeTakeFirst()
        if (row?.hash !== hash) return true
      }
      return false
    },

    /** The readers of an incident's scope when it began. */
    async firstReaders(scope: string): Promise<Readers> {
      const row = await kysely.selectFrom('record').selectAll().where('scope', '=', scope).where('seq', '=', 1).executeTakeFirst()
      const record = row && readRecord(row, edge.unreadable)
      const op = record ? readOp(record.bytes, edge.sha256).op : null
      return scopeReaders(scope, () => (record && op ? step(undefined, op, appliedFromRecord(record, op)) : undefined), edge.now())
    },

    readEntity: entityOf,

    /** The heads of all scopes, for a node that looks for other nodes' commits. */
    heads: async (): Promise<ScopeHead[]> =>
      soundHeads(await kysely.selectFrom('scope_head').select(['scope', 'seq', 'hash']).where('seq', '>', 0).execute()),

    /** The heads of the scopes that moved last, newest first. */
    latestHeads: (): Promise<ScopeHead[]> =>
      kysely
        .selectFrom('scope_head')
        .innerJoin('record', (join) => join.onRef('record.scope', '=', 'scope_head.scope').onRef('record.seq', '=', 'scope_head.seq'))
        .select(['scope_head.scope', 'scope_head.seq', 'scope_head.hash'])
        .orderBy('record.hub_time', 'desc')
        .limit(LATEST)
        .execute(),

    /** The restricted scopes with their current readers. */
    async restrictedScopes(): Promise<Map<string, string[]>> {
      const found = new Map<string, string[]>()
      for (const { scope } of await kysely.selectFrom('scope_head').select('scope').where('restricted', '=', 1).execute())
        found.set(scope, [])
      const rows = await kysely
        .selectFrom('scope_reader')
        .select(['scope', 'member_id'])
        .where(isStillLent(edge.now()))
        .orderBy('member_id')
        .execute()
      for (const { scope, member_id: memberId } of rows) found.get(scope)?.push(memberId)
      return found
    },

    async headOf(scope: string): Promise<{ seq: number; hash: string } | null> {
      return (
        (await kysely
          .selectFrom('scope_head')
          .select(['seq', 'hash'])
          .where('scope', '=', scope)
          .where('seq', '>', 0)
          .executeTakeFirst()) ?? null
      )
    },

    /**
     * Walks the entities of a scope at one moment, one snapshot line each.
     * @returns the head of the log at that moment
     * @throws UnreadableRow when an entity cannot be read: a snapshot without it would be a different state
     */
    walkScope: (scope: string, each: (line: string) => Promise<void>): Promise<{ seq: number; hash: string }> =>
      readAtOnce(async (tx) => {
        const head = await tx.selectFrom('scope_head').select(['seq', 'hash']).where('scope', '=', scope).executeTakeFirstOrThrow()
        for (let after: { kind: string; id: string } | null = null; ;) {
          const from: { kind: string; id: string } | null = after
          const rows: EntityRow[] = await tx
            .selectFrom('entity')
            .selectAll()
            .where('scope', '=', scope)
            .$if(from !== null, (query) =>
              query.where(({ eb, refTuple, tuple }) => eb(refTuple('kind', 'id'), '>', tuple(from?.kind ?? '', from?.id ?? ''))),
            )
            .orderBy('kind')
            .orderBy('id')
            .limit(WALK_ROWS)
            .execute()
          for (const row of rows) {
            const { entity, mended } = await entityFrom(row, tx)
            await each(writeSnapshotLine(row.kind, row.id, mended ? toRow(entity).body : row.body))
          }
          after = rows.at(-1) ?? null
          if (rows.length < WALK_ROWS) return head
        }
      }),

    /** Stops the log if an error of another commit to its database is a disk failure. */
    noteFailure,

    /** A disk failed during a commit; nothing is accepted until the file is reopened. */
    hasFailed: () => broken !== null,

    /** Commits have failed because the database is unavailable, and none has succeeded since. */
    isHeldUp: () => heldUp > 0 && group.pending() > 0,

    /** Accepts no more ops. @returns null when idle, else a promise that resolves when all accepted ops are answered */
    close: group.close,
  }
}

export type HubLog = ReturnType<typeof createHubLog>
