import { AGENT_GROUP } from '#domain/agents/agent-group-entity.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { AccountTables } from '../accounts/account-tables.ts'
import { createFailedAttempts } from '../accounts/failed-attempts.ts'
import { createPasswords } from '../accounts/passwords.ts'
import type { HubCore } from '../core/hub-core.ts'
import type { HubFeature } from '../core/hub-feature.ts'
import { createAgentNotes } from './agent-notes.ts'
import { createAgentSessions } from './agent-sessions.ts'
import type { AgentTables } from './agent-tables.ts'
import { reaches } from './audiences.ts'
import { createConfirming, standingTo } from './confirmations.ts'
import { createNudges, type Nudge } from './nudges.ts'
import { createPublishedSet, type PublishedSet } from './published-set.ts'
import { createReach } from './reach.ts'
import { createNumberClaims } from './number-claims.ts'
import { createRoster, type Agent } from './roster.ts'
import { createStreams } from './streams.ts'
import { createVendorLinks } from './vendor-links.ts'
import { createVendorPlaces } from './vendor-places.ts'
import { createWriteTurns } from './write-turns.ts'

/** A whole call center signs in from one address when a shift begins; with a few typing errors. */
const CONSOLE_LIMITS = { perPlace: 5, perLogin: 50, perAddress: 300 }
const TICK_MS = 1000
/** Consoles hear that often that they are up to date, milliseconds. */
const BEAT_MS = 10_000
/** How often it is written that agents are here; and how long that is believed of agents at another node. */
const SEEN_MS = 20_000
const BELIEVED_MS = 45_000
/** Without a word from other nodes, their changes are looked for this often, milliseconds. */
const LOOK_MS = 2000
/** The list of agents may be this old for figures, milliseconds; longer when reading it takes long. */
const ROSTER_AGE_MS = 2000
const LONGEST_SHARE = 20

const CONCERN = ['"wording"', '"incident"', '"bulletin"']
const mayConcernAgents = ({ bytes }: LogRecord) => CONCERN.some((kind) => bytes.includes(kind))

/** Reads the published texts when they are first asked for, and follows the log from then on. */
function followLog(core: HubCore, set: PublishedSet, changed: () => void) {
  const { background, commits } = core
  let toRead: Set<string> | 'all' = new Set()
  let first: Promise<void> | null = null

  async function readMoved(): Promise<void> {
    const scopes = toRead === 'all' ? toRead : [...toRead]
    toRead = new Set()
    if (scopes.length === 0) return
    try {
      if (await set.read(scopes)) changed()
    } catch (error) {
      // A withdrawal that is not read must not be lost: the next round reads these scopes again.
      note(scopes)
      throw error
    }
    await set.prepare()
  }

  function note(scopes: readonly string[] | 'all'): void {
    if (scopes === 'all') toRead = 'all'
    else if (toRead !== 'all') for (const scope of scopes) toRead.add(scope)
  }

  function moved(scopes: readonly string[] | 'all'): void {
    if (first === null || (scopes !== 'all' && scopes.length === 0)) return
    note(scopes)
    background.run(readMoved)
  }

  commits.listen(({ heads, records }) => {
    if (records.length > 0 && !records.some(mayConcernAgents)) return
    moved(heads.flatMap(({ scope }) => (scope.startsWith('private:') ? [] : [scope])))
  })
  commits.listenElsewhere(moved)

  return {
    isRead: () => first !== null,
    /** Reads what could not be read when it changed. */
    readAgain: readMoved,
    /** Resolves when the texts are known. */
    async ready(): Promise<void> {
      first ??= set.read('all').then(
        () => undefined,
        (error: unknown) => {
          first = null
          throw error
        },
      )
      await first
    },
  }
}

