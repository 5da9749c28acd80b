import { useSyncExternalStore } from 'react'

const SECOND = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

// One timer for the whole page, on the full second, so that all clocks change together.
function tick(): void {
  timer = setTimeout(tick, SECOND - (Date.now() % SECOND))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) timer = setTimeout(tick, SECOND - (Date.now() % SECOND))
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearTimeout(timer)
  }
}

/**
 * The time now, in milliseconds since 1970, rounded down to `step`; the component renders again when it changes.
 * @param step milliseconds, a whole number of seconds
 */
export function useNow(step: number = SECOND): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / step) * step)
}
