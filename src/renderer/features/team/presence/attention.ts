/** The parts of a page that can be in focus, from the widest to the narrowest; the narrowest open one is sent. */
export const ATTENTION_PARTS = ['overview', 'tasks', 'risk', 'people', 'entry', 'task', 'comment', 'correction'] as const
export type AttentionPart = (typeof ATTENTION_PARTS)[number]

export type Attention = { part: AttentionPart; entityId: string | null }

/** Collects what is open in the parts of a page. */
export function createAttentionDesk() {
  const open = new Map<object, Attention>()
  const listeners = new Set<() => void>()
  let closest: Attention | null = null

  function settle(): void {
    // Of two equally narrow ones, the one opened later wins.
    const found = [...open.values()].reduce<Attention | null>(
      (best, one) => (best && ATTENTION_PARTS.indexOf(best.part) > ATTENTION_PARTS.indexOf(one.part) ? best : one),
      null,
    )
    if (found?.part === closest?.part && found?.entityId === closest?.entityId) return
    closest = found
    for (const listener of listeners) listener()
  }

  return {
    /** Registers something as open. Returns a function that closes it. */
    open(attention: Attention): () => void {
      const key = {}
      open.set(key, attention)
      settle()
      return () => {
        open.delete(key)
        settle()
      }
    },
    /** The narrowest of what is open. */
    closest: () => closest,
    watch(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type AttentionDesk = ReturnType<typeof createAttentionDesk>
