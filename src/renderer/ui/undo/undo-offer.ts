/** What can be taken back just now: one thing at a time, the latest. */
export type UndoOffer = { label: string; undo(): void }

let current: UndoOffer | null = null
const listeners = new Set<() => void>()

/** Puts an offer in the place of the one before, or with null takes it away. */
export function setUndoOffer(offer: UndoOffer | null): void {
  current = offer
  for (const listener of listeners) listener()
}

/** The offer that stands, or null. */
export function undoOffer(): UndoOffer | null {
  return current
}

/** Calls back whenever the offer changes; returns the way to stop. */
export function watchUndoOffer(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
