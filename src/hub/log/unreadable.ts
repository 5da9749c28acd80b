/** A stored row from which nothing can be read: damaged, written by hand, or by what is no longer understood. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow'
}

/** Which row cannot be read, and why; `kept` is what stood there, where somebody may want it back. `mended`: what it should say was found elsewhere. */
export type Unreadable = {
  place: 'entity' | 'record' | 'scope_head' | 'invite' | 'token' | 'webhook' | 'meta'
  name: string
  why: string
  kept?: string
  mended?: true
}

export type UnreadableRows = ReturnType<typeof createUnreadableRows>

export const whyUnreadable = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300)

/** Remembers which rows could not be read, each once, for whoever keeps and tells it. What reads goes on without them. */
export function createUnreadableRows() {
  const known = new Map<string, Unreadable>()
  let listener: ((one: Unreadable) => void) | null = null
  return {
    note(one: Unreadable): void {
      const key = `${one.place} ${one.name}`
      // So many are a broken database, and their number says so.
      if (known.has(key) || known.size >= 10_000) return
      known.set(key, one)
      listener?.(one)
    },
    /** Tells of those found so far and of each that is found from now on. */
    listen(next: (one: Unreadable) => void): void {
      listener = next
      for (const one of known.values()) next(one)
    },
  }
}
