import { reaches } from './audiences.ts'
import { standingTo, type Confirmations } from './confirmations.ts'
import type { PublishedSet } from './published-set.ts'
import type { Agent } from './roster.ts'

/** A request to confirm the version in use; `groupId`: only of this group. */
export type Nudge = { wordingId: string; groupId: string | null }

/** Kept for consoles that ask; those that ask less often than this many nudges hear of the last ones only. */
const KEPT = 100
/** Sessions whose questions are followed; the one that asked longest ago is forgotten first. */
const SESSIONS = 20_000

/** Nudges for consoles that ask instead of being told: each hears of those since it was answered last. */
export type Nudges = {
  note(nudge: Nudge): void
  /** The number of the last nudge that a session has heard of; at its first question, of the last there was. */
  heardBy(sessionId: string): number
  /** Whether there was none since. */
  isQuiet(since: number): boolean
  /** The ids of the texts of nudges since that concern an agent. */
  since(since: number, agent: Pick<Agent, 'groups'>, own: Confirmations): string[]
  /** Notes that a session is being answered. */
  answered(sessionId: string): void
}

export function createNudges({ text }: Pick<PublishedSet, 'text'>): Nudges {
  let last = 0
  let recent: (Nudge & { number: number })[] = []
  const heard = new Map<string, number>()

  return {
    note(nudge) {
      last += 1
      recent = [...recent.slice(1 - KEPT), { ...nudge, number: last }]
    },
    heardBy: (sessionId) => heard.get(sessionId) ?? last,
    isQuiet: (since) => since === last,
    since(since, { groups }, own) {
      const ids = recent.flatMap(({ wordingId, groupId, number }) => {
        const live = text(wordingId)?.live
        if (number <= since || !live || !reaches(live, groups) || (groupId !== null && !groups.includes(groupId))) return []
        return standingTo(live, own.get(wordingId)) === 'current' ? [] : [wordingId]
      })
      return [...new Set(ids)]
    },
    answered(sessionId) {
      heard.delete(sessionId)
      heard.set(sessionId, last)
      const [oldest] = heard.keys()
      if (heard.size > SESSIONS && oldest !== undefined) heard.delete(oldest)
    },
  }
}
