import type { Db } from '#storage/open-database.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import type { Change } from '../store/replica-store.ts'

/** Kinds of entities that an answer is made of: those of its own incident, and those anywhere. */
export type MadeOf = { own?: readonly string[]; anywhere?: readonly string[] }

/**
 * Answers about incidents that are worked out once and kept until something they are made of is written, so that what a desk
 * of thousands of incidents shows after a change costs the one incident that changed.
 */
export function createIncidentCache(db: Db) {
  const byIncident: { madeOf: MadeOf; answers: Map<string, unknown> }[] = []
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  let commitsOfOthers = dataVersion.get()

  /** Another process with the same file may have changed anything. */
  function forgetIfOthersWrote(): void {
    const now = dataVersion.get()
    if (now === commitsOfOthers) return
    commitsOfOthers = now
    for (const { answers } of byIncident) answers.clear()
  }

  /**
   * @param work works the answer out from what is stored; what it throws is not kept
   * @returns the same, worked out again only when needed. The answer is shared: whoever gets it leaves it as it is.
   */
  function keep<T>(madeOf: MadeOf, work: (incidentId: string) => T): (incidentId: string) => T {
    const answers = new Map<string, T>()
    byIncident.push({ madeOf, answers })
    return (incidentId) => {
      forgetIfOthersWrote()
      const known = answers.get(incidentId)
      if (known !== undefined) return known
      const answer = work(incidentId)
      answers.set(incidentId, answer)
      return answer
    }
  }

  return {
    keep,
    /** The same for one answer about all incidents, made of these kinds. */
    keepOne<T>(anywhere: readonly string[], work: () => T): () => T {
      const only = keep({ anywhere }, work)
      return () => only('')
    },
    /** To be told of everything that this process writes. */
    note(changes: readonly Change[]): void {
      for (const { kind, scope } of changes) {
        const incidentId = incidentOfScope(scope)
        for (const { madeOf, answers } of byIncident) {
          if (madeOf.anywhere?.includes(kind)) answers.clear()
          else if (incidentId !== null && madeOf.own?.includes(kind)) answers.delete(incidentId)
        }
      }
    },
  }
}

export type IncidentCache = ReturnType<typeof createIncidentCache>
