import type { Kysely, Selectable } from 'kysely'
import { MINUTE } from '#domain/durations.ts'
import { isUuid } from '#domain/log/ids.ts'
import { done, type Result } from '#contract/failures.ts'
import type { AccountTables } from './account-tables.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { SignedIn } from './member-log.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** The owner of a session secret. */
export type SessionOwner = { sessionId: string; memberId: string; device: string }

/** Last use is written at most this often, milliseconds; it is for display only. */
const SEEN_EVERY_MS = MINUTE

export type SessionRow = Selectable<AccountTables['session']>

export type Sessions = {
  /** @returns the secret, which only the device keeps */
  open(memberId: string, device: string, within?: Kysely<AccountTables>): Promise<{ id: string; secret: string }>
  /** Gives a session another secret, such as one that only a page can use. */
  bind(id: string, secret: string): Promise<void>
  /** The session of a secret: its owner, `revoked`, or null when the secret is unknown. */
  find(secret: string): Promise<SessionOwner | 'revoked' | null>
  /** The member a secret belongs or belonged to; null when unknown. */
  memberOf: (secret: string) => Promise<string | null>
  /** Valid sessions, most recently used first. */
  list(memberId: string | null): Promise<SessionRow[]>
  /** Which of these were revoked, here or at another node. */
  revokedAmong(ids: readonly string[]): Promise<string[]>
  byId: (id: string) => Promise<SessionRow | undefined>
  /** @returns the sessions that were valid until now */
  revoke(which: { id: string } | { memberId: string; except?: string }): Promise<string[]>
}

/** Sign-ins of devices, each with its own secret that can be revoked separately. */
export function createSessions(db: Kysely<AccountTables>, edge: HubAccountEdge): Sessions {
  return {
    async open(memberId: string, device: string, within: Kysely<AccountTables> = db): Promise<{ id: string; secret: string }> {
      const id = edge.uuid()
      const secret = newSecret(edge.random)
      const now = edge.now()
      await within
        .insertInto('session')
        .values({ id, member_id: memberId, secret_hash: hashSecret(secret), device, created_at: now, last_seen_at: now, revoked_at: null })
        .execute()
      return { id, secret }
    },

    async bind(id: string, secret: string): Promise<void> {
      await db
        .updateTable('session')
        .set({ secret_hash: hashSecret(secret) })
        .where('id', '=', id)
        .execute()
    },

    async find(secret: string): Promise<SessionOwner | 'revoked' | null> {
      const row = await db.selectFrom('session').selectAll().where('secret_hash', '=', hashSecret(secret)).executeTakeFirst()
      // Earlier versions accepted invalid IDs at joining, such as the one for "everyone".
      if (!row || !isUuid(row.member_id)) return null
      if (row.revoked_at !== null) return 'revoked'
      const now = edge.now()
      if (now - row.last_seen_at >= SEEN_EVERY_MS)
        await db.updateTable('session').set({ last_seen_at: now }).where('id', '=', row.id).execute()
      return { sessionId: row.id, memberId: row.member_id, device: row.device }
    },

    memberOf: async (secret: string): Promise<string | null> =>
      (await db.selectFrom('session').select('member_id').where('secret_hash', '=', hashSecret(secret)).executeTakeFirst())?.member_id ??
      null,

    list(memberId: string | null) {
      const all = db.selectFrom('session').selectAll().where('revoked_at', 'is', null).orderBy('last_seen_at', 'desc').orderBy('id')
      return (memberId === null ? all : all.where('member_id', '=', memberId)).execute()
    },

    async revokedAmong(ids: readonly string[]): Promise<string[]> {
      if (ids.length === 0) return []
      const rows = await db
        .selectFrom('session')
        .select('id')
        .where('id', 'in', [...ids])
        .where('revoked_at', 'is not', null)
        .execute()
      return rows.map(({ id }) => id)
    },

    byId: (id: string) => db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst(),

    async revoke(which: { id: string } | { memberId: string; except?: string }): Promise<string[]> {
      const base = db.updateTable('session').set({ revoked_at: edge.now() }).where('revoked_at', 'is', null)
      const chosen =
        'id' in which
          ? base.where('id', '=', which.id)
          : base
              .where('member_id', '=', which.memberId)
              .$if(which.except !== undefined, (query) => query.where('id', '!=', which.except ?? ''))
      const rows = await chosen.returning('id').execute()
      return rows.map(({ id }) => id)
    },
  }
}

/** Opens a session and returns what its device keeps. `within`: the transaction that gives the member a way to sign in. */
export async function openSession(
  sessions: Sessions,
  within: Kysely<AccountTables>,
  memberId: string,
  device: string,
): Promise<Result<SignedIn>> {
  const session = await sessions.open(memberId, device, within)
  return done({ memberId, token: session.secret, sessionId: session.id })
}
