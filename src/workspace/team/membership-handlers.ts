import { readInviteCode } from '#hub/accounts/invite-code.ts'
import type { ApiHandlers, CallName } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import { LinkDown, LinkRefused } from '#contract/hub-link.ts'
import { mapHandlers, namesOf } from '#contract/procedure.ts'
import { teamApi, type TeamCallInput, type TeamCallName } from '#contract/team-api.ts'
import { postToHub } from './post-to-hub.ts'
import { companyHandlers } from './company-handlers.ts'
import { thisDevice } from './connection.ts'
import { createEntering, Peeked, SignedIn, type MembershipParts } from './entering.ts'
import { readJoined } from './joined-team.ts'
import { reachInvited } from './reach-hub.ts'
import { unsentTexts } from './unsent.ts'

type Handlers = Pick<ApiHandlers, CallName & (`membership.${string}` | `team.${string}` | `agents.${string}`)>

/** Joining, hosting, signing in and leaving, and calls forwarded to the hub. */
export function membershipHandlers(parts: MembershipParts): Handlers {
  const entering = createEntering(parts)

  /** Calls that only the hub can answer are forwarded to it. */
  const forwarded = mapHandlers<Pick<ApiHandlers, TeamCallName>>(namesOf(teamApi), (name) => async (input) => {
    const link = parts.connection()?.link
    if (!link) return fail('not-set-up')
    try {
      return await link.ask(name, input as TeamCallInput<typeof name>)
    } catch (error) {
      if (error instanceof LinkRefused) return fail('locked', { reason: error.reason })
      if (error instanceof LinkDown)
        return fail('hub-unreachable', { address: readJoined(parts.replica()?.store.meta ?? { read: () => null })?.url ?? '' })
      throw error
    }
  })

  return {
    ...forwarded,
    ...companyHandlers(entering),
    'membership.thisDevice': () => done({ name: thisDevice() }),
    'membership.state': () => entering.state(),

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
      // The chosen free port is stored, because invites name it.
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
      return entering.state()
    },

    async 'membership.readInvite'({ code: text }) {
      const code = readInviteCode(text)
      if (!code) return fail('invite-malformed')
      const reached = await reachInvited(code)
      if (!reached.ok) return reached
      const { address, signInWith } = reached.value
      const peeked = await postToHub(address, '/auth/peek', { secret: code.s }, Peeked)
      if (!peeked.ok) return peeked
      const { memberId: _whose, ...about } = peeked.value
      return done({ ...about, address: address.url, signInWith })
    },

    async 'membership.join'({ code, name, login, password, device, language }) {
      const invited = await entering.byInvite(code)
      if (!invited.ok) return invited
      const { address, ...secrets } = invited.value
      return entering.enter(address, await postToHub(address, '/auth/join', { ...secrets, name, login, password, device }, SignedIn), {
        login,
        device,
        language,
      })
    },

    async 'membership.signIn'({ address: typed, fingerprint, login, password, device, language }) {
      const address = await entering.byAddress(typed, fingerprint)
      if (!address.ok) return address
      return entering.enter(address.value, await postToHub(address.value, '/auth/sign-in', { login, password, device }, SignedIn), {
        login,
        device,
        language,
      })
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
        // The hub is away: it will see that this device never returns, and an owner can end the session.
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
