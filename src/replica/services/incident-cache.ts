import type { Db } from '#storage/open-database.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import type { Change } from '../store/replica-store.ts'

/** Kinds of entities that an answer depends on: those of its own incident, and those of any scope. */
export type MadeOf = { own?: readonly string[]; anywhere?: readonly string[] }

export type IncidentCache = {
  /**
   * @param work computes the answer from stored data; a thrown error is not cached
   * @returns the same, computed only when needed. The answer is shared: callers must not modify it.
   */
  keep<T>(madeOf: MadeOf, work: (incidentId: string) => T): (incidentId: string) => T
  /** The same for one answer about all incidents that depends on these kinds. */
  keepOne<T>(anywhere: readonly string[], work: () => T): () => T
  /** Must be called with every change that this process writes. */
  note(changes: readonly Change[]): void
}

/**
 * Caches computed answers about incidents until an entity that they depend on is written, so that after a change a dashboard of
 * thousands of incidents recomputes only the incident that changed.
 */
export function createIncidentCache(db: Db): IncidentCache {
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
    keepOne<T>(anywhere: readonly string[], work: () => T): () => T {
      const only = keep({ anywhere }, work)
      return () => only('')
    },
    note(changes) {
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
