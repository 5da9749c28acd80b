import { useEffect, useRef } from 'react'

/** Acts by key: `/`, `c`, `Escape`, `Ctrl+k` (⌘ counts as Ctrl). */
export type KeyActs = Readonly<Record<string, () => void>>

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode'>

/**
 * The name of a pressed key in `KeyActs`; null while an input method composes: its keys are not ours.
 * Where an input method waits but nothing is being typed, the key has no letter, and its place on the keyboard says which it is.
 */
export function keyName(event: KeyPress, isTyping: boolean): string | null {
  if (event.isComposing || event.altKey || (isTyping && event.keyCode === 229)) return null
  const isHidden = event.key === 'Process' || event.key === 'Unidentified'
  const key = isHidden ? (/^(?:Key|Digit)(\w)$/.exec(event.code)?.[1]?.toLowerCase() ?? '') : event.key
  if (key === '') return null
  const plain = key.length === 1 ? key.toLowerCase() : key
  return event.ctrlKey || event.metaKey ? `Ctrl+${plain}` : plain
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox')
}

/**
 * Listens to the keys of the page. In a text field, single characters are text: only keys with Ctrl and those with a name act.
 * @param single whether keys without Ctrl act at all; some people switch them off
 */
export function useKeys(acts: KeyActs, single: boolean): void {
  const latest = useRef({ acts, single })
  useEffect(() => {
    latest.current = { acts, single }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping = isTextField(event.target)
      const name = keyName(event, isTyping)
      if (event.defaultPrevented || name === null || (name.length === 1 && (isTyping || !latest.current.single))) return
      const act = Object.hasOwn(latest.current.acts, name) ? latest.current.acts[name] : undefined
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
