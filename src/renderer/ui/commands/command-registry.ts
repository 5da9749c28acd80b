import type { Command } from './command.ts'

/** The commands of all mounted components. On a key conflict, later ones take precedence. */
export type CommandRegistry = {
  /** Adds commands as one group, or replaces that group. Returns a function that removes it. */
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
