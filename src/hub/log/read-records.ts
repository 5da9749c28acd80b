import type { Kysely } from 'kysely'
import { privateScope, ScopeId } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { ScopeHead } from '#contract/hub-link.ts'
import type { HubTables, RecordRow } from '../database/hub-tables.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import { isStillLent, readersScope } from './readers.ts'
import { readRecord } from './record-row.ts'
import type { ScopeAccess } from './scope-access.ts'

const LATEST = 8

/** Reads the records and heads of the log. */
export type RecordReader = {
  /** Records of a scope after a sequence number, oldest first; none when the member may not read the scope. */
  readAfter(memberId: string, scope: string, afterSeq: number, limit: number): Promise<LogRecord[]>
  /** The heads of the scopes that a member may read. */
  headsFor(memberId: string): Promise<ScopeHead[]>
  /** The hash of one record, so that a replica can compare its log; null when there is none or the member may not read it. */
  hashAt(memberId: string, scope: string, seq: number): Promise<string | null>
  /** Whether the log lacks records that it once held, given by number and hash. */
  lacks(heads: readonly ScopeHead[]): Promise<boolean>
  /** The heads of all scopes, for a node that looks for other nodes' commits. */
  heads(): Promise<ScopeHead[]>
  /** The heads of the scopes that moved last, newest first. */
  latestHeads(): Promise<ScopeHead[]>
  headOf(scope: string): Promise<{ seq: number; hash: string } | null>
}

export function createRecordReader(
  kysely: Kysely<HubTables>,
  { now, unreadable }: { now(): number; unreadable: UnreadableRows },
  { mayRead, isReader }: Pick<ScopeAccess, 'mayRead' | 'isReader'>,
): RecordReader {
  const hashOf = async (scope: string, seq: number) =>
    (await kysely.selectFrom('record').select('hash').where('scope', '=', scope).where('seq', '=', seq).executeTakeFirst())?.hash ?? null

  /** The restricted scopes that a member may not read. */
  async function scopesHiddenFrom(memberId: string): Promise<Set<string>> {
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
              .where(isStillLent(now())),
          ),
        ),
      )
      .execute()
    return new Set(hidden.map(({ scope }) => scope))
  }

  return {
    async readAfter(memberId, scope, afterSeq, limit) {
      const rows = await kysely
        .selectFrom('record')
        .selectAll()
        .where('scope', '=', scope)
        .where('seq', '>', afterSeq)
        .orderBy('seq')
        .limit(limit)
        .execute()
      // Checked after reading, so that a member who just lost access gets nothing.
      return rows.length > 0 && (await mayRead(memberId, scope)) ? recordsOf(rows, unreadable) : []
    },
    async headsFor(memberId) {
      const own = privateScope(memberId)
      const all = await kysely
        .selectFrom('scope_head')
        .select(['scope', 'seq', 'hash'])
        .where('seq', '>', 0)
        .where((where) => where.or([where('scope', 'not like', 'private:%'), where('scope', '=', own)]))
        .orderBy('scope')
        .execute()
      const heads = soundHeads(all, unreadable)
      if (!(await isReader(memberId))) return heads.filter(({ scope }) => scope === own)
      const hidden = await scopesHiddenFrom(memberId)
      return heads.filter(({ scope }) => !hidden.has(readersScope(scope)))
    },
    async hashAt(memberId, scope, seq) {
      const hash = await hashOf(scope, seq)
      return hash !== null && (await mayRead(memberId, scope)) ? hash : null
    },
    async lacks(heads) {
      for (const { scope, seq, hash } of heads) if ((await hashOf(scope, seq)) !== hash) return true
      return false
    },
    heads: async () =>
      soundHeads(await kysely.selectFrom('scope_head').select(['scope', 'seq', 'hash']).where('seq', '>', 0).execute(), unreadable),
    latestHeads: () =>
      kysely
        .selectFrom('scope_head')
        .innerJoin('record', (join) => join.onRef('record.scope', '=', 'scope_head.scope').onRef('record.seq', '=', 'scope_head.seq'))
        .select(['scope_head.scope', 'scope_head.seq', 'scope_head.hash'])
        .orderBy('record.hub_time', 'desc')
        .limit(LATEST)
        .execute(),
    async headOf(scope) {
      const head = kysely.selectFrom('scope_head').select(['seq', 'hash']).where('scope', '=', scope).where('seq', '>', 0)
      return (await head.executeTakeFirst()) ?? null
    },
  }
}

/** Consecutive records up to the first unreadable one; records after a gap cannot be verified. */
function recordsOf(rows: readonly RecordRow[], unreadable: UnreadableRows): LogRecord[] {
  const records: LogRecord[] = []
  for (const row of rows) {
    const record = readRecord(row, unreadable)
    if (record === null) break
    records.push(record)
  }
  return records
}

/** The heads that are valid; a malformed head is left out. */
function soundHeads(heads: readonly ScopeHead[], unreadable: UnreadableRows): ScopeHead[] {
  return heads.filter((head) => {
    if (ScopeId.safeParse(head.scope).success && Number.isSafeInteger(head.seq)) return true
    unreadable.note({ place: 'scope_head', name: head.scope, why: 'it names no scope, or says not where it stands' })
    return false
  })
}
