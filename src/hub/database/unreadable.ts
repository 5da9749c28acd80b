/** A stored row that cannot be read: damaged, edited by hand, or in a format no longer supported. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow'
}

/** Which row cannot be read, and why. `kept`: the row's content, for recovery. `mended`: its data was rebuilt from another source. */
export type Unreadable = {
  place: 'entity' | 'record' | 'scope_head' | 'invite' | 'token' | 'webhook' | 'meta'
  name: string
  why: string
  kept?: string
  mended?: true
}

export const whyUnreadable = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300)

export type UnreadableRows = {
  note(one: Unreadable): void
  /** Passes on the rows found so far and each one found later. */
  listen(next: (one: Unreadable) => void): void
}

/** Collects unreadable rows, each once, for a listener that stores and reports them. Reads continue without them. */
export function createUnreadableRows(): UnreadableRows {
  const known = new Map<string, Unreadable>()
  let listener: ((one: Unreadable) => void) | null = null
  return {
    note(one: Unreadable): void {
      const key = `${one.place} ${one.name}`
      // More than this is a broken database; the count shows it.
      if (known.has(key) || known.size >= 10_000) return
      known.set(key, one)
      listener?.(one)
    },
    listen(next: (one: Unreadable) => void): void {
      listener = next
      for (const one of known.values()) next(one)
    },
  }
}
