/** Overlays, which remove the focused element when they close. */
const PASSING = '[role=dialog], [role=alertdialog], [role=menu]'
/** Number of remembered focus positions. The menu that opened a dialog may be gone, but the element that opened the menu is not. */
const REMEMBERED = 12

type Place = { element: HTMLElement; around: HTMLElement[] }

function placeOf(element: HTMLElement): Place {
  const around: HTMLElement[] = []
  for (let outer = element.parentElement; outer; outer = outer.parentElement)
    if (outer.hasAttribute('tabindex') || outer.tagName === 'MAIN') around.push(outer)
  return { element, around }
}

function takesFocus(element: HTMLElement): boolean {
  if (!element.isConnected || element.matches(':disabled') || element.getClientRects().length === 0) return false
  element.focus({ preventScroll: true })
  return document.activeElement === element
}

/**
 * Restores the focus when a dialog or menu closes: to the element that opened it, else to one around it, else to the page, so that keyboard
 * users never lose their position.
 */
export function bringFocusBack(page: Document): void {
  let places: Place[] = []
  let inPassing: HTMLElement | null = null
  page.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    inPassing = target.closest(PASSING) === null ? null : target
    if (inPassing === null) places = [placeOf(target), ...places.filter(({ element }) => element !== target)].slice(0, REMEMBERED)
  })
  const observer = new MutationObserver(() => {
    if (inPassing === null || inPassing.isConnected || (page.activeElement !== null && page.activeElement !== page.body)) return
    inPassing = null
    for (const { element, around } of places) if (takesFocus(element) || around.some(takesFocus)) return
    page.querySelector<HTMLElement>('main[tabindex]')?.focus({ preventScroll: true })
  })
  observer.observe(page, { childList: true, subtree: true })
}
