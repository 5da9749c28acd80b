import { done, fail } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { TeamApi } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'
import type { OidcAuth } from './oidc-auth.ts'

type Handlers = Pick<HandlersOf<TeamApi>, 'team.beginLink' | 'team.linkOutcome' | 'team.cancelLink' | 'team.unlink'>

/** Lets members link or unlink their account at the company's provider. */
export function linkService(
  {
    oidc,
    accounts,
    access,
    endRevokedSessions,
  }: {
    oidc: OidcAuth | null
    accounts: Accounts
    access: AccessLog
    /** Ends the links of revoked sessions. */ endRevokedSessions(): Promise<void>
  },
  owner: LinkOwner,
): Handlers {
  const me = owner.memberId
  return {
    'team.beginLink': async ({ language }) =>
      oidc?.beginLink(me, { device: owner.device, address: owner.address, language }) ?? fail('oidc-not-offered'),
    'team.linkOutcome': async ({ ticket, pollSecret }) => oidc?.linkOutcome(me, ticket, pollSecret) ?? fail('oidc-not-offered'),
    'team.cancelLink': async ({ ticket, pollSecret }) => {
      await oidc?.cancel(ticket, pollSecret)
      return done(null)
    },
    'team.unlink': async () => {
      const unlinked = await accounts.company.unlink(me, owner.sessionId)
      if (!unlinked.ok) return unlinked
      await endRevokedSessions()
      await access.note(me, 'company-unlinked', me, owner.device)
      return unlinked
    },
  }
}
