import type { PresenceFocus, PresenceView } from '#contract/team-api.ts'
import type { NodeLink, SharedPresence } from '../nodes/shared-presence.ts'

/** A listener that receives presence while its member is in standing. */
type PresenceListener = { stands(): boolean; maySee(incidentId: string): Promise<boolean>; tell(present: PresenceView[]): void }

type Who = { memberId: string; device: string; sessionId: string | null }
type Present = Who & { place: PresenceFocus | null; since: number }

function isSamePlace(a: PresenceFocus | null, b: PresenceFocus | null): boolean {
  return a?.page === b?.page && a?.incidentId === b?.incidentId && a?.part === b?.part && a?.entityId === b?.entityId
}

export type Presence = {
  /** A member's link was opened. */
  enter(key: object, who: Who, listener: PresenceListener): void
  look(key: object, place: PresenceFocus | null): void
  leave(key: object): void
  /** Presence changed at another node. */
  lookElsewhere: () => void
  isHere: (memberId: string) => boolean
  /** Whether a session has a link at another node, as far as this node knows. */
  isConnectedElsewhere: (sessionId: string) => boolean
}

/**
 * Who is connected and what they look at. Nothing is stored; an incident is named only to members who may read it.
 * @param after runs work after a short delay, so that many changes become one notice
 * @param shared exchanges presence between the nodes of one hub; null for a single node
 */
export function createPresence(
  now: () => number,
  after: (work: () => Promise<void>) => void,
  shared: SharedPresence | null = null,
): Presence {
  const present = new Map<object, Present>()
  const listeners = new Map<object, PresenceListener>()
  let elsewhere: readonly NodeLink[] = []
  let planned = false
  let moved = false
  let last: Promise<void> = Promise.resolve()

  /** Connected members in standing: a contract may end while a link is open. */
  const standing = () => [...present].filter(([key]) => listeners.get(key)?.stands() !== false)

  async function tellAll(): Promise<void> {
    for (const [key, listener] of listeners) {
      // A contract may end while a link is open; then the member gets no presence and is not shown.
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

  async function tellRound(): Promise<void> {
    const publishes = moved
    moved = false
    if (publishes) await shared?.publish(standing().map(([, one]) => one))
    if (shared) elsewhere = await shared.read()
    await tellAll()
  }

  function spread(here: boolean): void {
    moved ||= here
    if (planned) return
    planned = true
    after(() => {
      planned = false
      // One round after the other: a round that waits for a right to read must not tell an older state after a newer one.
      const round = last.then(tellRound)
      last = round.catch(() => undefined)
      return round
    })
  }

  return {
    enter(key: object, who: Who, listener: PresenceListener): void {
      present.set(key, { ...who, place: null, since: now() })
      listeners.set(key, listener)
      spread(true)
    },
    look(key: object, place: PresenceFocus | null): void {
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
    lookElsewhere: () => spread(false),
    isHere: (memberId: string) => [...present.values(), ...elsewhere].some((one) => one.memberId === memberId),
    isConnectedElsewhere: (sessionId: string) => elsewhere.some((one) => one.sessionId === sessionId),
  }
}
