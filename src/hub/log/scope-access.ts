import type { Kysely } from 'kysely'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { privateScope } from '#domain/log/ids.ts'
import type { ReadingEnded } from '#domain/log/signed-head.ts'
import { step } from '#domain/step.ts'
import type { HubTables } from '../database/hub-tables.ts'
import { isActiveMember } from './judge.ts'
import { createReadingsEnded } from './reading-ended.ts'
import { EVERYBODY, isStillLent, readersScope, scopeReaders, type AccessChange, type Readers } from './readers.ts'
import { readRecord } from './record-row.ts'
import { readOp, type HubEdge } from './submitted-ops.ts'

/** Who may read which scope of the log, now and before. */
export type ScopeAccess = {
  /** Whether a member may read a scope now, and so may learn that it exists. */
  mayRead(memberId: string, scope: string): Promise<boolean>
  /** Whether a member reads anything but their own scope. */
  isReader(memberId: string): Promise<boolean>
  /** Who may read a scope; used to notify this node's sessions of commits by other nodes. */
  readersOfScope(scope: string): Promise<Readers>
  /** The readers of an incident's scope when it began. */
  firstReaders(scope: string): Promise<Readers>
  /** The restricted scopes with their current readers. */
  restrictedScopes(): Promise<Map<string, string[]>>
  /** Scopes that lost a reader since a moment because a lent authority ended, with their current readers. */
  readingsEnded(since: number, now: number): Promise<AccessChange[]>
  /** The record that ended a member's access to a scope; null when there is none or the member may read the scope. */
  readingEnded(memberId: string, scope: string): Promise<ReadingEnded | null>
}

/** @param readEntity throws when the entity exists but cannot be read */
export function createScopeAccess(
  kysely: Kysely<HubTables>,
  edge: HubEdge,
  readEntity: (kind: string, id: string) => Promise<Entity | undefined>,
): ScopeAccess {
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

  const isReader = async (memberId: string) => memberId === EVERYBODY || isActiveMember(await readEntity('member', memberId), edge.now())

  async function mayRead(memberId: string, scope: string): Promise<boolean> {
    if (scope === privateScope(memberId)) return memberId !== EVERYBODY
    const readers = await readersOfScope(scope)
    return (readers === 'everyone' || (memberId !== EVERYBODY && readers.includes(memberId))) && (await isReader(memberId))
  }

  const findReadingEnded = createReadingsEnded(kysely, edge.now)

  return {
    mayRead,
    isReader,
    readersOfScope,
    async firstReaders(scope) {
      const row = await kysely.selectFrom('record').selectAll().where('scope', '=', scope).where('seq', '=', 1).executeTakeFirst()
      const record = row && readRecord(row, edge.unreadable)
      const op = record ? readOp(record.bytes, edge.sha256).op : null
      return scopeReaders(scope, () => (record && op ? step(undefined, op, appliedFromRecord(record, op)) : undefined), edge.now())
    },
    async restrictedScopes() {
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
    async readingsEnded(since, now) {
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
    readingEnded: async (memberId, scope) => ((await mayRead(memberId, scope)) ? null : findReadingEnded(memberId, scope)),
  }
}
