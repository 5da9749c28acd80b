import type { Transaction } from 'kysely'
import { privateScope } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { ScopeHead } from '#contract/hub-link.ts'
import { isCutOff, isDiskFailure, isHeld, isOutage, isRace } from '../database/database-failure.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { HubTables } from '../database/hub-tables.ts'
import { createOpAcceptor } from './accept-ops.ts'
import { EntityTaken } from './buffered-entities.ts'
import { createGroupCommit, type Settled } from './group-commit.ts'
import { readOp, SessionEnded, sharedScopesOf, type GivenOp, type HubEdge, type Session } from './submitted-ops.ts'
import { loading } from './loading.ts'
import { createLogTransaction } from './log-transaction.ts'
import type { AccessChange, Readers } from './readers.ts'

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

/** Commits submissions to the log, in groups. */
export type OpCommitter = {
  /**
   * Accepts a batch of ops from a session. Durable when it resolves.
   * @throws database errors; after a disk failure during a commit, nothing is acknowledged until the file is reopened, because it
   *   is unknown what reached the disk (reliability study, D5)
   */
  submit(texts: readonly string[], session: Session): Promise<Submitted>
  /** Stops the log if an error of another commit to its database is a disk failure. */
  noteFailure(error: unknown): void
  /** A disk failed during a commit; nothing is accepted until the file is reopened. */
  hasFailed(): boolean
  /** Commits have failed because the database is unavailable, and none has succeeded since. */
  isHeldUp(): boolean
  /** Accepts no more ops. @returns null when idle, else a promise that resolves when all accepted ops are answered */
  close(): Promise<void> | null
}

type Job = { given: readonly GivenOp[]; session: Session; length: number }

/** Upper bounds of one commit, so that its first job does not wait long. */
const GROUP = { ops: 1000, length: 2 * 1024 * 1024 }
const TRIES = 8
/** How often a lock held by others is retried; each try lasts as long as the database's lock timeout. */
const HELD_TRIES = 4
/** How often an interrupted transaction is retried. */
const CUT_TRIES = 3

/** The keys that order jobs: the scopes they write to and the devices that count their ops. */
function keysOfJob({ given, session }: Job): string[] {
  const shared = given.flatMap(sharedScopesOf)
  const devices = session.counts ? given.flatMap(({ op }) => (op ? [`device:${op.replicaId}`] : [])) : []
  return [...new Set([...shared, ...devices, ...(shared.length === 0 ? [privateScope(session.memberId)] : [])])]
}

/** How often a transaction that fails with this error is tried in all. */
function triesAfter(error: unknown): number {
  if (isRace(error) || error instanceof EntityTaken) return TRIES
  if (isHeld(error)) return HELD_TRIES
  return isCutOff(error) ? CUT_TRIES : 1
}

/**
 * Judges and writes jobs in one transaction.
 * @throws SessionEnded, ClonedReplica when one of them must be rejected as a whole
 */
async function judgeAll(
  jobs: readonly Job[],
  tx: Transaction<HubTables>,
  { engine }: Pick<HubDatabase, 'engine'>,
  edge: HubEdge,
): Promise<Submitted[]> {
  const set = createLogTransaction(tx, engine, edge.unreadable, edge.now)
  const acceptor = createOpAcceptor(set, edge)
  await set.lockScopes(jobs.flatMap(({ given }) => given.flatMap(sharedScopesOf)))
  for (const { given, session } of jobs) for (const one of given) acceptor.want(one, session)
  await set.loadCounters(
    jobs.flatMap(({ given, session }) =>
      session.counts ? given.flatMap(({ op }) => (op ? [{ replicaId: op.replicaId, memberId: session.memberId }] : [])) : [],
    ),
  )
  await set.load()
  await set.lockScopes(
    await loading(set, () => jobs.flatMap(({ given, session }) => given.flatMap((one) => acceptor.privateScopesOf(one, session)))),
  )
  const submitted: Submitted[] = []
  for (const { given, session } of jobs) {
    const records: LogRecord[] = []
    const access: AccessChange[] = []
    const before = set.appendedCount()
    for (const one of given) records.push(await loading(set, () => acceptor.accept(one, session, given, access)))
    const heads: AnnouncedHead[] = []
    for (const scope of set.movedSince(before)) {
      const { seq, hash } = set.headOf(scope)
      heads.push({ scope, seq, hash, readers: await loading(set, () => acceptor.readersHere(scope)) })
    }
    submitted.push({ records, heads, access })
  }
  await set.write()
  const sessions = new Set(jobs.flatMap(({ session }) => session.sessionId ?? []))
  if (!(await edge.lockSessions(tx, engine, [...sessions]))) throw new SessionEnded('A sign-in was taken back')
  return submitted
}

export function createOpCommitter(database: HubDatabase, edge: HubEdge): OpCommitter {
  const { engine, kysely, writers } = database
  let broken: unknown = null
  let heldUp = 0

  async function commitTogether(jobs: readonly Job[], mixed: boolean): Promise<Submitted[] | 'held'> {
    for (let attempt = 1; ; attempt++) {
      try {
        // Each statement must see what others committed before the scopes were locked.
        return await kysely
          .transaction()
          .setIsolationLevel('read committed')
          .execute((tx) => judgeAll(jobs, tx, database, edge))
      } catch (error) {
        if (mixed && isHeld(error)) return 'held'
        // Either all of it was stored or none: an op that already has a record gets that record.
        if (attempt >= triesAfter(error) || engine === 'sqlite') throw error
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

  return {
    submit(texts, session) {
      const given = texts.map((text) => readOp(text, edge.sha256))
      return group.submit({ given, session, length: given.reduce((sum, { text }) => sum + text.length, 0) })
    },
    noteFailure,
    hasFailed: () => broken !== null,
    isHeldUp: () => heldUp > 0 && group.pending() > 0,
    close: group.close,
  }
}
