import type { Kysely } from 'kysely'
import type { MemberState } from '#domain/members/member.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { CompanyTicket } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { CALLBACK_PATH, type OidcSettings } from './oidc-settings.ts'
import type { OidcTables } from './oidc-tables.ts'
import { createOutcomes, type Outcomes } from './outcomes.ts'
import { createProvider } from './provider.ts'
import { createReturnPages, type ReturnPages } from './return-pages.ts'
import { createTickets, type NewTicket, type Tickets } from './tickets.ts'

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

/**
 * Sign-in by the company's provider. The device begins and keeps a secret; the person's browser goes to the provider and returns
 * here, where the person compares a code with the one on the device before access is granted; then the device fetches its session.
 * An attacker who sends someone the sign-in address gets nothing unless that person confirms a code that they have never seen.
 */
export type OidcAuth = ReturnPages &
  Outcomes & {
    /** The redirect URI, as registered at the provider. */
    callback: string
    beginSignIn(who: Beginner): Promise<Result<Begun>>
    /**
     * @param secret of an invite, or of a reset code of a known member
     * @param who `formerId` as in joining by password
     */
    beginJoin(secret: string, who: Beginner & { name: string; formerId?: string | undefined }): Promise<Result<Begun>>
    beginLink(memberId: string, who: Beginner): Promise<Result<Begun>>
    sweep: Tickets['sweep']
  }

export function createOidcAuth(parts: OidcAuthParts): OidcAuth {
  const { db, settings, accounts, access, edge, readMember, teamName, log, onOutcome } = parts
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

  return {
    callback: settings.address + CALLBACK_PATH,
    ...createReturnPages({ name, provider, tickets, accounts, access, readMember, teamName, onOutcome }),
    ...createOutcomes({ tickets, accounts, access, onOutcome }),

    beginSignIn: (who) => begin({ ...who, purpose: 'sign-in', invite_id: null, member_id: null, name: '' }),

    async beginJoin(secret, { name: called, formerId, ...who }) {
      const invite = await accounts.invites.open(secret)
      if (invite.ok && invite.value.kind === 'invite' && called === '') return fail('bad-input', { detail: 'name' })
      return invite.ok ? begin({ ...who, purpose: 'join', invite_id: invite.value.id, member_id: formerId ?? null, name: called }) : invite
    },

    beginLink: (memberId, who) => begin({ ...who, purpose: 'link', invite_id: null, member_id: memberId, name: '' }),

    sweep: tickets.sweep,
  }
}
