import type { Kysely } from 'kysely'
import type { MemberState } from '#domain/members/member.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { CompanyTicket } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { Accounts, SignedIn } from '../accounts/accounts.ts'
import type { AuthPage } from './auth-page.ts'
import { CALLBACK_PATH, type OidcSettings } from './oidc-settings.ts'
import type { OidcTables } from './oidc-tables.ts'
import { createProvider, type ProviderTrouble } from './provider.ts'
import { createTickets, type NewTicket, type Ticket } from './tickets.ts'

export type OidcAuthParts = {
  db: Kysely<OidcTables>
  settings: OidcSettings
  accounts: Accounts
  access: AccessLog
  edge: HubAccountEdge
  readMember(memberId: string): Promise<MemberState | null>
  teamName(): string
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
  /** Counts outcomes for metrics. */
  onOutcome(outcome: 'begun' | 'entered' | 'refused'): void
}

/** The device that begins, its language and address. */
export type Beginner = { device: string; language: Language; address: string }

export type Begun = CompanyTicket & { pollSecret: string }

const PROVIDER_FAILURES = { down: 'oidc-provider-down', declined: 'oidc-refused', mismatch: 'oidc-mismatch' } as const satisfies Record<
  ProviderTrouble,
  string
>

/**
 * Sign-in by the company's provider. The device begins and keeps a secret; the person's browser goes to the provider and returns
 * here, where the person compares a code with the one on the device before access is granted; then the device fetches its session.
 * An attacker who sends someone the sign-in address gets nothing unless that person confirms a code that they have never seen.
 */
export function createOidcAuth({ db, settings, accounts, access, edge, readMember, teamName, log, onOutcome }: OidcAuthParts) {
  const provider = createProvider(settings, edge.now, log)
  const tickets = createTickets(db, edge)
  const { name } = settings

  async function begin(about: NewTicket): Promise<Result<Begun>> {
    const until = await accounts.failures.lockedUntil(about.address)
    if (until !== null) return fail('locked-out', { until })
    const begun = await provider.begin()
    if (!begun) return fail('oidc-provider-down', { name })
    const { ticket, pollSecret } = await tickets.make(about, begun.checks)
    onOutcome('begun')
    return done({ ticket: ticket.id, authorizeUrl: begun.url, code: ticket.code, expiresAt: ticket.expires_at, pollSecret })
  }

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
    /** The redirect URI, as registered at the provider. */
    callback: settings.address + CALLBACK_PATH,

    beginSignIn: (who: Beginner) => begin({ ...who, purpose: 'sign-in', invite_id: null, member_id: null, name: '' }),

    /**
     * @param secret of an invite, or of a reset code of a known member
     * @param who `formerId` as in joining by password
     */
    async beginJoin(
      secret: string,
      { name: called, formerId, ...who }: Beginner & { name: string; formerId?: string | undefined },
    ): Promise<Result<Begun>> {
      const invite = await accounts.invites.open(secret)
      if (invite.ok && invite.value.kind === 'invite' && called === '') return fail('bad-input', { detail: 'name' })
      return invite.ok ? begin({ ...who, purpose: 'join', invite_id: invite.value.id, member_id: formerId ?? null, name: called }) : invite
    },

    beginLink: (memberId: string, who: Beginner) => begin({ ...who, purpose: 'link', invite_id: null, member_id: memberId, name: '' }),

    /**
     * Handles the browser's return from the provider. Exchanges the provider's code, once; grants no access yet.
     * @param query the query string of the request, unchanged
     */
    async comeBack(query: string): Promise<{ page: AuthPage; language: Language | null }> {
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

    /** Handles the confirmation page: the codes match, or the person did not start this. */
    async confirm(id: string, pageSecret: string, same: boolean): Promise<{ page: AuthPage; language: Language | null }> {
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

    /** The outcome, for the device that began. */
    async outcome(id: string, pollSecret: string): Promise<Result<'waiting' | SignedIn>> {
      const taken = await take(id, pollSecret, ({ purpose }) => purpose !== 'link')
      if (!taken.ok || taken.value === 'waiting') return taken.ok ? done('waiting') : taken
      return enter(taken.value.ticket, taken.value.subject)
    },

    /** The outcome, for the member who began to link. */
    async linkOutcome(memberId: string, id: string, pollSecret: string): Promise<Result<'waiting' | 'linked'>> {
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

    /** Cancels a ticket for the device that began it; the page tells a browser that returns later. */
    async cancel(id: string, pollSecret: string): Promise<void> {
      const ticket = await tickets.byPoll(id, pollSecret)
      if (!ticket) return
      const gone = fail('oidc-expired').failure
      for (const stage of ['begun', 'proved', 'confirmed'] as const) if (await tickets.fail(id, stage, gone)) return
    },

    sweep: tickets.sweep,
  }
}

export type OidcAuth = ReturnType<typeof createOidcAuth>
