/** Where key events pass before anybody else hears of them. */
type Gate = Pick<EventTarget, 'addEventListener'>

/** Firefox and Chromium say it by name; Safari sends the key that ends a composition with this code alone. */
const PROCESSED = 229
/** Keys whose own meaning in a field would undo or send what is being composed: a search field clears itself, a form is sent. */
const MEANT_FOR_THE_LIST = new Set(['Enter', 'Escape'])

/** Whether a key goes to the input method that is putting a word together, and so to nobody else. */
export function isComposing(event: Event): boolean {
  const { isComposing: composing, keyCode } = event as KeyboardEvent
  return composing || keyCode === PROCESSED
}

/**
 * Keeps every key that an input method takes from all who listen for keys: Enter chooses its word and Escape leaves it, and
 * neither may save, close or clear anything here. To be called before anybody else listens; nobody has to ask about it after.
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
