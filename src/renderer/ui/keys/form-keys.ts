const FAULTS = '[aria-invalid="true"], [data-fault] :is(input, textarea, select, button):not(:disabled)'

/** Puts the focus on the first field that is marked as wrong, in the order of the page, once the marks are on it. */
export function focusFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>(FAULTS)?.focus())
}

/**
 * What holds in every form: Ctrl or ⌘ with Enter sends it from any of its fields, as Enter alone does from a field of one
 * line; and what is refused at a field brings the focus there.
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
