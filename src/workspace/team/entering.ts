import { z } from 'zod'
import { MemberRole } from '#domain/members/member.ts'
import { readInviteCode } from '#hub/accounts/invite-code.ts'
import type { HubAddress } from '#replica/link/socket-wire.ts'
import type { Replica } from '#replica/open-replica.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Membership } from '#contract/team-api.ts'
import { postToHub, pinAddress, readHubAddress } from './post-to-hub.ts'
import type { Connection } from './connection.ts'
import { readJoined, type JoinedTeam } from './joined-team.ts'
import { reachInvited } from './reach-hub.ts'

export const Peeked = z.object({
  kind: z.enum(['invite', 'reset']),
  role: MemberRole,
  expiresAt: z.int(),
  teamName: z.string(),
  memberId: z.uuid().nullable().default(null),
})
export const SignedIn = z.object({ memberId: z.uuid(), token: z.string(), sessionId: z.uuid(), hubId: z.string(), teamName: z.string() })
export type SignedIn = z.infer<typeof SignedIn>

/** What the handlers need of the workspace. */
export type MembershipParts = {
  /** The open replica, or null while none is writable. */
  replica(): Replica | null
  connection(): Connection | null
  /** Makes this data folder one of the team's: from then on its hub is elsewhere. */
  join(team: JoinedTeam, memberId: string, language: string): Promise<void>
  /** The same member signs in again: only the token changes. */
  signInAgain(team: JoinedTeam): Promise<void>
  /** Opens a new connection to a hub that refused this device. */
  reconnect(): Promise<void>
  /** Deletes all of the team's data and begins like a fresh folder. */
  startOver(): Promise<void>
  announce(): void
}

export type Entering = {
  state(): Result<Membership>
  /** The hub has accepted the member: this folder becomes theirs, or stays theirs. */
  enter(
    address: HubAddress,
    answer: Result<SignedIn>,
    who: { login: string; device: string; language: string },
  ): Promise<Result<Membership>>
  /** Reaches the hub of an invite; refused before the invite is used up. */
  byInvite(text: string): Promise<Result<{ address: HubAddress; secret: string; formerId?: string }>>
  /** Reaches the hub at a typed address. @param anyone true to look at it only */
  byAddress(typed: string, fingerprint: string | null, anyone?: boolean): Promise<Result<HubAddress>>
}

/** What every way of joining has in common: which hub, whether this folder may join, and what follows once the hub accepts. */
export function createEntering(parts: MembershipParts): Entering {
  function state(): Result<Membership> {
    const connection = parts.connection()
    return connection ? done(connection.membership()) : fail('database-trouble')
  }

  const mayJoin = () => {
    const replica = parts.replica()
    if (!replica) return fail('read-only')
    return replica.store.meta.read('memberId') === null ? null : fail('already-in-a-team')
  }

  const joinedTeam = () => readJoined(parts.replica()?.store.meta ?? { read: () => null })

  /** The member that this device is signed in as at a hub elsewhere. */
  function formerSelf(): { hubId: string; memberId: string } | null {
    const joined = joinedTeam()
    const memberId = parts.replica()?.store.meta.read('memberId') ?? null
    return joined && memberId !== null ? { hubId: joined.hubId, memberId } : null
  }

  return {
    state,

    async enter(address, answer, who) {
      if (!answer.ok) return answer
      const { memberId, token, hubId, teamName } = answer.value
      const team: JoinedTeam = { hubId, teamName, url: address.url, pinned: address.pinned, login: who.login, device: who.device, token }
      const replica = parts.replica()
      if (!replica) return fail('read-only')
      const known = readJoined(replica.store.meta)
      if (known && replica.store.meta.read('memberId') === memberId && known.hubId === hubId) await parts.signInAgain(team)
      else if (replica.store.meta.read('memberId') !== null) return fail('already-in-a-team')
      else await parts.join(team, memberId, who.language)
      return state()
    },

    async byInvite(text) {
      const former = formerSelf()
      const refused = former ? null : mayJoin()
      if (refused) return refused
      const code = readInviteCode(text)
      if (!code) return fail('invite-malformed')
      const reached = await reachInvited(code)
      if (!reached.ok) return reached
      const { address, hubId } = reached.value
      if (!former) return done({ address, secret: code.s })
      if (hubId !== former.hubId) return fail('already-in-a-team')
      const peeked = await postToHub(address, '/auth/peek', { secret: code.s }, Peeked)
      if (!peeked.ok) return peeked
      if (peeked.value.memberId !== null && peeked.value.memberId !== former.memberId) return fail('code-of-another')
      return done({ address, secret: code.s, formerId: former.memberId })
    },

    async byAddress(typed, fingerprint, anyone = false) {
      const known = joinedTeam()
      const refused = known || anyone ? null : mayJoin()
      if (refused) return refused
      const url = readHubAddress(typed)
      if (url === null) return fail('not-a-hub', { address: typed.slice(0, 100) })
      // A known hub is identified by its certificate, whatever address is typed.
      return pinAddress(url, fingerprint ?? known?.pinned?.fingerprint ?? null)
    },
  }
}
