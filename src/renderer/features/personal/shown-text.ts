import { useSyncExternalStore } from 'react'
import type { RevealedText } from '#domain/privacy/reveal.ts'

/** The one personal text that is shown whole now, and for how many seconds still. */
type Shown = { key: string; text: string; secondsLeft: number }

let shown: Shown | null = null
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function tell(next: Shown | null): void {
  shown = next
  if (next === null && timer !== null) {
    clearInterval(timer)
    timer = null
  }
  for (const listener of listeners) listener()
}

/** Masks again what is shown; with a key, only if it is that. */
export function hideText(key?: string): void {
  if (shown !== null && (key === undefined || shown.key === key)) tell(null)
}

/** Shows one text whole, in place of any other; it is masked again by itself, and when nobody looks at the page. */
export function showText(key: string, text: string, shownMs: number): void {
  hideText()
  const end = Date.now() + shownMs
  tell({ key, text, secondsLeft: Math.ceil(shownMs / 1000) })
  timer = setInterval(() => {
    if (!shown) return
    // By the machine's time, so that a lid that was shut does not lengthen it; counted down besides, whatever the clock does.
    const secondsLeft = Math.min(shown.secondsLeft - 1, Math.ceil((end - Date.now()) / 1000))
    tell(secondsLeft > 0 && document.visibilityState === 'visible' ? { ...shown, secondsLeft } : null)
  }, 1000)
}

export function keyOf({ kind, id, field }: RevealedText): string {
  return `${kind} ${id} ${field}`
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is shown whole under a key, or null. */
export function useShownText(key: string): Shown | null {
  return useSyncExternalStore(subscribe, () => (shown?.key === key ? shown : null))
}
