import { z } from 'zod'
import type { HubAddress } from '#replica/link/socket-wire.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import { postToHub } from './post-to-hub.ts'
import { SignedIn, type Entering } from './entering.ts'
import { askWays } from './reach-hub.ts'

const Begun = z.object({
  ticket: z.uuid(),
  authorizeUrl: z.url({ protocol: /^https?$/ }).max(4000),
  code: z.string().max(20),
  expiresAt: z.int(),
  pollSecret: z.string(),
})
const Outcome = z.discriminatedUnion('state', [z.object({ state: z.literal('waiting') }), SignedIn.extend({ state: z.literal('entered') })])

type Handlers = Pick<
  ApiHandlers,
  'membership.signInWays' | 'membership.beginCompany' | 'membership.companyOutcome' | 'membership.cancelCompany'
>

/** Sign-in by the company's provider: the hub issues a ticket, the user's browser signs in, and the hub is polled until it is done. */
export function companyHandlers(entering: Entering): Handlers {
  /** Sign-ins in progress; not stored, since they expire after ten minutes. */
  const waiting = new Map<string, { address: HubAddress; pollSecret: string; device: string; language: string }>()

  return {
    async 'membership.signInWays'({ address: typed, fingerprint }) {
      const address = await entering.byAddress(typed, fingerprint, true)
      return address.ok ? askWays(address.value) : address
    },

    async 'membership.beginCompany'({ by, device, language }) {
      const invited = by.kind === 'invite' ? await entering.byInvite(by.code) : null
      if (invited && !invited.ok) return invited
      const address = invited
        ? done(invited.value.address)
        : by.kind === 'address'
          ? await entering.byAddress(by.address, by.fingerprint)
          : fail('invite-malformed')
      if (!address.ok) return address
      const { address: _address, ...secrets } = invited?.value ?? {}
      const name = by.kind === 'invite' && by.name !== '' ? { name: by.name } : {}
      const begun = await postToHub(address.value, '/auth/oidc/begin', { ...secrets, ...name, device, language }, Begun)
      if (!begun.ok) return begun
      const { pollSecret, ...ticket } = begun.value
      waiting.set(ticket.ticket, { address: address.value, pollSecret, device, language })
      return done(ticket)
    },

    async 'membership.companyOutcome'({ ticket }) {
      const one = waiting.get(ticket)
      if (!one) return fail('oidc-expired')
      const outcome = await postToHub(one.address, '/auth/oidc/result', { ticket, pollSecret: one.pollSecret }, Outcome)
      if (outcome.ok && outcome.value.state === 'waiting') return done('waiting')
      // The hub may be unreachable only for a moment and answer later.
      if (!outcome.ok && (outcome.failure.code === 'hub-unreachable' || outcome.failure.code === 'too-many-requests'))
        return done('waiting')
      waiting.delete(ticket)
      if (!outcome.ok) return outcome
      if (outcome.value.state === 'waiting') return done('waiting')
      return entering.enter(one.address, done(outcome.value), { login: '', device: one.device, language: one.language })
    },

    async 'membership.cancelCompany'({ ticket }) {
      const one = waiting.get(ticket)
      waiting.delete(ticket)
      if (one) await postToHub(one.address, '/auth/oidc/cancel', { ticket, pollSecret: one.pollSecret }, z.null())
      return done(null)
    },
  }
}
