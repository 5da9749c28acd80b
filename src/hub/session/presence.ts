import type { PresencePlace, PresenceView } from '#contract/team-api.ts'
import type { NodeLink, SharedPresence } from '../nodes/shared-presence.ts'

/** One who is told who else is here, as long as they stand. */
type PresenceListener = { stands(): boolean; maySee(incidentId: string): Promise<boolean>; tell(present: PresenceView[]): void }

type Who = { memberId: string; device: string; sessionId: string | null }
type Present = Who & { place: PresencePlace | null; since: number }

function isSamePlace(a: PresencePlace | null, b: PresencePlace | null): boolean {
  return a?.page === b?.page && a?.incidentId === b?.incidentId && a?.part === b?.part && a?.entityId === b?.entityId
}

/**
 * Who is here and where their attention is. Nothing of it is kept; an incident is named only to those who may read it.
 * @param after runs work a little later, so that many moves become one notice
 * @param shared carries it between the nodes of one hub; null where there is one only
 */
export function createPresence(now: () => number, after: (work: () => Promise<void>) => void, shared: SharedPresence | null = null) {
  const present = new Map<object, Present>()
  const listeners = new Map<object, PresenceListener>()
  let elsewhere: readonly NodeLink[] = []
  let planned = false
  let moved = false

  /** Whose links are open here and who stand: a contract may end while a link is open. */
  const standing = () => [...present].filter(([key]) => listeners.get(key)?.stands() !== false)

  async function tellAll(): Promise<void> {
    for (const [key, listener] of listeners) {
      // A contract ends while a link is open: nobody is told of then, nor shown.
      if (!listener.stands()) continue
      const others: PresenceView[] = []
      const here = standing().flatMap(([other, one]) => (other === key ? [] : [one]))
      for (const { memberId, device, place, since } of [...here, ...elsewhere]) {
        const incidentId = place?.incidentId ?? null
        others.push({ memberId, device, place: incidentId === null || (await listener.maySee(incidentId)) ? place : null, since })
      }
      listener.tell(others)
    }
  }

  function spread(here: boolean): void {
    moved ||= here
    if (planned) return
    planned = true
    after(async () => {
      planned = false
      const publishes = moved
      moved = false
      if (publishes) await shared?.publish(standing().map(([, one]) => one))
      if (shared) elsewhere = await shared.read()
      await tellAll()
    })
  }

  return {
    /** Somebody's link has come up. */
    enter(key: object, who: Who, listener: PresenceListener): void {
      present.set(key, { ...who, place: null, since: now() })
      listeners.set(key, listener)
      spread(true)
    },
    look(key: object, place: PresencePlace | null): void {
      const one = present.get(key)
      if (!one) return
      const same = isSamePlace(one.place, place)
      if (same && one.place?.writing === place?.writing) return
      present.set(key, { ...one, place, since: same ? one.since : now() })
      spread(true)
    },
    leave(key: object): void {
      present.delete(key)
      listeners.delete(key)
      spread(true)
    },
    /** Something has moved at another node. */
    lookElsewhere: () => spread(false),
    isHere: (memberId: string) => [...present.values(), ...elsewhere].some((one) => one.memberId === memberId),
    /** Whether a session has a link open at another node, as far as is known here. */
    isConnectedElsewhere: (sessionId: string) => elsewhere.some((one) => one.sessionId === sessionId),
  }
}

export type Presence = ReturnType<typeof createPresence>
