import {
  QUOTES_SHOWN,
  type FeedbackQuote,
  type FeedbackRow,
  type ReachCounts,
  type ReachRow,
  type ReaderRow,
  type Standing,
  type UseCounts,
  type UseRow,
} from '#contract/agents-api.ts'
import { HOUR } from '#domain/durations.ts'
import { readTexts } from '../database/read-texts.ts'
import type { AgentDb } from './agent-tables.ts'
import { reaches } from './audiences.ts'
import { standingTo, type Confirming } from './confirmations.ts'
import type { PublishedSet } from './published-set.ts'
import type { LiveText, ReleasedText } from './released-text.ts'
import type { Agent } from './roster.ts'

const NO_USE: UseCounts = { shown: 0, opened: 0, copied: 0, worked: 0, objected: 0 }
const NOBODY: ReachCounts = { total: 0, current: 0, stale: 0, outstanding: 0 }

export type ReachParts = {
  set: PublishedSet
  confirming: Pick<Confirming, 'ofText'>
  /** All agents, as of a short time ago. */
  agents(): Promise<readonly Agent[]>
  isOnline(agent: Agent): boolean
  now(): number
}

type LiveReleased = ReleasedText & { live: LiveText }

function countIn(counts: ReachCounts, standing: Standing): ReachCounts {
  return { ...counts, total: counts.total + 1, [standing]: counts[standing] + 1 }
}

/** How far published texts have come, and what agents make of them. */
export function createReach(db: AgentDb, { set, confirming, agents, isOnline, now }: ReachParts) {
  const reached = async (live: LiveText) => (await agents()).filter(({ end, groups }) => end === null && reaches(live, groups))

  const textsOf = (incidentId: string | null) => [...set.texts()].filter((text) => text.incidentId === incidentId)

  async function shownTimes(live: LiveText): Promise<Map<string, number>> {
    const rows = await db
      .selectFrom('agent_shown')
      .select(['agent_id', 'at'])
      .where('wording_id', '=', live.text.id)
      .where('revision_id', '=', live.text.revisionId)
      .execute()
    return new Map(rows.map(({ agent_id: id, at }) => [id, at]))
  }

  async function rowOf({ live }: LiveReleased): Promise<ReachRow> {
    const confirmed = await confirming.ofText(live.text.id)
    const shown = await shownTimes(live)
    let all = NOBODY
    const byGroup = new Map<string, ReachCounts>()
    const row = { shown: 0, online: 0 }
    for (const agent of await reached(live)) {
      const standing = standingTo(live, confirmed.get(agent.id))
      all = countIn(all, standing)
      for (const id of agent.groups) byGroup.set(id, countIn(byGroup.get(id) ?? NOBODY, standing))
      if (shown.has(agent.id)) row.shown += 1
      if (isOnline(agent)) row.online += 1
    }
    const { id: wordingId, revisionId, number, hash, from, urgency, confirmBy } = live.text
    const groups = [...byGroup].map(([groupId, counts]) => ({ groupId, ...counts })).toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1))
    return { wordingId, revisionId, number, hash, from, urgency, confirmBy, ...all, ...row, groups }
  }

  async function usesOf(texts: readonly ReleasedText[], since: number) {
    if (texts.length === 0) return []
    return db
      .selectFrom('agent_use')
      .selectAll()
      .where(
        'wording_id',
        'in',
        texts.map(({ id }) => id),
      )
      .where('hour', '>=', since)
      .orderBy('hour')
      .execute()
  }

  return {
    async reach(incidentId: string | null): Promise<ReachRow[]> {
      const rows: ReachRow[] = []
      for (const text of textsOf(incidentId)) if (text.live) rows.push(await rowOf({ ...text, live: text.live }))
      return rows.toSorted((a, b) => b.from - a.from || (a.wordingId < b.wordingId ? -1 : 1))
    },

    /** The agents whom a text in use reaches; empty if it is not in use. */
    async readers(wordingId: string, groupId: string | null, standing: Standing | null): Promise<ReaderRow[]> {
      const live = set.text(wordingId)?.live
      if (!live) return []
      const confirmed = await confirming.ofText(wordingId)
      const shown = await shownTimes(live)
      return (await reached(live))
        .filter(({ groups }) => groupId === null || groups.includes(groupId))
        .map((agent) => {
          const own = confirmed.get(agent.id)
          return {
            agentId: agent.id,
            number: agent.number,
            name: agent.name,
            vendor: agent.vendor,
            groups: [...agent.groups],
            standing: standingTo(live, own),
            confirmedNumber: own?.number ?? null,
            confirmedAt: own?.at ?? null,
            shownAt: shown.get(agent.id) ?? null,
            online: isOnline(agent),
            lastSeenAt: agent.seenAt,
          }
        })
        .filter((row) => standing === null || row.standing === standing)
    },

    async feedback(incidentId: string | null): Promise<{ rows: FeedbackRow[]; quotes: FeedbackQuote[] }> {
      const texts = textsOf(incidentId)
      const rows = new Map<string, FeedbackRow>()
      for (const { wording_id: wordingId, revision_id: revisionId, number, kind, count } of await usesOf(texts, 0)) {
        const row = rows.get(revisionId) ?? { wordingId, revisionId, number, ...NO_USE }
        rows.set(revisionId, { ...row, [kind]: row[kind as keyof UseCounts] + Number(count) })
      }
      if (texts.length === 0) return { rows: [], quotes: [] }
      const said = await db
        .selectFrom('agent_note')
        .innerJoin('agent', 'agent.id', 'agent_note.agent_id')
        .select(['agent_note.id', 'wording_id', 'revision_id', 'agent_note.number', 'at', 'text', 'groups'])
        .where('kind', '=', 'objected')
        .where(
          'wording_id',
          'in',
          texts.map(({ id }) => id),
        )
        .where('text', '!=', '')
        .orderBy('at', 'desc')
        .orderBy('agent_note.id')
        .limit(QUOTES_SHOWN)
        .execute()
      return {
        rows: [...rows.values()],
        quotes: said.map(({ id, wording_id: wordingId, revision_id: revisionId, number, at, text, groups }) => ({
          id,
          wordingId,
          revisionId,
          number,
          at,
          groups: readTexts(groups),
          text,
        })),
      }
    },

    async use(incidentId: string | null, hours: number): Promise<UseRow[]> {
      const rows = new Map<string, UseRow>()
      const since = Math.floor(now() / HOUR) * HOUR - (hours - 1) * HOUR
      for (const { wording_id: wordingId, revision_id: revisionId, number, hour, kind, count } of await usesOf(
        textsOf(incidentId),
        since,
      )) {
        const key = `${revisionId} ${hour}`
        const row = rows.get(key) ?? { wordingId, revisionId, number, hour, ...NO_USE }
        rows.set(key, { ...row, [kind]: row[kind as keyof UseCounts] + Number(count) })
      }
      return [...rows.values()]
    },
  }
}

export type Reach = ReturnType<typeof createReach>
