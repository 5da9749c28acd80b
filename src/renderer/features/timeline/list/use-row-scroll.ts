import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type RefCallback, type RefObject } from 'react'
import type { ShownRows } from './use-shown-rows.ts'
import { useUnreadTarget } from './use-unread-target.ts'

const ROW_HEIGHT = 36
/** Height of a group heading, which sticks to the top of the list and covers the rows below it. Pixels. */
const HEADING_HEIGHT = 28
/** If scrolled less than this, the list stays at its top when an entry is added there. Pixels. */
const AT_TOP = 24

type RowScroll = {
  /** The element that scrolls. */
  scrollRef: RefObject<HTMLDivElement | null>
  /** Receives the element of the rows, whose height the virtualizer sets. */
  container: RefCallback<HTMLElement>
  virtualizer: Virtualizer<HTMLDivElement, Element>
  /** Brings the row at an index of the screen into view, also if its page is not read yet. */
  scrollTo(index: number, align: 'auto' | 'start' | 'center'): void
  /** Focuses the row at an index of the screen; false if it is not rendered. */
  focusRow(index: number): boolean
}

/** The virtualizer of the list, and how it scrolls to a row below the sticky heading. */
export function useRowScroll(rows: ShownRows, newestFirst: boolean): RowScroll {
  const scrollRef = useRef<HTMLDivElement>(null)
  const { total, stored, rowAt, startsGroup } = rows
  const [padding, setPadding] = useState(HEADING_HEIGHT)
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler, which this warns for, is not in use
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    // Sizes are cached by storage index, which does not change when newer entries are added above.
    getItemKey: stored,
    overscan: 10,
    scrollPaddingStart: padding,
    measureElement: measureRow,
    directDomUpdates: true,
    useFlushSync: false,
  })
  useKeptPlace(virtualizer, scrollRef, newestFirst ? total : 0)
  const noteTarget = useUnreadTarget(
    scrollRef,
    (index) => rowAt(index) !== undefined,
    ({ index, align }) => virtualizer.scrollToIndex(index, { align }),
  )
  return {
    scrollRef,
    container: virtualizer.containerRef,
    virtualizer,
    scrollTo: (index, align) => {
      // The sticky heading covers the rows below it, except a row that starts the same group.
      const covered = startsGroup(index) ? 0 : HEADING_HEIGHT
      setPadding(covered)
      virtualizer.setOptions({ ...virtualizer.options, scrollPaddingStart: covered })
      virtualizer.scrollToIndex(index, { align })
      noteTarget({ index, align })
    },
    focusRow: (index) => {
      const row = scrollRef.current?.querySelector<HTMLElement>(`[role="article"][data-index="${index}"]`)
      row?.focus({ preventScroll: true })
      return row !== null && row !== undefined
    },
  }
}

/**
 * The height of a row after layout. Measuring earlier would force a layout for each added row, and make the virtualizer sum up the heights
 * of 100,000 rows each time.
 */
function measureRow(element: Element, entry: ResizeObserverEntry | undefined, virtualizer: Virtualizer<HTMLDivElement, Element>): number {
  const laidOut = entry?.borderBoxSize[0]?.blockSize
  return laidOut === undefined
    ? (virtualizer.measurementsCache[virtualizer.indexFromElement(element)]?.size ?? ROW_HEIGHT)
    : Math.round(laidOut)
}

/** Keeps the scroll position when entries are added above the screen; at the very top the newest entry is shown. */
function useKeptPlace(virtualizer: Virtualizer<HTMLDivElement, Element>, scrollRef: RefObject<HTMLDivElement | null>, total: number): void {
  const before = useRef(total)
  useLayoutEffect(() => {
    const added = total - before.current
    before.current = total
    const scrolled = scrollRef.current?.scrollTop ?? 0
    if (added !== 0 && before.current !== added && scrolled > AT_TOP) {
      const shift = virtualizer.measurementsCache.slice(0, Math.max(0, added)).reduce((sum, item) => sum + item.size, 0)
      virtualizer.scrollToOffset(scrolled + (added > 0 ? shift : added * ROW_HEIGHT))
    }
  }, [virtualizer, scrollRef, total])
}
