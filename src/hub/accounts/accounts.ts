import type { Kysely } from 'kysely'
import type { MemberPosition } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { companyAccounts, noLogin, type CompanyAccounts, type CompanySignIn } from './company-accounts.ts'
import { endAccess } from './end-access.ts'
import { createFailedAttempts, type FailedAttempts } from './failed-attempts.ts'
import { createInvites, placeOf, type InviteRow, type Invites } from './invites.ts'
import { createJoinings, type Joinings } from './joinings.ts'
import { createPasswordAccounts, type PasswordAccounts } from './password-accounts.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import type { MemberLog, Newcomer, SignedIn } from './member-log.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { TokenTables } from './token-tables.ts'
import { createUseInvite } from './use-invite.ts'

export type { MemberLog, SignedIn }

export type NewMember = Newcomer & { login: string; password: string }

/** How a member can sign in. */
export type SignInWays = {
  login: string | null
  hasPassword: boolean
  company: { name: string; linked: boolean; only: boolean } | null
}

/** Passwords, invites and sessions. All of it stays at the hub and never enters the log, except the op that creates a member. */
export type Accounts = Pick<PasswordAccounts, 'signIn' | 'setPassword'> & {
  sessions: Sessions
  invites: Invites
  failures: FailedAttempts
  company: CompanyAccounts
  /** Reads an invite without using it. */
  peek(secret: string): Promise<Result<{ row: InviteRow; place: MemberPosition }>>
  /** Joins by an invite: creates member, credential and first session. The invite is used up, or nothing changes. */
  useInvite(secret: string, who: NewMember): Promise<Result<SignedIn>>
  finishJoinings: Joinings['finish']
  loginOf(memberId: string): Promise<SignInWays>
  /** Ends all access of a member who may no longer sign in; it stays ended when they are reinstated. */
  endAccess(memberId: string): Promise<string[]>
  /** The same for everyone whose membership was revoked or whose contract has ended. */
  endOfThoseOut(memberIds: readonly string[]): Promise<void>
  /** Members with any means of access. */
  membersWithAccess(): Promise<string[]>
}

/** @param company the company's OpenID Connect provider, and whether it is the only way to sign in */
export function createAccounts(
  db: Kysely<AccountTables>,
  log: MemberLog,
  edge: HubAccountEdge,
  passwords: Passwords = createPasswords(),
  company: CompanySignIn | null = null,
): Accounts {
  const sessions = createSessions(db, edge)
  const invites = createInvites(db, edge)
  const failures = createFailedAttempts(db, edge)
  const joinings = createJoinings(db, log, edge)
  const comeIn = createUseInvite({ db, log, edge, sessions, invites, joinings, companyName: company?.name ?? '' })
  const byPassword = createPasswordAccounts({ db, edge, passwords, sessions, failures, company, joinings })

  return {
    sessions,
    invites,
    failures,
    company: companyAccounts({
      db,
      joinings,
      edge,
      sessions,
      name: company?.name ?? '',
      only: company?.only ?? false,
      comeIn: (row, who, subject) => comeIn(row, who, { subject }),
    }),

    async peek(secret) {
      const found = await invites.open(secret)
      if (!found.ok) return found
      const place = placeOf(found.value)
      return place ? done({ row: found.value, place }) : fail('invite-unknown')
    },

    async useInvite(secret, who) {
      const off = byPassword.off()
      if (off) return off
      const found = await invites.open(secret)
      if (!found.ok) return found
      return comeIn(found.value, who, { login: who.login, password: await passwords.hash(who.password) })
    },

    finishJoinings: joinings.finish,
    signIn: byPassword.signIn,
    setPassword: byPassword.setPassword,

    async loginOf(memberId) {
      const row = await db.selectFrom('credential').selectAll().where('member_id', '=', memberId).executeTakeFirst()
      const linked = typeof row?.oidc_subject === 'string'
      return {
        login: row === undefined || row.login === noLogin(memberId) ? null : row.login,
        hasPassword: typeof row?.password === 'string',
        company: company ? { name: company.name, linked, only: company.only } : null,
      }
    },

    endAccess: (memberId) => endAccess(db, memberId, edge.now()),

    async endOfThoseOut(memberIds) {
      for (const memberId of memberIds) {
        const standing = standingOf(await log.readMember(memberId), edge.now())
        if (standing?.code === 'member-revoked' || standing?.code === 'vendor-period-over') await endAccess(db, memberId, edge.now())
      }
    },

    async membersWithAccess() {
      const rows = await db.selectFrom('session').select('member_id').distinct().where('revoked_at', 'is', null).execute()
      const tokens = await db
        .withTables<TokenTables>()
        .selectFrom('token')
        .select('member_id')
        .distinct()
        .where('kind', '=', 'personal')
        .where('revoked_at', 'is', null)
        .execute()
      return [...new Set([...rows, ...tokens].map((row) => row.member_id))]
    },
  }
}
