import type { MemberState } from '#domain/members/member.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { AuthPage } from './auth-page.ts'
import type { Provider, ProviderTrouble } from './provider.ts'
import type { Ticket, Tickets } from './tickets.ts'

const PROVIDER_FAILURES = { down: 'oidc-provider-down', declined: 'oidc-refused', mismatch: 'oidc-mismatch' } as const satisfies Record<
  ProviderTrouble,
  string
>

export type ReturnPagesParts = {
  /** The display name of the provider. */
  name: string
  provider: Provider
  tickets: Tickets
  accounts: Accounts
  access: AccessLog
  readMember(memberId: string): Promise<MemberState | null>
  teamName(): string
  onOutcome(outcome: 'refused'): void
}

/** A page for the browser that returned, in the language of the device that began; null if that is unknown. */
type ShownPage = { page: AuthPage; language: Language | null }

/** The pages that the person's browser sees after the provider: compare the code, then it is done or refused. */
export type ReturnPages = {
  /**
   * Handles the browser's return from the provider. Exchanges the provider's code, once; grants no access yet.
   * @param query the query string of the request, unchanged
   */
  comeBack(query: string): Promise<ShownPage>
  /** Handles the confirmation page: the codes match, or the person did not start this. */
  confirm(id: string, pageSecret: string, same: boolean): Promise<ShownPage>
}

export function createReturnPages(parts: ReturnPagesParts): ReturnPages {
  const { name, provider, tickets, accounts, access, readMember, teamName, onOutcome } = parts

  async function refuse(ticket: Ticket, from: 'checking' | 'proved', failure: Failure): Promise<AuthPage> {
    // The first submission of the page decides.
    if (!(await tickets.fail(ticket.id, from, failure))) return { kind: 'used' }
    await access.note(ticket.purpose === 'link' ? ticket.member_id : null, 'company-refused', failure.code, ticket.device)
    onOutcome('refused')
    return { kind: 'refused', failure }
  }

  /** Whether a proved subject may have what was asked for; checked again when it is granted. */
  async function judge(ticket: Ticket, subject: string): Promise<Result<string>> {
    const { company } = accounts
    if (ticket.purpose === 'sign-in') {
      // Not counted as a failed attempt, because nothing is guessed: a whole office may share one address, and most of it may not
      // be members.
      const member = await company.memberOf(subject)
      return member.ok ? done((await readMember(member.value))?.name ?? '') : member
    }
    const invite = ticket.invite_id === null ? undefined : await company.inviteOf(ticket.invite_id)
    const memberId = ticket.purpose === 'link' ? ticket.member_id : invite?.kind === 'reset' ? invite.member_id : null
    const taken = await company.takenFrom(subject, memberId)
    if (taken) return { ok: false, failure: taken }
    return done(memberId === null ? ticket.name : ((await readMember(memberId))?.name ?? ''))
  }

  return {
    async comeBack(query) {
      const state = new URLSearchParams(query).get('state')
      const ticket = state === null ? undefined : await tickets.byState(state)
      if (!ticket || state === null) return { page: { kind: 'unknown' }, language: null }
      const language = ticket.language === 'en' ? 'en' : 'zh-Hans'
      if (tickets.isOver(ticket)) return { page: { kind: 'expired' }, language }
      if (!(await tickets.move(ticket.id, 'begun', 'checking'))) return { page: { kind: 'used' }, language }
      const finished = await provider.finish(query, { state, nonce: ticket.nonce, verifier: ticket.verifier })
      if (!finished.ok)
        return { page: await refuse(ticket, 'checking', fail(PROVIDER_FAILURES[finished.trouble], { name }).failure), language }
      const judged = await judge(ticket, finished.subject)
      if (!judged.ok) return { page: await refuse(ticket, 'checking', judged.failure), language }
      const pageSecret = await tickets.prove(ticket.id, finished.subject)
      if (pageSecret === null) return { page: { kind: 'used' }, language }
      const reset = ticket.purpose === 'join' && (await accounts.company.inviteOf(ticket.invite_id ?? ''))?.kind === 'reset'
      const purpose = ticket.purpose === 'link' ? 'link' : ticket.purpose === 'join' && !reset ? 'join' : 'sign-in'
      return {
        page: {
          kind: 'confirm',
          purpose,
          ticket: ticket.id,
          pageSecret,
          code: ticket.code,
          device: ticket.device,
          team: teamName(),
          who: judged.value,
          account: name,
        },
        language,
      }
    },

    async confirm(id, pageSecret, same) {
      const ticket = await tickets.byPage(id, pageSecret)
      if (!ticket) return { page: { kind: 'unknown' }, language: null }
      const language = ticket.language === 'en' ? 'en' : 'zh-Hans'
      if (tickets.isOver(ticket)) return { page: { kind: 'expired' }, language }
      if (!same) {
        if (ticket.stage !== 'proved') return { page: { kind: 'used' }, language }
        const page = await refuse(ticket, 'proved', fail('oidc-declined').failure)
        return { page: page.kind === 'used' ? page : { kind: 'declined' }, language }
      }
      return { page: { kind: (await tickets.move(ticket.id, 'proved', 'confirmed')) ? 'done' : 'used' }, language }
    },
  }
}
