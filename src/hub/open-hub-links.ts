import { join } from 'node:path'
import { refusalOf } from './accounts/link-owner.ts'
import { logRefusedReveals } from './accounts/refused-reveals.ts'
import type { HubCore } from './core/hub-core.ts'
import { UnreadableRow } from './database/unreadable.ts'
import { createEvidenceRights } from './evidence/evidence-rights.ts'
import type { EvidenceStore } from './evidence/evidence-store.ts'
import { openEvidence } from './evidence/open-evidence.ts'
import { followOthers, type OthersFollower } from './follow-others.ts'
import { watchForGoingBack, type GoingBackWatch } from './going-back.ts'
import { createNodeLife, type NodeLife } from './nodes/node-life.ts'
import type { NodeTables } from './nodes/node-tables.ts'
import { createSharedPresence, type NodePresence } from './nodes/shared-presence.ts'
import { answerBootstrap } from './session/answer-bootstrap.ts'
import type { LinkCore } from './session/answer-link.ts'
import { createEndedReadings } from './session/ended-readings.ts'
import { createLinks, type Links } from './session/links.ts'
import { createPresence } from './session/presence.ts'
import { createBootstrapSnapshots, type BootstrapSnapshots } from './snapshots/bootstrap-snapshots.ts'
import { createSnapshots, type Snapshots } from './snapshots/snapshots.ts'
import type { TeamHubOptions } from './team-hub-options.ts'
import { leaseHours } from './team/lease-hours.ts'

const PRESENCE_MS = 500

/** The links of a hub, what is read over them, and what keeps them current. */
export type HubLinks = {
  links: Links
  evidence: EvidenceStore
  /** Imports evidence of the data folder into the database. @returns the number of files */
  takeInFolder(): Promise<number>
  snapshots: Snapshots
  /** Null when new devices begin from the log. */
  bootstrapSnapshots: BootstrapSnapshots | null
  goingBack: GoingBackWatch
  follower: OthersFollower
  node: NodeLife
  /** Announces the temporary read access that ended since the last call. */
  tellEndedReadings(): Promise<void>
  /** This node stops; its links are closed for the others. */
  leave(): Promise<void>
}

/** Presence shared with the other nodes; null for a single process. */
function openSharedPresence({ hub, now, readMember }: HubCore): NodePresence | null {
  const { others, kysely } = hub.database
  if (!others) return null
  return createSharedPresence(kysely.withTables<NodeTables>(), hub.instance, {
    now,
    // An unreadable row does not change what the member's node last knew.
    async stands(memberId) {
      try {
        return refusalOf(await readMember(memberId), now()) === null
      } catch (error) {
        if (error instanceof UnreadableRow) return true
        throw error
      }
    },
    onPublished: () => others.tell('presence'),
  })
}

/** Announces every commit of this node: to its links, to the other nodes, and to what watches the log. */
function announceCommits(core: HubCore, { links, goingBack, follower }: Pick<HubLinks, 'links' | 'goingBack' | 'follower'>): void {
  const { accounts, access, background, metrics } = core
  const { others } = core.hub.database
  core.commits.listen(({ heads, access: changed, records }) => {
    goingBack.note(heads)
    metrics.recorded(follower.note(heads))
    if (heads.length > 0) others?.tell('log')
    for (const change of changed)
      if (change.kind === 'member' && !change.after) background.run(() => accounts.endOfThoseOut([change.memberId]))
    background.run(() => links.announce(heads, changed, records))
    background.run(() => logRefusedReveals(access, records))
  })
}

/**
 * @param ask answers the calls of the team's contract
 * @param agentsElsewhere called when another node has changed something about agents
 */
export async function openHubLinks(
  core: HubCore,
  options: TeamHubOptions,
  ask: LinkCore['ask'],
  agentsElsewhere: () => Promise<void>,
): Promise<HubLinks> {
  const { hub, hubId, key, accounts, background, metrics, now, readMember } = core
  const { log, database } = hub
  const { others } = database
  const goingBack = await watchForGoingBack(hub, { folder: options.dataFolder, hubId, log: core.report })
  const { evidence, takeInFolder } = openEvidence(
    database,
    { evidence: options.evidenceFolder, incoming: join(options.dataFolder, 'hub-incoming') },
    now,
  )
  const snapshots = createSnapshots(
    join(options.dataFolder, 'hub-snapshots'),
    { mayRead: log.mayRead, head: log.headOf, walk: log.walkScope, lacks: log.lacks },
    now,
    options.snapshots,
  )
  const sharedPresence = openSharedPresence(core)
  const presence = createPresence(now, (work) => void setTimeout(() => background.run(work), PRESENCE_MS).unref(), sharedPresence)
  const linkCore: LinkCore = {
    hubId,
    get epoch() {
      return follower.epoch()
    },
    key,
    log,
    evidence,
    evidenceRights: createEvidenceRights(database.kysely, log.mayRead),
    snapshots,
    now,
    leaseHours: () => leaseHours(log),
    ask,
    onCommitted: (heads, access, records) => core.commits.tell({ heads, access, records }),
    wentBack: () => follower.wentBack(),
    onAnswered: metrics.answered,
    onEnded: () => others?.tell('log'),
    stands: async (sessionId) => (await accounts.sessions.byId(sessionId))?.revoked_at === null,
    onFault: core.onFault,
    isNotSaved: core.isNotSaved,
  }
  const links = createLinks(linkCore, presence, readMember)
  const follower = followOthers(core, { links, goingBack, epoch: await hub.epoch() })
  announceCommits(core, { links, goingBack, follower })
  const bootstrapSnapshots = options.replicaMaker
    ? createBootstrapSnapshots(
        {
          folder: join(options.dataFolder, 'hub-bootstrap'),
          maker: options.replicaMaker,
          hubId,
          log,
          epoch: follower.epoch,
          ask: (name, message) => answerBootstrap(linkCore, name, message),
          now,
          report: core.report,
        },
        options.bootstrapSnapshots,
      )
    : null
  const node = createNodeLife({
    ...database,
    hear: (topic) =>
      topic === 'presence' ? presence.lookElsewhere() : background.run(topic === 'agents' ? agentsElsewhere : follower.takeUpOthers),
    beat: async () => (await sharedPresence?.beat()) === true && presence.lookElsewhere(),
    onClockApart: metrics.clockApart,
    log: core.report,
  })
  return {
    links,
    evidence,
    takeInFolder,
    snapshots,
    bootstrapSnapshots,
    goingBack,
    follower,
    node,
    tellEndedReadings: createEndedReadings({ log, announce: (ended) => links.announce([], ended), now }),
    leave: async () => sharedPresence?.leave(),
  }
}
