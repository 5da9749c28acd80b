import type { Kysely, Selectable } from 'kysely'
import { standingOf } from '#domain/members/standing.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { isTaken, type CompanySignIn } from './company-accounts.ts'
import { endAccess } from './end-access.ts'
import type { FailedAttempts } from './failed-attempts.ts'
import type { Joinings } from './joinings.ts'
import type { SignedIn } from './member-log.ts'
import type { Passwords } from './passwords.ts'
import { openSession, type Sessions } from './sessions.ts'

type Parts = {
  db: Kysely<AccountTables>
  edge: HubAccountEdge
  passwords: Passwords
  sessions: Sessions
  failures: FailedAttempts
  company: CompanySignIn | null
  joinings: Joinings
}

/** Sign-in by login and password. */
export type PasswordAccounts = {
  /** The failure when the team signs in by the company's provider only. */
  off(): Result<never> | null
  /**
   * Signs in by password.
   * @param address where the attempt comes from, for the lock-out
   */
  signIn(login: string, password: string, device: string, address: string): Promise<Result<SignedIn>>
  /**
   * Sets login and password; the other sessions of the member end.
   * @param old the current password, empty when there is none yet
   * @param keep the session that asks
   * @returns the sessions that ended
   */
  setPassword(
    memberId: string,
    login: string,
    old: string,
    password: string,
    keep: string | null,
    address: string,
  ): Promise<Result<string[]>>
}

export function createPasswordAccounts({ db, edge, passwords, sessions, failures, company, joinings }: Parts): PasswordAccounts {
  const off = () => (company?.only ? fail('oidc-only', { name: company.name }) : null)

  /** In a transaction: whether this is still the member's password; locked until the commit. */
  async function holdPassword(within: Kysely<AccountTables>, memberId: string, known: string | null): Promise<boolean> {
    const same = within.updateTable('credential').set({ password: known }).where('member_id', '=', memberId)
    const row = await (known === null ? same.where('password', 'is', null) : same.where('password', '=', known))
      .returning('member_id')
      .executeTakeFirst()
    return row !== undefined
  }

  return {
    off,

    async signIn(login, password, device, address) {
      const failure = off()
      if (failure) return failure
      const attempt = await failures.begin(login, address)
      if (attempt.until !== null) return fail('locked-out', { until: attempt.until })
      let row: Selectable<AccountTables['credential']> | undefined
      try {
        row = await db.selectFrom('credential').selectAll().where('login', '=', login).executeTakeFirst()
        if (!(await passwords.matches(row?.password ?? null, password)) || !row) {
          attempt.failed()
          return fail('sign-in-failed')
        }
        await failures.clear(login, address)
      } finally {
        await attempt.end()
      }
      const standing = standingOf(await joinings.memberOf(row.member_id), edge.now())
      if (standing) return { ok: false, failure: standing }
      const { member_id: memberId, password: known } = row
      return db.transaction().execute(async (within) => {
        // Hashing takes time, in which the password may have been reset; then this is the old one.
        if (!(await holdPassword(within, memberId, known))) return fail('sign-in-failed')
        return openSession(sessions, within, memberId, device)
      })
    },

    async setPassword(memberId, login, old, password, keep, address) {
      const failure = off()
      if (failure) return failure
      const row = await db.selectFrom('credential').selectAll().where('member_id', '=', memberId).executeTakeFirst()
      if (row && row.password !== null) {
        const attempt = await failures.begin(row.login, address)
        if (attempt.until !== null) return fail('locked-out', { until: attempt.until })
        try {
          if (!(await passwords.matches(row.password, old))) {
            attempt.failed()
            return fail('password-wrong')
          }
        } finally {
          await attempt.end()
        }
      }
      const values = { login, password: await passwords.hash(password), changed_at: edge.now() }
      try {
        return await db.transaction().execute(async (within) => {
          if (row && !(await holdPassword(within, memberId, row.password))) return fail('password-wrong')
          await within
            .insertInto('credential')
            .values({ member_id: memberId, oidc_subject: null, ...values })
            .onConflict((conflict) => conflict.column('member_id').doUpdateSet(values))
            .execute()
          return done(await endAccess(within, memberId, edge.now(), keep))
        })
      } catch (error) {
        if (isTaken(error)) return fail('login-taken', { login })
        throw error
      }
    },
  }
}
