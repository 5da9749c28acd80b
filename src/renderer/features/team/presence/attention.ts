/** What a member can be looking at within a page, from the widest to the closest: the closest that is open is told. */
export const ATTENTION_PARTS = ['overview', 'tasks', 'risk', 'people', 'entry', 'task', 'comment', 'correction'] as const
export type AttentionPart = (typeof ATTENTION_PARTS)[number]

export type Attention = { part: AttentionPart; entityId: string | null }

/** Collects what the parts of a page say is open in them. */
export function createAttentionDesk() {
  const open = new Map<object, Attention>()
  const listeners = new Set<() => void>()
  let closest: Attention | null = null

  function settle(): void {
    // Of two equally close ones the later opened.
    const found = [...open.values()].reduce<Attention | null>(
      (best, one) => (best && ATTENTION_PARTS.indexOf(best.part) > ATTENTION_PARTS.indexOf(one.part) ? best : one),
      null,
    )
    if (found?.part === closest?.part && found?.entityId === closest?.entityId) return
    closest = found
    for (const listener of listeners) listener()
  }

  return {
    /** Says that something is open; what comes back says that it is closed again. */
    open(attention: Attention): () => void {
      const key = {}
      open.set(key, attention)
      settle()
      return () => {
        open.delete(key)
        settle()
      }
    },
    /** The closest of what is open. */
    closest: () => closest,
    watch(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type AttentionDesk = ReturnType<typeof createAttentionDesk>
