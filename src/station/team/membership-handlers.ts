import { z } from 'zod'
import { MemberRole } from '#domain/members/member.ts'
import { readInviteCode, type InviteCode } from '#hub/accounts/invite-code.ts'
import type { HubAddress } from '#replica/link/socket-wire.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { ApiHandlers, CallName } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { LinkDown, LinkRefused } from '#contract/hub-link.ts'
import type { Membership } from '#contract/team-api.ts'
import { teamApi } from '#contract/team-api.ts'
import { askDoor, pinAddress, readHubAddress } from './ask-door.ts'
import { thisDevice, type Connection } from './connection.ts'
import { readJoined, type JoinedTeam } from './joined-team.ts'
import { unsentTexts } from './unsent.ts'

const Peeked = z.object({ kind: z.enum(['invite', 'reset']), role: MemberRole, expiresAt: z.int(), teamName: z.string(), memberId: z.uuid().nullable().default(null) })
const SignedIn = z.object({ memberId: z.uuid(), token: z.string(), sessionId: z.uuid(), hubId: z.string(), teamName: z.string() })

/** What the handlers take of the station. */
export type MembershipParts = {
  /** The open replica, or null while there is none to write to. */
  replica(): Replica | null
  connection(): Connection | null
  /** Makes this data folder one of the team's: from here on its hub is elsewhere. */
  join(team: JoinedTeam, memberId: string, language: string): Promise<void>
  /** The same member signs in again: only the token changes. */
  signInAgain(team: JoinedTeam): Promise<void>
  /** A new line to the hub, for one that has turned this device away. */
  reconnect(): Promise<void>
  /** Forgets everything of the team and begins like a fresh folder. */
  startOver(): Promise<void>
  announce(): void
}

type Handlers = Pick<ApiHandlers, CallName & (`membership.${string}` | `team.${string}`)>

/** The first address of an invite that answers as the hub it names. */
async function reach(code: InviteCode): Promise<Result<{ address: HubAddress; hubId: string }>> {
  let last: Result<never> = fail('hub-unreachable', { address: code.a[0] ?? '' })
  for (const url of code.a) {
    const pinned = await pinAddress(url, code.f ?? null)
    if (!pinned.ok) {
      // A wrong certificate is worth more to know than that the next address is silent.
      if (last.failure.code !== 'hub-certificate-differs') last = pinned
      continue
    }
    const about = await askDoor(pinned.value, '/hub', undefined, z.object({ hubId: z.string() }))
    if (about.ok) return done({ address: pinned.value, hubId: about.value.hubId })
    last = about
  }
  return last
}

