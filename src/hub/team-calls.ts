import type { Agents } from './agents/agents.ts'
import { agentsService } from './agents/agents-service.ts'
import { evidenceService } from './approvals/evidence-service.ts'
import { tokenService } from './api/token-service.ts'
import type { Tokens } from './api/tokens.ts'
import type { HubCore } from './core/hub-core.ts'
import { linkService } from './oidc/link-service.ts'
import { createOidcAuth, type OidcAuth } from './oidc/oidc-auth.ts'
import type { OidcTables } from './oidc/oidc-tables.ts'
import type { HubLinks } from './open-hub-links.ts'
import type { TeamHubOptions } from './team-hub-options.ts'
import { createCallAnswerer, type AnswerCall } from './team/answer-call.ts'
import { orphanedIncidents } from './team/orphaned-incidents.ts'
import { teamService } from './team/team-service.ts'
import { webhookService } from './webhooks/webhook-service.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** Sign-in by company accounts; null when there is no provider. */
export function openOidc(core: HubCore, { oidc: settings }: TeamHubOptions): OidcAuth | null {
  if (!settings) return null
  const { accounts, access, edge, readMember, about, report, metrics } = core
  return createOidcAuth({
    db: core.hub.database.kysely.withTables<OidcTables>(),
    settings,
    accounts,
    access,
    edge,
    readMember,
    teamName: () => about().name,
    log: report,
    onOutcome: metrics.companySignIn,
  })
}

type CallParts = { links(): HubLinks; oidc: OidcAuth | null; tokens: Tokens; webhooks: Webhooks; agents: Agents }

/** Answers the calls of the team's contract. */
export function createTeamCalls(core: HubCore, { links, oidc, tokens, webhooks, agents }: CallParts): AnswerCall {
  const { hub, accounts, access, readMember, submit, about, now, edge } = core
  const teamCore = {
    accounts,
    access,
    links: () => links().links,
    about,
    readMember,
    mayReadIncident: (memberId: string, id: string) => hub.log.mayRead(memberId, `incident:${id}`),
    isService: tokens.isService,
    now,
  }
  return createCallAnswerer((owner) => ({
    ...teamService(teamCore, owner),
    ...linkService({ oidc, accounts, access, endRevokedSessions: () => links().follower.endRevokedSessions() }, owner),
    ...webhookService({ webhooks, access, readMember }, owner),
    ...evidenceService(core, owner),
    ...tokenService({ tokens, access, readMember, submit, ...edge }, owner),
    ...agentsService({ agents, hub, access, readMember, about, now }, owner),
    ...orphanedIncidents({ db: hub.database.kysely, log: hub.log, access, readMember, submit, now }, owner),
  }))
}
