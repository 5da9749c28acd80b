import { useSyncExternalStore } from 'react'
import type { RevealedText } from '#domain/privacy/reveal.ts'

/** The revealed text (one at a time) and the seconds until it is masked again. */
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

/** Masks the revealed text again; with a key, only if it is that text. */
export function hideText(key?: string): void {
  if (shown !== null && (key === undefined || shown.key === key)) tell(null)
}

/** Reveals one text and masks any other. It is masked again after `shownMs`, or when the page is hidden. */
export function showText(key: string, text: string, shownMs: number): void {
  hideText()
  const end = Date.now() + shownMs
  tell({ key, text, secondsLeft: Math.ceil(shownMs / 1000) })
  timer = setInterval(() => {
    if (!shown) return
    // Use the machine's time, so that sleep does not extend it, and also count down, so that a clock change does not.
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

/** The text revealed under a key, or null. */
export function useShownText(key: string): Shown | null {
  return useSyncExternalStore(subscribe, () => (shown?.key === key ? shown : null))
}
