import type { Kysely } from 'kysely'
import { isUuid } from '#domain/log/ids.ts'
import { standingOf } from '#domain/members/standing.ts'
import { fail, type Result } from '#contract/failures.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { isTaken, noLogin } from './company-accounts.ts'
import { endAccess } from './end-access.ts'
import { placeOf, type InviteRow, type Invites } from './invites.ts'
import type { Joinings } from './joinings.ts'
import type { MemberLog, Newcomer, SignedIn } from './member-log.ts'
import { openSession, type Sessions } from './sessions.ts'

/** The new way to sign in: login and password, or a provider subject. */
export type Credential = { login: string; password: string } | { subject: string }

type Parts = {
  db: Kysely<AccountTables>
  log: MemberLog
  edge: HubAccountEdge
  sessions: Sessions
  invites: Invites
  joinings: Joinings
  companyName: string
}

/**
 * Uses an invite that is open: creates member, credential and first session, or changes nothing. A reset code gives a known member
 * a new way to sign in.
 */
export type UseInvite = (row: InviteRow, who: Newcomer, credential: Credential) => Promise<Result<SignedIn>>

export function createUseInvite({ db, log, edge, sessions, invites, joinings, companyName }: Parts): UseInvite {
  /** Whether the ID belongs to a member or has a way to sign in. Known people come in as themselves; only an unused ID may be reused. */
  async function isKnown(memberId: string): Promise<boolean> {
    if ((await log.readMember(memberId)) !== null) return true
    return (await db.selectFrom('credential').select('member_id').where('member_id', '=', memberId).executeTakeFirst()) !== undefined
  }

  /** The failure when another member already has this credential. */
  const taken = (credential: Credential) =>
    'login' in credential ? fail('login-taken', { login: credential.login }) : fail('oidc-taken', { name: companyName })

  /** Whether an invite's creator may still invite; only an owner may invite an owner. The hub itself always may. */
  async function isBacked({ created_by: maker, kind, member_id: memberId }: InviteRow): Promise<boolean> {
    const member = await log.readMember(maker)
    if (!member) return true
    if (standingOf(member, edge.now()) !== null) return false
    return kind !== 'reset' || member.owner || maker === memberId || (await log.readMember(memberId ?? ''))?.owner !== true
  }

  async function useReset(row: InviteRow, device: string, credential: Credential): Promise<Result<SignedIn>> {
    const memberId = row.member_id ?? ''
    try {
      return await db.transaction().execute(async (within) => {
        if (!(await invites.use(within, row.id, memberId, null))) return fail('invite-used')
        // Setting a new way to sign in ends all earlier sessions, even if the new way is of another kind.
        const values =
          'login' in credential
            ? { ...credential, oidc_subject: null, changed_at: edge.now() }
            : { password: null, oidc_subject: credential.subject, changed_at: edge.now() }
        await within
          .insertInto('credential')
          .values({ member_id: memberId, login: noLogin(memberId), ...values })
          .onConflict((conflict) => conflict.column('member_id').doUpdateSet(values))
          .execute()
        await endAccess(within, memberId, edge.now())
        return openSession(sessions, within, memberId, device)
      })
    } catch (error) {
      if (isTaken(error)) return taken(credential)
      throw error
    }
  }

  return async (row, { name, device, formerId }, credential) => {
    if (!(await isBacked(row))) return fail('invite-withdrawn')
    if (row.kind === 'reset') return useReset(row, device, credential)
    if (formerId !== undefined && (await isKnown(formerId))) return fail('member-known')
    const memberId = formerId ?? edge.uuid()
    const place = placeOf(row)
    if (place === null) return fail('invite-unknown')
    if (!isUuid(memberId)) return fail('bad-input', { detail: 'formerId' })
    const op = joinings.opOf(memberId, name, place)
    let signedIn: Result<SignedIn>
    try {
      signedIn = await db.transaction().execute(async (within) => {
        if (!(await invites.use(within, row.id, memberId, op))) return fail('invite-used')
        const values =
          'login' in credential
            ? { ...credential, oidc_subject: null }
            : { login: noLogin(memberId), password: null, oidc_subject: credential.subject }
        await within
          .insertInto('credential')
          .values({ member_id: memberId, ...values, changed_at: edge.now() })
          .execute()
        return openSession(sessions, within, memberId, device)
      })
    } catch (error) {
      if (isTaken(error)) return taken(credential)
      throw error
    }
    if (!signedIn.ok) return signedIn
    const joined = await joinings.write({ ...row, member_id: memberId, join_op: op })
    return joined.ok ? signedIn : joined
  }
}
