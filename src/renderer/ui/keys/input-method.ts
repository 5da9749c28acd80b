/** An event target whose listeners see key events before all others. */
type Gate = Pick<EventTarget, 'addEventListener'>

/** Key code by which Safari marks the key that ends a composition; Firefox and Chromium set `isComposing`. */
const PROCESSED = 229
/** Keys whose default action in a field would discard or submit the composition: a search field clears itself, a form submits. */
const MEANT_FOR_THE_LIST = new Set(['Enter', 'Escape'])

/** Whether the input method handles this key (a composition is in progress), so that no other handler may. */
export function isComposing(event: Event): boolean {
  const { isComposing: composing, keyCode } = event as KeyboardEvent
  return composing || keyCode === PROCESSED
}

/**
 * Hides keys that an input method handles from all key listeners: Enter and Escape choose or cancel its word and must not save, close or
 * clear anything. Call it before any other listener is added; no other code needs to check.
 */
export function leaveKeysToTheInputMethod(gate: Gate): void {
  for (const type of ['keydown', 'keypress', 'keyup']) {
    gate.addEventListener(
      type,
      (event) => {
        if (!isComposing(event)) return
        event.stopImmediatePropagation()
        if (MEANT_FOR_THE_LIST.has((event as KeyboardEvent).key)) event.preventDefault()
      },
      { capture: true },
    )
  }
}

/**
 * Tells when an input method begins and ends a composition in a field, for code that must not change the field meanwhile.
 * @returns ends the listening
 */
export function watchCompositions(field: HTMLElement, onChange: (active: boolean) => void): () => void {
  const begin = () => onChange(true)
  const end = () => onChange(false)
  field.addEventListener('compositionstart', begin)
  field.addEventListener('compositionend', end)
  return () => {
    field.removeEventListener('compositionstart', begin)
    field.removeEventListener('compositionend', end)
  }
}
