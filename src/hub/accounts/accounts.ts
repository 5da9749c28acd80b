import type { Kysely, Selectable } from 'kysely'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { isUuid, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { MemberPlace } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { isNotSaved } from '#storage/disk-failure.ts'
import { isOutage } from '../database/database-failure.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { companyAccounts, isTaken, noLogin, type CompanySignIn } from './company-accounts.ts'
import { whyUnreadable, type Unreadable } from '../database/unreadable.ts'
import { endAccess } from './end-access.ts'
import { createFailedAttempts } from './failed-attempts.ts'
import { createInvites, placeOf, type InviteRow } from './invites.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import type { MemberLog, Newcomer, SignedIn } from './member-log.ts'
import { createSessions } from './sessions.ts'
import type { TokenTables } from './token-tables.ts'

export type { MemberLog, SignedIn }

export type NewMember = Newcomer & { login: string; password: string }

/** The new way to sign in: login and password, or a provider subject. */
type Credential = { login: string; password: string } | { subject: string }

/**
 * Passwords, invites and sessions. All of it stays at the hub and never enters the log, except the op that creates a member.
 * @param company the company's OpenID Connect provider, and whether it is the only way to sign in
 */
export function createAccounts(
  db: Kysely<AccountTables>,
  log: MemberLog,
  edge: HubAccountEdge,
  passwords: Passwords = createPasswords(),
  company: CompanySignIn | null = null,
) {
  const sessions = createSessions(db, edge)
  const invites = createInvites(db, edge)
  const failures = createFailedAttempts(db, edge)

  /** The op that creates a member, written by the hub in the member's name because they have no device yet. */
  function joinOp(memberId: string, name: string, place: MemberPlace): string {
    return JSON.stringify({
      opId: edge.uuid(),
      scope: TEAM_SCOPE,
      // A replica ID for this one op only; its counter starts and ends here.
      replicaId: edge.uuid(),
      counter: 1,
      entity: { kind: 'member', id: memberId },
      type: 'member.join',
      version: 1,
      body: { name, ...place },
      hlc: tickHlc(HLC_START, edge.now()),
      baseSeq: 0,
    })
  }

  /** Whether the ID belongs to a member or has a way to sign in. Known people come in as themselves; only an unused ID may be reused. */
  async function isKnown(memberId: string): Promise<boolean> {
    if ((await log.readMember(memberId)) !== null) return true
    return (await db.selectFrom('credential').select('member_id').where('member_id', '=', memberId).executeTakeFirst()) !== undefined
  }

  async function writeJoining(row: Pick<InviteRow, 'id' | 'kind' | 'member_id' | 'place' | 'join_op'>): Promise<Result<null>> {
    const place = placeOf(row)
    if (row.join_op === null || row.member_id === null) return done(null)
    // Earlier versions accepted IDs at sign-in that no member can have.
    if (!isUuid(row.member_id) || place === null) return fail('unreadable-here', { kind: 'invite' })
    const joined = await log.join(row.join_op, row.member_id, { kind: 'invited', ...place })
    if (joined.ok) await db.updateTable('invite').set({ join_op: null }).where('id', '=', row.id).execute()
    return joined
  }

  async function giveUp({ id, member_id: memberId }: Pick<InviteRow, 'id' | 'member_id'>): Promise<void> {
    // A member keeps their way to sign in; so does anyone whose membership cannot be determined.
    const known = memberId !== null && (await log.readMember(memberId).catch(() => undefined)) !== null
    await db.transaction().execute(async (within) => {
      await within.updateTable('invite').set({ join_op: null }).where('id', '=', id).execute()
      if (memberId === null || known) return
      await within.deleteFrom('credential').where('member_id', '=', memberId).execute()
      await within
        .updateTable('session')
        .set({ revoked_at: edge.now() })
        .where('member_id', '=', memberId)
        .where('revoked_at', 'is', null)
        .execute()
    })
  }

  const passwordsOff = () => (company?.only ? fail('oidc-only', { name: company.name }) : null)

  /** The failure when another member already has this credential. */
  const taken = (credential: Credential) =>
    'login' in credential ? fail('login-taken', { login: credential.login }) : fail('oidc-taken', { name: company?.name ?? '' })

  /** In a transaction: whether this is still the member's password; locked until the commit. */
  async function holdPassword(within: Kysely<AccountTables>, memberId: string, known: string | null): Promise<boolean> {
    const same = within.updateTable('credential').set({ password: known }).where('member_id', '=', memberId)
    const row = await (known === null ? same.where('password', 'is', null) : same.where('password', '=', known))
      .returning('member_id')
      .executeTakeFirst()
    return row !== undefined
  }

  /** In a transaction: opens the first session of a member who just got a way to sign in. */
  async function openSession(within: Kysely<AccountTables>, memberId: string, device: string): Promise<Result<SignedIn>> {
    const session = await sessions.open(memberId, device, within)
    return done({ memberId, token: session.secret, sessionId: session.id })
  }

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
        return openSession(within, memberId, device)
      })
    } catch (error) {
      if (isTaken(error)) return taken(credential)
      throw error
    }
  }

  /** Uses an invite up: creates member, credential and first session, or changes nothing. */
  async function comeIn(row: InviteRow, { name, device, formerId }: Newcomer, credential: Credential): Promise<Result<SignedIn>> {
    if (!(await isBacked(row))) return fail('invite-withdrawn')
    if (row.kind === 'reset') return useReset(row, device, credential)
    if (formerId !== undefined && (await isKnown(formerId))) return fail('member-known')
    const memberId = formerId ?? edge.uuid()
    const place = placeOf(row)
    if (place === null) return fail('invite-unknown')
    if (!isUuid(memberId)) return fail('bad-input', { detail: 'formerId' })
    const op = joinOp(memberId, name, place)
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
        return openSession(within, memberId, device)
      })
    } catch (error) {
      if (isTaken(error)) return taken(credential)
      throw error
    }
    if (!signedIn.ok) return signedIn
    const joined = await writeJoining({ ...row, member_id: memberId, join_op: op })
    return joined.ok ? signedIn : joined
  }

  return {
    sessions,
    invites,
    failures,
    company: companyAccounts({
      db,
      log,
      edge,
      sessions,
      name: company?.name ?? '',
      only: company?.only ?? false,
      comeIn: (row, who, subject) => comeIn(row, who, { subject }),
    }),

    /** Reads an invite without using it. */
    async peek(secret: string): Promise<Result<{ row: InviteRow; place: MemberPlace }>> {
      const found = await invites.open(secret)
      if (!found.ok) return found
      const place = placeOf(found.value)
      return place ? done({ row: found.value, place }) : fail('invite-unknown')
    },

    /** Joins by an invite: creates member, credential and first session. The invite is used up, or nothing changes. */
    async useInvite(secret: string, who: NewMember): Promise<Result<SignedIn>> {
      const off = passwordsOff()
      if (off) return off
      const found = await invites.open(secret)
      if (!found.ok) return found
      return comeIn(found.value, who, { login: who.login, password: await passwords.hash(who.password) })
    },

    /**
     * Completes joinings that a crash left between invite and log. One that can never be completed is set aside; its invite stays
     * used up and its login becomes free again.
     * @param setAside stores what is deleted, before the deletion
     */
    async finishJoinings(setAside: (one: Unreadable) => Promise<void>): Promise<void> {
      for (const row of await db.selectFrom('invite').selectAll().where('join_op', 'is not', null).execute()) {
        const why = await writeJoining(row).then(
          (joined) => (joined.ok ? null : `${joined.failure.code} ${JSON.stringify(joined.failure.params)}`),
          (error: unknown) => {
            // The database is at fault, not the row: the next start retries.
            if (isNotSaved(error) || isOutage(error)) throw error
            return whyUnreadable(error)
          },
        )
        if (why === null) continue
        await setAside({ place: 'invite', name: row.id, why: `joining: ${why}`, kept: row.join_op ?? '' })
        await giveUp(row)
      }
    },

    /**
     * Signs in by password.
     * @param address where the attempt comes from, for the lock-out
     */
    async signIn(login: string, password: string, device: string, address: string): Promise<Result<SignedIn>> {
      const off = passwordsOff()
      if (off) return off
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
      const standing = standingOf(await log.readMember(row.member_id), edge.now())
      if (standing) return { ok: false, failure: standing }
      const { member_id: memberId, password: known } = row
      return db.transaction().execute(async (within) => {
        // Hashing takes time, in which the password may have been reset; then this is the old one.
        if (!(await holdPassword(within, memberId, known))) return fail('sign-in-failed')
        return openSession(within, memberId, device)
      })
    },

    async loginOf(
      memberId: string,
    ): Promise<{ login: string | null; hasPassword: boolean; company: { name: string; linked: boolean; only: boolean } | null }> {
      const row = await db.selectFrom('credential').selectAll().where('member_id', '=', memberId).executeTakeFirst()
      const linked = typeof row?.oidc_subject === 'string'
      return {
        login: row === undefined || row.login === noLogin(memberId) ? null : row.login,
        hasPassword: typeof row?.password === 'string',
        company: company ? { name: company.name, linked, only: company.only } : null,
      }
    },

    /**
     * Sets login and password; the other sessions of the member end.
     * @param old the current password, empty when there is none yet
     * @param keep the session that asks
     * @returns the sessions that ended
     */
    async setPassword(
      memberId: string,
      login: string,
      old: string,
      password: string,
      keep: string | null,
      address: string,
    ): Promise<Result<string[]>> {
      const off = passwordsOff()
      if (off) return off
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

    /** Ends all access of a member who may no longer sign in; it stays ended when they are reinstated. */
    endAccess: (memberId: string): Promise<string[]> => endAccess(db, memberId, edge.now()),

    /** The same for everyone whose membership was revoked or whose contract has ended. */
    async endOfThoseOut(memberIds: readonly string[]): Promise<void> {
      for (const memberId of memberIds) {
        const standing = standingOf(await log.readMember(memberId), edge.now())
        if (standing?.code === 'member-revoked' || standing?.code === 'vendor-period-over') await endAccess(db, memberId, edge.now())
      }
    },

    /** Members with any means of access. */
    async membersWithAccess(): Promise<string[]> {
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

export type Accounts = ReturnType<typeof createAccounts>