/** The agents of a team: accounts, what they are shown, and what they did with it. */
export function createAgents(core: HubCore) {
  const { hub, edge, now } = core
  const { others } = hub.database
  const db = hub.database.kysely.withTables<AgentTables>()
  const passwords = createPasswords()
  const write = createWriteTurns(db)
  const roster = createRoster(db, edge, passwords)
  const failures = createFailedAttempts(hub.database.kysely.withTables<AccountTables>(), edge, CONSOLE_LIMITS)
  const claims = createNumberClaims(db, edge)
  const sessions = createAgentSessions(db, edge, {
    passwords,
    failures,
    placeOf: createVendorPlaces(edge, claims),
    isGroup: async (id) => AGENT_GROUP.as(await hub.log.readEntity(AGENT_GROUP.kind, id))?.state.removed === false,
    onEnded: (ids) => {
      streams.endSessions(ids, 'signed-out')
      others?.tell('agents')
    },
  })
  const set = createPublishedSet(core)
  const team = { name: () => core.about().name }
  const streams = createStreams({ set, team, now, random: Math.random })
  const nudges = createNudges(set)
  const log = followLog(core, set, () => streams.setChanged())
  const confirming = createConfirming(db, { set, write, now })
  const notes = createAgentNotes(db, { set, write, now })
  /** Agents whose console asks instead of being told, with the time of the last question. */
  const asking = new Map<string, number>()
  let nudgesSince = now()
  /** How often changes of agents were taken up. */
  let looks = 0

  let listed: { agents: readonly Agent[]; until: number } | null = null
  async function agents(): Promise<readonly Agent[]> {
    const begun = performance.now()
    if (listed && begun < listed.until) return listed.agents
    const all = await roster.all()
    const took = performance.now() - begun
    listed = { agents: all, until: performance.now() + Math.max(ROSTER_AGE_MS, took * LONGEST_SHARE) }
    return all
  }

  function isOnline({ id, seenAt }: Agent): boolean {
    if (streams.isOpen(id) || (asking.get(id) ?? 0) > now() - BELIEVED_MS) return true
    return others !== null && seenAt !== null && seenAt > now() - BELIEVED_MS
  }

  async function noteSeen(): Promise<void> {
    for (const [id, at] of asking) if (at <= now() - BELIEVED_MS) asking.delete(id)
    await roster.noteSeen([...new Set([...streams.agents(), ...asking.keys()])])
  }

  /** Takes up what other nodes did to agents with an open console here. */
  async function lookElsewhere(): Promise<void> {
    listed = null
    looks += 1
    const open = streams.sessions()
    if (open.length > 0) {
      // Agents first: why their sessions ended is said as well.
      streams.agentsChanged(await roster.these([...streams.agents()]))
      streams.endSessions(await sessions.endedAmong(open), 'signed-out')
    }
    const stored = await db.selectFrom('agent_nudge').selectAll().where('at', '>', nudgesSince).orderBy('at').execute()
    for (const { wording_id: wordingId, group_id: groupId, at } of stored) {
      nudgesSince = Math.max(nudgesSince, at)
      sendNudge({ wordingId, groupId })
    }
  }

  /** Asks the consoles of this node. */
  function sendNudge(nudge: Nudge): void {
    nudges.note(nudge)
    streams.nudge(nudge.wordingId, nudge.groupId)
  }

  const reach = createReach(db, { set, confirming, agents, isOnline, now })

  async function passTime(): Promise<void> {
    streams.passTime()
    await log.readAgain()
    if (log.isRead() && (await set.passTime())) streams.setChanged()
  }

  const feature: HubFeature = {
    name: 'agents',
    async begin() {
      // The first console after a restart does not wait for the texts.
      if (await db.selectFrom('agent').select('id').limit(1).executeTakeFirst()) await log.ready()
    },
    rounds: [
      { everyMs: TICK_MS, run: passTime },
      // Not background work: nothing waits for it.
      { everyMs: BEAT_MS, run: () => Promise.resolve(streams.beat()) },
      { everyMs: SEEN_MS, run: noteSeen },
      ...(others ? [{ everyMs: LOOK_MS, run: lookElsewhere }] : []),
    ],
    async sweep() {
      await sessions.sweep()
      await claims.sweep()
      await notes.sweep()
      await db
        .deleteFrom('agent_nudge')
        .where('at', '<', now() - BELIEVED_MS)
        .execute()
    },
    close: () => streams.close(),
  }

  return {
    feature,
    roster,
    sessions,
    claims,
    links: createVendorLinks(db, edge),
    team,
    streams,
    set,
    confirming,
    notes,
    reach,
    ready: log.ready,
    nudges,
    looks: () => looks,
    lookElsewhere,
    isOnline,
    /** All agents, as of a short time ago. */
    agents,
    now,
    /** Notes a console that asks instead of being told. */
    noteAsking: (agentId: string) => void asking.set(agentId, now()),

    /** A session was ended by its agent. */
    signedOut(sessionId: string): void {
      streams.endSessions(new Set([sessionId]), 'signed-out')
      others?.tell('agents')
    },

    /** Something about agents was changed here: their consoles here and at other nodes take it up. */
    async changed(): Promise<void> {
      others?.tell('agents')
      await lookElsewhere()
    },

    /** Stores a nudge and sends it. @returns the number of connected agents who are asked; null: it was just done */
    async nudge(wordingId: string, groupId: string | null, memberId: string, pauseMs: number): Promise<number | null> {
      const at = now()
      const last = await db
        .selectFrom('agent_nudge')
        .select('id')
        .where('at', '>', at - pauseMs)
        .where('wording_id', '=', wordingId)
        .where('group_id', groupId === null ? 'is' : '=', groupId)
        .executeTakeFirst()
      if (last) return null
      await db
        .insertInto('agent_nudge')
        .values({ id: edge.uuid(), wording_id: wordingId, group_id: groupId, at, by_member: memberId })
        .execute()
      others?.tell('agents')
      nudgesSince = Math.max(nudgesSince, at)
      sendNudge({ wordingId, groupId })
      const waiting = await reach.readers(wordingId, groupId, null)
      return waiting.filter(({ standing, online }) => standing !== 'current' && online).length
    },

    /** How many agents have not confirmed the version in use; null if it is not in use. */
    async unconfirmed(wordingId: string): Promise<number | null> {
      await log.ready()
      const live = set.text(wordingId)?.live
      if (!live) return null
      const confirmed = await confirming.ofText(wordingId)
      const reached = (await roster.all()).filter(({ end, groups }) => end === null && reaches(live, groups))
      return reached.filter(({ id }) => standingTo(live, confirmed.get(id)) !== 'current').length
    },
  }
}

export type Agents = ReturnType<typeof createAgents>
