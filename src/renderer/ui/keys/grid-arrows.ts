/** Position of an element on the page. */
export type Box = { left: number; right: number; top: number; bottom: number }
export type Direction = 'up' | 'down' | 'left' | 'right'

const DIRECTIONS: Partial<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

const middle = (from: number, to: number) => (from + to) / 2

/** Whether boxes form more than one row and more than one column, so that an arrow is a direction rather than an order. */
export function standInGrid(boxes: readonly Box[]): boolean {
  const [first] = boxes
  if (!first) return false
  const besideFirst = (box: Box) => box.top < first.bottom && box.bottom > first.top
  return boxes.filter(besideFirst).length > 1 && !boxes.every(besideFirst)
}

/** The index of the box that an arrow leads to from `at`: the nearest in that direction, then the best aligned. Returns `at` at an edge. */
export function boxBeside(boxes: readonly Box[], at: number, direction: Direction): number {
  const from = boxes[at]
  if (!from) return at
  const upright = direction === 'up' || direction === 'down'
  const ahead = (box: Box): number => {
    if (direction === 'down') return middle(box.top, box.bottom) - from.bottom
    if (direction === 'up') return from.top - middle(box.top, box.bottom)
    if (box.bottom <= from.top || box.top >= from.bottom) return -1
    return direction === 'right' ? middle(box.left, box.right) - from.right : from.left - middle(box.left, box.right)
  }
  const aside = (box: Box): number => (upright ? Math.abs(middle(box.left, box.right) - middle(from.left, from.right)) : 0)
  let best = at
  for (const [index, box] of boxes.entries()) {
    if (index === at || ahead(box) < 0) continue
    const rival = boxes[best]
    if (best === at || !rival) best = index
    else if (ahead(box) < ahead(rival) - 1 || (Math.abs(ahead(box) - ahead(rival)) <= 1 && aside(box) < aside(rival))) best = index
  }
  return best
}

/** The radio buttons of this one's group, in order. */
function groupOf(radio: HTMLInputElement): HTMLInputElement[] {
  const within = radio.form ?? document
  return [...within.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter((one) => one.name === radio.name && !one.disabled)
}

/**
 * Makes the arrow keys follow the layout for radio buttons in a grid. The browser moves in document order, so that down would move to the
 * right. Single rows and columns are left to the browser.
 */
export function pointArrowsInGrids(page: Pick<EventTarget, 'addEventListener'>): void {
  page.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target, defaultPrevented } = event as KeyboardEvent
    const direction = DIRECTIONS[key]
    if (!direction || ctrlKey || metaKey || altKey || shiftKey || defaultPrevented) return
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return
    const group = groupOf(target)
    const boxes = group.map((radio) => (radio.closest('label') ?? radio.parentElement ?? radio).getBoundingClientRect())
    if (!standInGrid(boxes)) return
    event.preventDefault()
    const next = group[boxBeside(boxes, group.indexOf(target), direction)]
    if (!next || next === target) return
    next.focus()
    next.click()
  })
}
