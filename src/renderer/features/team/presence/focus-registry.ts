/** The parts of a page that can be in focus, from the widest to the narrowest; the narrowest open one is sent. */
export const FOCUS_PARTS = ['overview', 'tasks', 'risk', 'people', 'entry', 'task', 'draft', 'comment', 'correction'] as const
export type FocusPart = (typeof FOCUS_PARTS)[number]

export type Focus = { part: FocusPart; entityId: string | null }

export type FocusRegistry = {
  /** Registers something as open. Returns a function that closes it. */
  open(focus: Focus): () => void
  /** The narrowest of what is open. */
  closest: () => Focus | null
  watch(listener: () => void): () => void
}

/** Collects what is open in the parts of a page. */
export function createFocusRegistry(): FocusRegistry {
  const open = new Map<object, Focus>()
  const listeners = new Set<() => void>()
  let closest: Focus | null = null

  function settle(): void {
    // Of two equally narrow ones, the one opened later wins.
    const found = [...open.values()].reduce<Focus | null>(
      (best, one) => (best && FOCUS_PARTS.indexOf(best.part) > FOCUS_PARTS.indexOf(one.part) ? best : one),
      null,
    )
    if (found?.part === closest?.part && found?.entityId === closest?.entityId) return
    closest = found
    for (const listener of listeners) listener()
  }

  return {
    open(focus: Focus): () => void {
      const key = {}
      open.set(key, focus)
      settle()
      return () => {
        open.delete(key)
        settle()
      }
    },
    closest: () => closest,
    watch(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
