/** The action that can be undone now: one at a time, the latest. */
export type UndoOffer = { label: string; undo(): void }

let current: UndoOffer | null = null
const listeners = new Set<() => void>()

/** Replaces the current offer; null removes it. */
export function setUndoOffer(offer: UndoOffer | null): void {
  current = offer
  for (const listener of listeners) listener()
}

/** The current offer, or null. */
export function undoOffer(): UndoOffer | null {
  return current
}

/** Calls `listener` whenever the offer changes. Returns a function that stops it. */
export function watchUndoOffer(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
