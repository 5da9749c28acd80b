import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Admission } from '#domain/members/admission.ts'
import type { HubLink, ScopeHead } from '#contract/hub-link.ts'
import type { HubLog, Submitted } from './log/hub-log.ts'
import { isAmong } from './log/readers.ts'

type Session = { memberId: string; told: Set<(heads: readonly ScopeHead[]) => void> }

/**
 * Links within one process: calls into the hub, but only through what a socket could carry as well. Like a socket they
 * answer in a later turn, so that a long sync leaves room for the calls of screens in between.
 */
export function createMemoryLinks(log: HubLog, epoch: () => Promise<string>, now: () => number) {
  const sessions = new Set<Session>()

  async function announce({ heads, access }: Submitted): Promise<void> {
    // Told of nothing new, a replica whose op cannot be taken in would offer it again and again without end.
    for (const { memberId, told } of sessions) {
      const joined = access.some((change) => change.kind === 'member' && change.memberId === memberId && change.after)
      const theirs = joined ? await log.headsFor(memberId) : heads.flatMap(({ readers, ...head }) => (isAmong(readers, memberId) ? [head] : []))
      if (theirs.length > 0) for (const tell of told) tell(theirs)
    }
  }

  return (memberId: string, invited: Admission = null): HubLink => {
    const session: Session = { memberId, told: new Set() }
    sessions.add(session)
    return {
      hello: async () => ({ epoch: await epoch(), hubTime: now(), scopes: await log.headsFor(memberId) }),
      push: async (ops) => {
        const submitted = await log.submit(ops, { memberId, admission: invited })
        await announce(submitted)
        await nextTurn()
        return { records: submitted.records }
      },
      pull: async (scope, afterSeq, limit) => {
        const records = await log.readAfter(memberId, scope, afterSeq, limit + 1)
        await nextTurn()
        return { records: records.slice(0, limit), more: records.length > limit }
      },
      onAdvance: (listener) => {
        session.told.add(listener)
        return () => session.told.delete(listener)
      },
      close: () => {
        session.told.clear()
        sessions.delete(session)
      },
    }
  }
}
