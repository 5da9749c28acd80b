import { hash } from 'node:crypto'
import type { LogRecord } from '#domain/log/record.ts'
import type { MemberPosition } from '#domain/members/member.ts'
import { connectHub } from '#contract/connect-hub.ts'
import type { HubLink } from '#contract/hub-link.ts'
import type { AccountTables } from './accounts/account-tables.ts'
import { admitSession } from './accounts/admit-session.ts'
import { openSharedInvite, type SharedInvite } from './accounts/shared-invite.ts'
import type { TokenTables } from './accounts/token-tables.ts'
import type { ApiTables } from './api/api-tables.ts'
import { createAgents, type Agents } from './agents/agents.ts'
import { createIdempotencyKeys } from './api/idempotency-keys.ts'
import { createTokens } from './api/tokens.ts'
import type { HubCore } from './core/hub-core.ts'
import { startFeatures, type HubFeature } from './core/hub-feature.ts'
import { listFeatures } from './features.ts'
import type { ServedHub } from './http/served-hub.ts'
import { ALIVE_MS } from './nodes/shared-presence.ts'
import { openHubCore, reportTroubles } from './open-hub-core.ts'
import { openHubLinks, type HubLinks } from './open-hub-links.ts'
import { memoryWire } from './session/links.ts'
import type { TeamHubOptions } from './team-hub-options.ts'
import { createTeamCalls, openOidc } from './team-calls.ts'
import type { Served } from './team/team-identity.ts'
import { createTimers } from './timers/timers.ts'
import { createDeliveryRounds } from './webhooks/delivery-rounds.ts'
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts'

/** Interval for polling writes of other nodes and processes, milliseconds. */
const LOOK_MS = 1000

/** A team's hub: what serving it needs, and what its own app or the command line does with it. */
export type TeamHub = ServedHub & {
  evidence: HubLinks['evidence']
  webhooks: Webhooks
  agents: Agents
  /** Submits ops about a member for someone with access to the hub's machine, in the member's name and as an owner. */
  recover(ops: readonly string[], memberId: string): Promise<LogRecord[]>
  setTeamName(name: string): Promise<void>
  /** An invite shared by all nodes of this hub, see {@link openSharedInvite}; null for a single process. */
  sharedInvite(place: MemberPosition, hours: number): Promise<SharedInvite | null>
  /** Sets where this hub is reached, for invites. */
  setServed(served: Served): void
  /** Begins a new epoch after the database was restored from a backup. */
  beginEpoch(): Promise<void>
  /** The link of the app that runs this hub, for its own member. */
  connect(memberId: string, device: string): HubLink
  /** Announces the temporary read access that ended since the last call. */
  tellEndedReadings(): Promise<void>
  /** Fires due timers; also runs automatically every second. */
  fireDue(): Promise<void>
  /** Checks for writes of other processes to the same database. */
  pollExternalWrites(): void
  close(): Promise<void>
}

/** The rounds that keep the links current. */
function linkRounds({ hub }: HubCore, { follower, node, tellEndedReadings }: HubLinks, watchOthers: boolean): HubFeature {
  return {
    name: 'links',
    rounds: [
      { everyMs: LOOK_MS, run: tellEndedReadings },
      ...(watchOthers ? [{ everyMs: LOOK_MS, run: follower.pollExternalWrites }] : []),
      ...(hub.database.others ? [{ everyMs: ALIVE_MS, run: node.beat }] : []),
    ],
  }
}

/** Opens everything of a team's hub except its log: accounts, links, evidence, snapshots, timers and metrics. */
export async function createTeamHub(options: TeamHubOptions): Promise<TeamHub> {
  const { core, meta, identity, recover, setAsideCount } = await openHubCore(options)
  const { hub, hubId, key, accounts, access, metrics, background, edge, now, readMember } = core
  const { kysely, others } = hub.database
  const oidc = openOidc(core, options)
  const tokens = createTokens(kysely.withTables<TokenTables>(), edge)
  const idempotencyKeys = createIdempotencyKeys(kysely.withTables<ApiTables>(), now)
  const webhooks = createWebhooks(hub, edge, { allowPrivate: options.allowPrivateWebhooks ?? false, onSent: metrics.delivered })
  const agents = createAgents(core)
  const ask = createTeamCalls(core, { links: () => parts, oidc, tokens, webhooks, agents })
  const parts = await openHubLinks(core, options, ask, agents.lookElsewhere)
  const { links, follower, node, goingBack, bootstrapSnapshots } = parts
  const timers = createTimers(hub, {
    now,
    ...(options.offset ? { offset: options.offset } : {}),
    sha256: (text) => hash('sha256', text),
    onFired: ({ heads, records }) => core.commits.tell({ heads, access: [], records }),
    onDelay: metrics.timerFired,
    unconfirmed: agents.unconfirmed,
  })
  reportTroubles(core)

  const features: HubFeature[] = [
    ...listFeatures(core, {
      ...parts,
      oidc,
      idempotencyKeys,
      isServed: identity.isServed,
      timers,
      webhooks,
      deliver: createDeliveryRounds(webhooks, background),
    }),
    agents.feature,
    linkRounds(core, parts, options.watchOthers ?? false),
  ]
  for (const feature of features) await feature.settle?.()
  await follower.look()
  if (others) await node.beat()
  const endFeatures = startFeatures(features, background)

  return {
    hub,
    key,
    accounts,
    access,
    oidc,
    links,
    evidence: parts.evidence,
    tokens,
    idempotencyKeys,
    webhooks,
    agents,
    bootstrapSnapshots,
    metrics: { ...metrics, text: () => metrics.text(links.count(), setAsideCount()) },
    setAsideCount,
    now,
    about: core.about,
    readMember,
    submit: core.submit,
    recover,
    isNotSaved: core.isNotSaved,
    admit: (token) => admitSession(accounts, readMember, token, now()),
    clockApart: node.clockApart,
    async isSound() {
      if (hub.log.hasFailed() || hub.log.isHeldUp()) return false
      try {
        await meta.write('lastSound', String(now()))
        return true
      } catch {
        return false
      }
    },
    setTeamName: identity.setName,
    async sharedInvite(place, hours) {
      if (!others) return null
      return openSharedInvite(kysely.withTables<AccountTables>(), edge, (id) => key.secretFor(`invite ${id}`), {
        place: JSON.stringify(place),
        createdBy: hubId,
        hours,
      })
    },
    setServed: identity.setServed,
    async beginEpoch() {
      await hub.beginEpoch()
      await goingBack.look()
      await follower.takeUpEpoch()
    },
    connect: (memberId, device) => connectHub(memoryWire(links, { memberId, sessionId: null, device, address: 'here' })),
    async endRevokedSessions() {
      others?.tell('log')
      await follower.endRevokedSessions()
    },
    tellEndedReadings: parts.tellEndedReadings,
    fireDue: timers.fireDue,
    pollExternalWrites: () => background.run(follower.pollExternalWrites),
    async close() {
      background.close()
      await endFeatures()
      node.stop()
      await background.settle()
      goingBack.close()
      // If this fails, the other nodes soon consider this one dead.
      await parts.leave().catch(() => null)
      await hub.close()
    },
  }
}