/** Joining, hosting, signing in and leaving, and the calls that go on to the hub. */
export function membershipHandlers(parts: MembershipParts): Handlers {
  async function enter(address: HubAddress, answer: Result<z.output<typeof SignedIn>>, who: { login: string; device: string; language: string }): Promise<Result<Membership>> {
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
  }

  function state(): Result<Membership> {
    const connection = parts.connection()
    return connection ? done(connection.membership()) : fail('database-trouble')
  }

  const mayJoin = () => {
    const replica = parts.replica()
    if (!replica) return fail('read-only')
    return replica.store.meta.read('memberId') === null ? null : fail('already-in-a-team')
  }

  /** Who this device was let in as, by a hub elsewhere. */
  function formerSelf(): { hubId: string; memberId: string } | null {
    const meta = parts.replica()?.store.meta
    const joined = meta && readJoined(meta)
    const memberId = meta?.read('memberId') ?? null
    return joined && memberId !== null ? { hubId: joined.hubId, memberId } : null
  }

  /** Calls that only the hub can answer go on to it. */
  const forwarded = Object.fromEntries(
    Object.keys(teamApi).map((name) => [
      name,
      async (input: never): Promise<Result<unknown>> => {
        const link = parts.connection()?.link
        if (!link) return fail('not-set-up')
        try {
          return await link.ask(name as keyof typeof teamApi, input)
        } catch (error) {
          if (error instanceof LinkRefused) return fail('locked', { reason: error.reason })
          if (error instanceof LinkDown) return fail('hub-unreachable', { address: readJoined(parts.replica()?.store.meta ?? { read: () => null })?.url ?? '' })
          throw error
        }
      },
    ]),
  ) as unknown as Pick<ApiHandlers, CallName & `team.${string}`>

  return {
    ...forwarded,
    'membership.thisDevice': () => done({ name: thisDevice() }),
    'membership.state': () => state(),

    async 'membership.host'({ teamName, port, login, password }) {
      const [connection, replica] = [parts.connection(), parts.replica()]
      const memberId = replica?.store.meta.read('memberId') ?? null
      if (!connection || !replica) return fail('read-only')
      if (memberId === null) return fail('not-set-up')
      if (readJoined(replica.store.meta)) return fail('already-in-a-team')
      await connection.connect()
      const credentials = await connection.team?.accounts.setPassword(memberId, login, password, password, null, 'here')
      if (!credentials?.ok) return credentials ?? fail('not-set-up')
      const served = await connection.serve({ port, teamName })
      if (!served.ok) return served
      const membership = connection.membership()
      // A free port that was found is kept: the invites name it.
      replica.store.meta.write('hosted', JSON.stringify({ port: membership.kind === 'hosting' ? membership.port : port, teamName }))
      parts.announce()
      return done(membership)
    },

    async 'membership.stopHosting'() {
      const [connection, replica] = [parts.connection(), parts.replica()]
      if (!connection || !replica) return fail('read-only')
      replica.store.meta.write('hosted', 'null')
      await connection.stopServing()
      parts.announce()
      return state()
    },

    async 'membership.readInvite'({ code: text }) {
      const code = readInviteCode(text)
      if (!code) return fail('invite-malformed')
      const reached = await reach(code)
      if (!reached.ok) return reached
      const { address } = reached.value
      const peeked = await askDoor(address, '/door/peek', { secret: code.s }, Peeked)
      if (!peeked.ok) return peeked
      const { memberId: _whose, ...about } = peeked.value
      return done({ ...about, address: address.url })
    },

    async 'membership.join'({ code: text, name, login, password, device, language }) {
      const former = formerSelf()
      const refused = former ? null : mayJoin()
      if (refused) return refused
      const code = readInviteCode(text)
      if (!code) return fail('invite-malformed')
      const reached = await reach(code)
      if (!reached.ok) return reached
      const { address, hubId } = reached.value
      if (former) {
        if (hubId !== former.hubId) return fail('already-in-a-team')
        const peeked = await askDoor(address, '/door/peek', { secret: code.s }, Peeked)
        if (!peeked.ok) return peeked
        // Said before the code is used up.
        if (peeked.value.memberId !== null && peeked.value.memberId !== former.memberId) return fail('code-of-another')
      }
      const who = { secret: code.s, name, login, password, device, ...(former ? { formerId: former.memberId } : {}) }
      return enter(address, await askDoor(address, '/door/join', who, SignedIn), { login, device, language })
    },

    async 'membership.signIn'({ address: typed, fingerprint, login, password, device, language }) {
      const known = readJoined(parts.replica()?.store.meta ?? { read: () => null })
      if (!known) {
        const refused = mayJoin()
        if (refused) return refused
      }
      const url = readHubAddress(typed)
      if (url === null) return fail('not-a-hub', { address: typed.slice(0, 100) })
      // The hub one has already met is known by its certificate, whatever is typed.
      const address = await pinAddress(url, fingerprint ?? known?.pinned?.fingerprint ?? null)
      if (!address.ok) return address
      return enter(address.value, await askDoor(address.value, '/door/sign-in', { login, password, device }, SignedIn), { login, device, language })
    },

    async 'membership.leave'({ force }) {
      const replica = parts.replica()
      if (!replica || !readJoined(replica.store.meta)) return fail('nothing-changes')
      const { count } = replica.store.pendingCount()
      if (count > 0 && !force) return fail('still-pending', { count })
      const link = parts.connection()?.link
      try {
        const sessions = await link?.ask('team.sessions', { memberId: replica.store.meta.read('memberId') })
        const own = sessions?.ok ? sessions.value.find((one) => one.own) : undefined
        if (own) await link?.ask('team.revokeSession', { id: own.id })
      } catch {
        // The hub is away: it will see that this device never comes again, and an owner can end the session.
      }
      await parts.startOver()
      return done(null)
    },

    'membership.present': () => done([...(parts.connection()?.present ?? [])]),
    'membership.look': ({ place }) => {
      parts.connection()?.link?.look(place)
      return done(null)
    },
    'membership.tryAgain': async () => {
      if (!parts.replica()) return fail('read-only')
      await parts.reconnect()
      await parts.connection()?.connect()
      parts.announce()
      return done(null)
    },
    'membership.unsent': () => {
      const replica = parts.replica()
      return replica ? done(unsentTexts(replica)) : fail('database-trouble')
    },
  }
}
