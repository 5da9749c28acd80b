import { completePosition, type MemberState } from '#domain/members/member.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { SessionView, TeamApi, TeamView } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { writeInviteCode } from '../accounts/invite-code.ts'
import { inviteView } from '../accounts/invites.ts'
import type { Links } from '../session/links.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'

/** What the service needs of the hub. */
export type TeamCore = {
  accounts: Accounts
  access: AccessLog
  links(): Links
  about(): TeamView
  readMember(memberId: string): Promise<MemberState | null>
  mayReadIncident(memberId: string, incidentId: string): Promise<boolean>
  /** Whether a member was created for a service token. */
  isService(memberId: string): Promise<boolean>
  now(): number
}

/** The calls answered here; tokens and webhooks have their own services. */
export type TeamHandlers = Pick<
  HandlersOf<TeamApi>,
  | 'team.about'
  | 'team.invites'
  | 'team.invite'
  | 'team.withdrawInvite'
  | 'team.resetPassword'
  | 'team.setPassword'
  | 'team.login'
  | 'team.sessions'
  | 'team.revokeSession'
  | 'team.accessLog'
>

/** Owners and the commander manage the team's members; an outside vendor never does. */
export function looksAfterTeam(member: MemberState | null): boolean {
  return member !== null && member.vendor === null && (member.owner || member.role === 'commander')
}

const refused = () => fail('not-permitted', { action: 'team.manage', roles: 'commander,owner' })

/** Invites, passwords and sessions, for one member over one link. */
export function teamService(core: TeamCore, owner: LinkOwner): TeamHandlers {
  const { accounts, access } = core
  const me = owner.memberId
  const maySee = async () => looksAfterTeam(await core.readMember(me))

  /** Only an owner may end or renew an owner's access. */
  const mayTouch = async (memberId: string) =>
    (await core.readMember(memberId))?.owner !== true || (await core.readMember(me))?.owner === true

  function codeFor(secret: string): string {
    const { addresses, fingerprint, name } = core.about()
    return writeInviteCode({ a: addresses, n: name, s: secret, ...(fingerprint === null ? {} : { f: fingerprint }) })
  }

  async function ended(sessionIds: readonly string[]): Promise<void> {
    core.links().endSessions(sessionIds, 'session-revoked')
    for (const id of sessionIds) await access.note(me, 'session-ended', id, owner.device)
  }

  return {
    'team.about': () => done(core.about()),

    'team.invites': async () => {
      if (!(await maySee())) return refused()
      return done((await accounts.invites.list()).map((row) => inviteView(row, core.now())))
    },

    'team.invite': async ({ role, vendor, note, hours }) => {
      const member = await core.readMember(me)
      if (!looksAfterTeam(member)) return refused()
      if (core.about().addresses.length === 0) return fail('not-hosting')
      const { row, secret } = await accounts.invites.make(completePosition({ role, vendor }), note, hours, me)
      await access.note(me, 'invite-made', row.id, owner.device)
      return done({ ...inviteView(row, core.now()), code: codeFor(secret) })
    },

    'team.withdrawInvite': async ({ id }) => {
      if (!(await maySee())) return refused()
      const withdrawn = await accounts.invites.withdraw(id)
      if (!withdrawn.ok) return withdrawn
      await access.note(me, 'invite-withdrawn', id, owner.device)
      return done(inviteView(withdrawn.value, core.now()))
    },

    'team.resetPassword': async ({ memberId }) => {
      if (!(await maySee()) || !(await mayTouch(memberId))) return refused()
      const member = await core.readMember(memberId)
      if (!member) return fail('not-found')
      // A service token's member signs in only by its token.
      if (await core.isService(memberId)) return fail('not-permitted', { action: 'team.manage', roles: '' })
      const { row, secret } = await accounts.invites.makeReset(memberId, completePosition(member), me)
      await access.note(me, 'password-reset-made', memberId, owner.device)
      return done({ code: codeFor(secret), expiresAt: row.expires_at })
    },

    'team.setPassword': async ({ login, old, password }): Promise<Result<null>> => {
      const result = await accounts.setPassword(me, login, old, password, owner.sessionId, owner.address)
      if (!result.ok) return result
      await access.note(me, 'password-set', me, owner.device)
      await ended(result.value)
      return done(null)
    },

    'team.login': async () => done(await accounts.loginOf(me)),

    'team.sessions': async ({ memberId }) => {
      if (memberId !== me && !(await maySee())) return refused()
      const rows = await accounts.sessions.list(memberId)
      return done(
        rows.map((row): SessionView => ({
          id: row.id,
          memberId: row.member_id,
          device: row.device,
          createdAt: row.created_at,
          lastSeenAt: row.last_seen_at,
          own: row.id === owner.sessionId,
          connected: core.links().isConnected(row.id),
        })),
      )
    },

    'team.revokeSession': async ({ id }) => {
      const row = await accounts.sessions.byId(id)
      if (!row) return fail('not-found')
      if (row.member_id !== me && !((await maySee()) && (await mayTouch(row.member_id)))) return refused()
      await ended(await accounts.sessions.revoke({ id }))
      return done(null)
    },

    'team.accessLog': async ({ before, memberId }) => {
      const member = await core.readMember(me)
      // Legal is responsible for personal data, and so may read the access log.
      if (memberId !== me && !looksAfterTeam(member) && member?.role !== 'legal') return refused()
      const page = await access.page(before, memberId)
      // Only readers of a restricted incident may know that it exists; for others the entry does not name it.
      return done(
        await Promise.all(
          page.map(async (entry) =>
            entry.what === 'incident-taken-over' && !(await core.mayReadIncident(me, entry.about)) ? { ...entry, about: '' } : entry,
          ),
        ),
      )
    },
  }
}
