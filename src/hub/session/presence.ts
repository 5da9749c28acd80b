import type { PresencePlace, PresenceView } from '#contract/team-api.ts'

/** One who is told who else is here, as long as they stand. */
type PresenceListener = { stands(): boolean; maySee(incidentId: string): Promise<boolean>; tell(present: PresenceView[]): void }

type Present = { memberId: string; device: string; place: PresencePlace | null; since: number }

function isSamePlace(a: PresencePlace | null, b: PresencePlace | null): boolean {
  return a?.page === b?.page && a?.incidentId === b?.incidentId && a?.part === b?.part && a?.entityId === b?.entityId
}

/**
 * Who is here and where their attention is. Nothing of it is stored; an incident is named only to those who may read it.
 * @param after runs work a little later, so that many moves become one notice
 */
export function createPresence(now: () => number, after: (work: () => Promise<void>) => void) {
  const present = new Map<object, Present>()
  const listeners = new Map<object, PresenceListener>()
  let planned = false

  function spread(): void {
    if (planned) return
    planned = true
    after(async () => {
      planned = false
      for (const [key, listener] of listeners) {
        // A contract ends while a link is open: nobody is told of then, nor shown.
        if (!listener.stands()) continue
        const others: Present[] = []
        for (const [other, one] of present) {
          if (other === key || listeners.get(other)?.stands() === false) continue
          const incidentId = one.place?.incidentId ?? null
          others.push({ ...one, place: incidentId === null || (await listener.maySee(incidentId)) ? one.place : null })
        }
        listener.tell(others)
      }
    })
  }

  return {
    /** Somebody's link has come up. */
    enter(key: object, who: { memberId: string; device: string }, listener: PresenceListener): void {
      present.set(key, { ...who, place: null, since: now() })
      listeners.set(key, listener)
      spread()
    },
    look(key: object, place: PresencePlace | null): void {
      const one = present.get(key)
      if (!one) return
      const same = isSamePlace(one.place, place)
      if (same && one.place?.writing === place?.writing) return
      present.set(key, { ...one, place, since: same ? one.since : now() })
      spread()
    },
    leave(key: object): void {
      present.delete(key)
      listeners.delete(key)
      spread()
    },
    isHere: (memberId: string) => [...present.values()].some((one) => one.memberId === memberId),
  }
}

export type Presence = ReturnType<typeof createPresence>
