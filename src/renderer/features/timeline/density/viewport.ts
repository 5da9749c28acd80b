/** The rows on the screen, as storage indexes; set by the list and read by the strip. */
export type Viewport = {
  get(): { from: number; to: number }
  set(from: number, to: number): void
  subscribe(listener: () => void): () => void
}

/** A viewport without a known range. */
export function createViewport(): Viewport {
  let current = { from: -1, to: -1 }
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(from, to) {
      if (from === current.from && to === current.to) return
      current = { from, to }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
