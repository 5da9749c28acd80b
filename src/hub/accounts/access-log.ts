import type { Kysely } from 'kysely'
import type { AccessEntry, AccessKind } from '#contract/team-api.ts'
import { DAY } from '#domain/durations.ts'
import type { AccountTables } from './account-tables.ts'
import type { HubAccountEdge } from './account-edge.ts'

/** Network logs are kept for at least six months (Cybersecurity Law of the PRC, article 21); 190 days leave a margin. */
export const ACCESS_LOG_DAYS = 190
const PAGE = 200

export type AccessLog = {
  note(memberId: string | null, what: AccessKind, about: string, device: string): Promise<void>
  /** A page of entries, newest first. */
  page(before: number | null, memberId: string | null): Promise<AccessEntry[]>
  /** Deletes entries past their retention. */
  sweep(): Promise<void>
}

/** Records sign-ins with their device, and reveals of personal data. */
export function createAccessLog(db: Kysely<AccountTables>, edge: HubAccountEdge): AccessLog {
  return {
    async note(memberId: string | null, what: AccessKind, about: string, device: string): Promise<void> {
      await db.insertInto('access').values({ id: edge.uuid(), at: edge.now(), member_id: memberId, what, about, device }).execute()
    },
    async page(before: number | null, memberId: string | null): Promise<AccessEntry[]> {
      const rows = await db
        .selectFrom('access')
        .selectAll()
        .$if(before !== null, (query) => query.where('at', '<', before ?? 0))
        .$if(memberId !== null, (query) => query.where('member_id', '=', memberId))
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(PAGE)
        .execute()
      return rows.map(({ id, at, member_id, what, about, device }) => ({ id, at, memberId: member_id, what, about, device }))
    },
    async sweep(): Promise<void> {
      await db
        .deleteFrom('access')
        .where('at', '<', edge.now() - ACCESS_LOG_DAYS * DAY)
        .execute()
    },
  }
}
