import type { Kysely } from 'kysely'
import { standingOf } from '#domain/members/standing.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import type { InviteRow } from './invites.ts'
import type { Joinings } from './joinings.ts'
import type { Newcomer, SignedIn } from './member-log.ts'
import type { Sessions } from './sessions.ts'

/** The company's provider: its display name, and whether it is the only way to sign in. */
export type CompanySignIn = { name: string; only: boolean }

/** Whether a write failed because another member has the same value. */
export function isTaken(error: unknown): boolean {
  // Matched by code: the message is in the server's language.
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

/** Placeholder for a missing login; users cannot type or choose it because it contains a space. */
export const noLogin = (memberId: string): string => `- ${memberId}`

type Parts = {
  db: Kysely<AccountTables>
  joinings: Joinings
  edge: HubAccountEdge
  sessions: Sessions
  comeIn(row: InviteRow, who: Newcomer, subject: string): Promise<Result<SignedIn>>
} & CompanySignIn

export type CompanyAccounts = {
  memberOf: (subject: string) => Promise<Result<string>>
  /** Why a subject cannot be given to a member, or to a new member (null); null when it can. */
  takenFrom(subject: string, memberId: string | null): Promise<Failure | null>
  signIn(subject: string, device: string): Promise<Result<SignedIn>>
  inviteOf: (id: string) => Promise<InviteRow | undefined>
  /** Joins by an invite, or gets a new way to sign in by a reset; the caller has checked that the invite is open. */
  join(inviteId: string, subject: string, who: Newcomer): Promise<Result<SignedIn>>
  /** Lets a member sign in by the provider; the password stays. */
  link(memberId: string, subject: string): Promise<Result<null>>
  /** Removes the provider account. Refused when it is the only way to sign in. */
  unlink(memberId: string, exceptSession: string | null): Promise<Result<null>>
}

/**
 * Sign-in by the company's provider. A `subject` is issuer and subject, never an e-mail address: those are reassigned (OpenID
 * Connect Core 1.0, section 5.7).
 */
export function companyAccounts({ db, joinings, edge, sessions, comeIn, name, only }: Parts): CompanyAccounts {
  const credentialOf = (subject: string) => db.selectFrom('credential').selectAll().where('oidc_subject', '=', subject).executeTakeFirst()
  const inviteOf = (id: string) => db.selectFrom('invite').selectAll().where('id', '=', id).executeTakeFirst()

  /** The member that a subject belongs to, if they may sign in. */
  async function memberOf(subject: string): Promise<Result<string>> {
    const row = await credentialOf(subject)
    if (!row) return fail('oidc-not-member', { name })
    const standing = standingOf(await joinings.memberOf(row.member_id), edge.now())
    return standing ? { ok: false, failure: standing } : done(row.member_id)
  }

  return {
    memberOf,

    async takenFrom(subject: string, memberId: string | null): Promise<Failure | null> {
      const row = await credentialOf(subject)
      return row && row.member_id !== memberId ? fail('oidc-taken', { name }).failure : null
    },

    async signIn(subject: string, device: string): Promise<Result<SignedIn>> {
      const member = await memberOf(subject)
      if (!member.ok) return member
      const session = await sessions.open(member.value, device)
      return done({ memberId: member.value, token: session.secret, sessionId: session.id })
    },

    inviteOf,

    async join(inviteId: string, subject: string, who: Newcomer): Promise<Result<SignedIn>> {
      const row = await inviteOf(inviteId)
      if (!row) return fail('invite-unknown')
      if (row.withdrawn_at !== null) return fail('invite-withdrawn')
      if (row.expires_at <= edge.now()) return fail('invite-expired', { at: row.expires_at })
      return comeIn(row, who, subject)
    },

    async link(memberId: string, subject: string): Promise<Result<null>> {
      const values = { oidc_subject: subject, changed_at: edge.now() }
      try {
        await db
          .insertInto('credential')
          .values({ member_id: memberId, login: noLogin(memberId), password: null, ...values })
          .onConflict((conflict) => conflict.column('member_id').doUpdateSet(values))
          .execute()
        return done(null)
      } catch (error) {
        if (isTaken(error)) return fail('oidc-taken', { name })
        throw error
      }
    },

    async unlink(memberId: string, exceptSession: string | null): Promise<Result<null>> {
      if (only) return fail('oidc-last-way', { name })
      const row = await db
        .updateTable('credential')
        .set({ oidc_subject: null, changed_at: edge.now() })
        .where('member_id', '=', memberId)
        .where('password', 'is not', null)
        .where('oidc_subject', 'is not', null)
        .returning('member_id')
        .executeTakeFirst()
      if (row) {
        // The session's way of sign-in is not recorded, so all sessions except the asking one end.
        await sessions.revoke({ memberId, ...(exceptSession === null ? {} : { except: exceptSession }) })
        return done(null)
      }
      const known = await db.selectFrom('credential').select('oidc_subject').where('member_id', '=', memberId).executeTakeFirst()
      return known?.oidc_subject ? fail('oidc-last-way', { name }) : fail('nothing-changes')
    },
  }
}
