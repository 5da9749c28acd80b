import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import { createFocusRegistry, type Focus, type FocusPart } from './focus-registry.ts'

const FocusContext = createContext(createFocusRegistry())

/** Registers the focus of this member while the calling component is mounted. */
export function useFocus(part: FocusPart | null, entityId: string | null = null): void {
  const registry = use(FocusContext)
  useEffect(() => (part === null ? undefined : registry.open({ part, entityId })), [registry, part, entityId])
}

/** The current focus on this screen. */
export function useClosestFocus(): Focus | null {
  const registry = use(FocusContext)
  return useSyncExternalStore(registry.watch, registry.closest)
}
