const FAULTS = '[aria-invalid="true"], [data-fault] :is(input, textarea, select, button):not(:disabled)'

/** Focuses the first invalid field in page order, once the fields are marked. */
export function focusFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>(FAULTS)?.focus())
}

/** The form of a dialog whose focus is on the dialog or its close button; null if it has none or several. */
function onlyFormOf(dialog: Element | null): HTMLFormElement | null {
  const [form, ...others] = dialog?.querySelectorAll('form') ?? []
  return form && others.length === 0 ? form : null
}

/**
 * Rules for every form: Ctrl or ⌘ with Enter submits it from any field, or from anywhere in the dialog that is this form, as Enter does in a single-line field; a refused submit focuses the
 * first invalid field.
 */
export function keepFormRules(page: Pick<EventTarget, 'addEventListener'>): void {
  page.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, repeat, target, defaultPrevented } = event as KeyboardEvent
    if (key !== 'Enter' || !(ctrlKey || metaKey) || shiftKey || altKey || defaultPrevented || !(target instanceof Element)) return
    const form = target.closest('form') ?? onlyFormOf(target.closest('[role="dialog"]'))
    if (form === null) return
    event.preventDefault()
    if (!repeat) form.requestSubmit()
  })
  page.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLElement) focusFirstFault(target)
  })
}
