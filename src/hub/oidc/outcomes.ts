import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { Accounts, SignedIn } from '../accounts/accounts.ts'
import type { Ticket, Tickets } from './tickets.ts'

export type OutcomesParts = {
  tickets: Tickets
  accounts: Accounts
  access: AccessLog
  onOutcome(outcome: 'entered' | 'refused'): void
}

/** What the device that began asks: whether its person has confirmed, and then for the session, once. */
export type Outcomes = {
  /** The outcome, for the device that began. */
  outcome(id: string, pollSecret: string): Promise<Result<'waiting' | SignedIn>>
  /** The outcome, for the member who began to link. */
  linkOutcome(memberId: string, id: string, pollSecret: string): Promise<Result<'waiting' | 'linked'>>
  /** Cancels a ticket for the device that began it; the page tells a browser that returns later. */
  cancel(id: string, pollSecret: string): Promise<void>
}

export function createOutcomes({ tickets, accounts, access, onOutcome }: OutcomesParts): Outcomes {
  async function enter(ticket: Ticket, subject: string): Promise<Result<SignedIn>> {
    const entered =
      ticket.purpose === 'join'
        ? await accounts.company.join(ticket.invite_id ?? '', subject, {
            name: ticket.name,
            device: ticket.device,
            formerId: ticket.member_id ?? undefined,
          })
        : await accounts.company.signIn(subject, ticket.device)
    await access.note(
      entered.ok ? entered.value.memberId : null,
      entered.ok ? (ticket.purpose === 'join' ? 'company-joined' : 'company-signed-in') : 'company-refused',
      entered.ok ? entered.value.memberId : entered.failure.code,
      ticket.device,
    )
    onOutcome(entered.ok ? 'entered' : 'refused')
    return entered
  }

  /** Returns the proved subject of a confirmed ticket, once; before that, the failure or that it is pending. */
  async function take(
    id: string,
    pollSecret: string,
    fits: (ticket: Ticket) => boolean,
  ): Promise<Result<'waiting' | { ticket: Ticket; subject: string }>> {
    const ticket = await tickets.byPoll(id, pollSecret)
    if (!ticket || !fits(ticket)) return fail('oidc-expired')
    // Only this hub writes this column.
    if (ticket.failure !== null) return { ok: false, failure: JSON.parse(ticket.failure) as Failure }
    if (tickets.isOver(ticket) || ticket.stage === 'done') return fail('oidc-expired')
    if (ticket.stage !== 'confirmed' || ticket.subject === null) return done('waiting')
    return (await tickets.move(ticket.id, 'confirmed', 'done')) ? done({ ticket, subject: ticket.subject }) : fail('oidc-expired')
  }

  return {
    async outcome(id, pollSecret) {
      const taken = await take(id, pollSecret, ({ purpose }) => purpose !== 'link')
      if (!taken.ok || taken.value === 'waiting') return taken.ok ? done('waiting') : taken
      return enter(taken.value.ticket, taken.value.subject)
    },

    async linkOutcome(memberId, id, pollSecret) {
      const taken = await take(id, pollSecret, (ticket) => ticket.purpose === 'link' && ticket.member_id === memberId)
      if (!taken.ok || taken.value === 'waiting') return taken.ok ? done('waiting') : taken
      const linked = await accounts.company.link(memberId, taken.value.subject)
      await access.note(
        memberId,
        linked.ok ? 'company-linked' : 'company-refused',
        linked.ok ? memberId : linked.failure.code,
        taken.value.ticket.device,
      )
      return linked.ok ? done('linked') : linked
    },

    async cancel(id, pollSecret) {
      const ticket = await tickets.byPoll(id, pollSecret)
      if (!ticket) return
      const gone = fail('oidc-expired').failure
      for (const stage of ['begun', 'proved', 'confirmed'] as const) if (await tickets.fail(id, stage, gone)) return
    },
  }
}
