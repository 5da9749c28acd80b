import type { Command } from './command.ts'

/** The commands of everything that is on screen now; later ones stand before earlier ones where keys clash. */
export type CommandRegistry = {
  /** Adds commands as one group, or replaces that group; returns the way to remove it. */
  put(owner: symbol, commands: readonly Command[]): void
  remove(owner: symbol): void
  list(): readonly Command[]
  subscribe(listener: () => void): () => void
}

export function createCommandRegistry(): CommandRegistry {
  const groups = new Map<symbol, readonly Command[]>()
  const listeners = new Set<() => void>()
  let all: readonly Command[] = []
  function changed(): void {
    all = [...groups.values()].flat()
    for (const listener of listeners) listener()
  }
  return {
    put(owner, commands) {
      groups.set(owner, commands)
      changed()
    },
    remove(owner) {
      if (groups.delete(owner)) changed()
    },
    list: () => all,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
