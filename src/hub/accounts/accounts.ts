import type { Kysely } from 'kysely'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Admission } from '#domain/members/admission.ts'
import { MemberPlace, type MemberState } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { createFailuresKept } from './failures-kept.ts'
import { createInvites, type InviteRow } from './invites.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createSessions } from './sessions.ts'

/** What the accounts need of the log: who is a member, and the one op that makes one. */
export type MemberLog = {
  readMember(memberId: string): Promise<MemberState | null>
  /** Takes in a member's joining; a second time does nothing. */
  join(op: string, memberId: string, admission: Admission): Promise<Result<null>>
}

export type SignedIn = { memberId: string; token: string; sessionId: string }
/** `formerId` is who the device was before this hub was restored from a backup that does not know them. */
export type NewMember = { name: string; login: string; password: string; device: string; formerId?: string | undefined }

const isTaken = (error: unknown) => error instanceof Error && /UNIQUE|unique|duplicate key/.test(error.message)

/**
 * Who may come in: passwords, invites, sessions. Everything here is the hub's alone and never enters the log, except the one
 * op by which somebody becomes a member.
 */
export function createAccounts(db: Kysely<AccountTables>, log: MemberLog, edge: HubAccountEdge, passwords: Passwords = createPasswords()) {
  const sessions = createSessions(db, edge)
  const invites = createInvites(db, edge)
  const failures = createFailuresKept(db, edge)

  /** The op by which a member joins, said by the hub in the member's name: there is no device of theirs yet. */
  function joinOp(memberId: string, name: string, place: MemberPlace): string {
    return JSON.stringify({
      opId: edge.uuid(),
      scope: TEAM_SCOPE,
      // A device of its own for this one op: its counter begins and ends here.
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

  /** Whoever is known, as a member or by a way to sign in, comes in as themselves; only an id that nobody has may be taken up again. */
  async function isKnown(memberId: string): Promise<boolean> {
    if ((await log.readMember(memberId)) !== null) return true
    return (await db.selectFrom('credential').select('member_id').where('member_id', '=', memberId).executeTakeFirst()) !== undefined
  }

  async function writeJoining(row: Pick<InviteRow, 'id' | 'member_id' | 'place' | 'join_op'>): Promise<Result<null>> {
    if (row.join_op === null || row.member_id === null) return done(null)
    const joined = await log.join(row.join_op, row.member_id, { kind: 'invited', ...MemberPlace.parse(JSON.parse(row.place)) })
    if (joined.ok) await db.updateTable('invite').set({ join_op: null }).where('id', '=', row.id).execute()
    return joined
  }

  async function useReset(row: InviteRow, who: NewMember, hash: string): Promise<Result<SignedIn>> {
    const memberId = row.member_id ?? ''
    try {
      return await db.transaction().execute(async (within) => {
        if (!(await invites.use(within, row.id, memberId, null))) return fail('invite-used')
        const values = { login: who.login, password: hash, changed_at: edge.now() }
        await within.insertInto('credential').values({ member_id: memberId, oidc_subject: null, ...values }).onConflict((conflict) => conflict.column('member_id').doUpdateSet(values)).execute()
        // Whoever had the old password is out as well.
        await within.updateTable('session').set({ revoked_at: edge.now() }).where('member_id', '=', memberId).where('revoked_at', 'is', null).execute()
        const session = await sessions.open(memberId, who.device, within)
        return done({ memberId, token: session.secret, sessionId: session.id })
      })
    } catch (error) {
      if (isTaken(error)) return fail('login-taken', { login: who.login })
      throw error
    }
  }

  return {
    sessions,
    invites,

    /** Reads an invite without using it. */
    async peek(secret: string): Promise<Result<{ row: InviteRow; place: MemberPlace }>> {
      const found = await invites.open(secret)
      return found.ok ? done({ row: found.value, place: MemberPlace.parse(JSON.parse(found.value.place)) }) : found
    },

    /** Somebody comes in by an invite: member, way to sign in, and first session. The invite is used up, or nothing happened. */
    async useInvite(secret: string, who: NewMember): Promise<Result<SignedIn>> {
      const found = await invites.open(secret)
      if (!found.ok) return found
      const row = found.value
      const hash = await passwords.hash(who.password)
      if (row.kind === 'reset') return useReset(row, who, hash)
      if (who.formerId !== undefined && (await isKnown(who.formerId))) return fail('member-known')
      const memberId = who.formerId ?? edge.uuid()
      const op = joinOp(memberId, who.name, MemberPlace.parse(JSON.parse(row.place)))
      let signedIn: Result<SignedIn>
      try {
        signedIn = await db.transaction().execute(async (within) => {
          if (!(await invites.use(within, row.id, memberId, op))) return fail('invite-used')
          await within.insertInto('credential').values({ member_id: memberId, login: who.login, password: hash, oidc_subject: null, changed_at: edge.now() }).execute()
          const session = await sessions.open(memberId, who.device, within)
          return done({ memberId, token: session.secret, sessionId: session.id })
        })
      } catch (error) {
        if (isTaken(error)) return fail('login-taken', { login: who.login })
        throw error
      }
      if (!signedIn.ok) return signedIn
      const joined = await writeJoining({ ...row, member_id: memberId, join_op: op })
      return joined.ok ? signedIn : joined
    },

    /** Joinings that a crash left between invite and log. */
    async finishJoinings(): Promise<void> {
      for (const row of await db.selectFrom('invite').selectAll().where('join_op', 'is not', null).execute()) await writeJoining(row)
    },

    /**
     * Signs in by password.
     * @param address where the attempt comes from, for the lock-out
     */
    async signIn(login: string, password: string, device: string, address: string): Promise<Result<SignedIn>> {
      const until = await failures.lockedUntil(login, address)
      if (until !== null) return fail('locked-out', { until })
      const row = await db.selectFrom('credential').selectAll().where('login', '=', login).executeTakeFirst()
      if (!(await passwords.matches(row?.password ?? null, password)) || !row) {
        await failures.note(login, address)
        return fail('sign-in-failed')
      }
      await failures.clear(login)
      const standing = standingOf(await log.readMember(row.member_id), edge.now())
      if (standing) return { ok: false, failure: standing }
      const session = await sessions.open(row.member_id, device)
      return done({ memberId: row.member_id, token: session.secret, sessionId: session.id })
    },

    async loginOf(memberId: string): Promise<{ login: string | null; hasPassword: boolean }> {
      const row = await db.selectFrom('credential').selectAll().where('member_id', '=', memberId).executeTakeFirst()
      return { login: row?.login ?? null, hasPassword: typeof row?.password === 'string' }
    },

    /**
     * Sets name and password for signing in; the other sessions of the member end.
     * @param old the password until now, empty where there is none yet
     * @param keep the session that asks
     * @returns the sessions that ended
     */
    async setPassword(memberId: string, login: string, old: string, password: string, keep: string | null, address: string): Promise<Result<string[]>> {
      const row = await db.selectFrom('credential').selectAll().where('member_id', '=', memberId).executeTakeFirst()
      if (row && row.password !== null) {
        const until = await failures.lockedUntil(row.login, address)
        if (until !== null) return fail('locked-out', { until })
        if (!(await passwords.matches(row.password, old))) {
          await failures.note(row.login, address)
          return fail('password-wrong')
        }
      }
      const values = { login, password: await passwords.hash(password), changed_at: edge.now() }
      try {
        await db.insertInto('credential').values({ member_id: memberId, oidc_subject: null, ...values }).onConflict((conflict) => conflict.column('member_id').doUpdateSet(values)).execute()
      } catch (error) {
        if (isTaken(error)) return fail('login-taken', { login })
        throw error
      }
      return done(await sessions.revoke({ memberId, ...(keep === null ? {} : { except: keep }) }))
    },
  }
}

export type Accounts = ReturnType<typeof createAccounts>
