const FAULTS = '[aria-invalid="true"], [data-fault] :is(input, textarea, select, button):not(:disabled)'

/** Focuses the first invalid field in page order, once the fields are marked. */
export function focusFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>(FAULTS)?.focus())
}

/**
 * Rules for every form: Ctrl or ⌘ with Enter submits it from any field, as Enter does in a single-line field; a refused submit focuses the
 * first invalid field.
 */
export function keepFormRules(page: Pick<EventTarget, 'addEventListener'>): void {
  page.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, repeat, target, defaultPrevented } = event as KeyboardEvent
    if (key !== 'Enter' || !(ctrlKey || metaKey) || shiftKey || altKey || defaultPrevented || !(target instanceof Element)) return
    const form = target.closest('form')
    if (form === null) return
    event.preventDefault()
    if (!repeat) form.requestSubmit()
  })
  page.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLElement) focusFirstFault(target)
  })
}
