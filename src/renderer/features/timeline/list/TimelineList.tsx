import { useApiClient } from '#client/api-context.tsx'
import { PAGE_SIZE, type EntryRow, type TimelineFilter } from '#contract/timeline-api.ts'
import { useRoom } from '#features/room'
import { usePeopleAround } from '#features/team'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Viewport } from '../density/viewport.ts'
import { EntryItem, type EntryActs } from './EntryItem.tsx'
import { GapMark } from './GapMark.tsx'
import { GroupHeading } from './GroupHeading.tsx'
import { groupAt, headBeside, headOf, rowGroups } from './row-groups.ts'
import type { TimelineWindow, WindowSnapshot } from './timeline-window.ts'
import { useListKeys } from './use-list-keys.ts'
import { useUnreadTarget } from './use-unread-target.ts'
import { Guarded } from '#ui/Guarded.tsx'
import styles from './TimelineList.module.css'

const ROW_HEIGHT = 36
/** Height of a group heading, which sticks to the top of the list and covers the rows below it. Pixels. */
const HEADING_HEIGHT = 28
/** If scrolled less than this, the list stays at its top when an entry is added there. Pixels. */
const AT_TOP = 24

type RowVirtualizer = Virtualizer<HTMLDivElement, Element>

type TimelineListProps = {
  window: TimelineWindow
  snapshot: WindowSnapshot
  filter: TimelineFilter
  newestFirst: boolean
  acts: EntryActs
  starBarred: string | null
  /** An entry to scroll to; a new object for each request. */
  show: { entryId: string } | null
  /** A row, by storage index, to scroll to the top; a new object for each request. Requests for another window are ignored. */
  jump: { place: number; window: TimelineWindow } | null
  /** Receives the rows on the screen. */
  viewport: Viewport
}

/** The virtualized rows of a timeline of any length. Only rows near the screen are rendered, and only their pages are read. */
export function TimelineList({ window, snapshot, filter, newestFirst, acts, starBarred, show, jump, viewport }: TimelineListProps) {
  const { t } = useTranslation('timeline')
  const client = useApiClient()
  const room = useRoom()
  const { byEntity } = usePeopleAround(room.incident.id)
  const scrollRef = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const focusWanted = useRef(false)
  const { outline, pages } = snapshot
  const total = outline?.total ?? 0
  const groups = useMemo(() => rowGroups(outline?.groups ?? []), [outline])
  const grouping = outline?.grouping ?? 'day'
  const [padding, setPadding] = useState(HEADING_HEIGHT)

  const stored = useCallback((index: number) => (newestFirst ? total - 1 - index : index), [newestFirst, total])
  const rowAt = (index: number): EntryRow | undefined => {
    const place = stored(index)
    return pages.get(Math.floor(place / PAGE_SIZE))?.rows[place % PAGE_SIZE]
  }
  const gapBefore = (place: number) => pages.get(Math.floor(place / PAGE_SIZE))?.gaps.find(({ row }) => row === place % PAGE_SIZE)?.ms

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
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (total === 0) return
    const ends = [stored(first), stored(last)].map((place) => Math.floor(place / PAGE_SIZE))
    const from = Math.min(...ends)
    const to = Math.max(...ends)
    window.want(Array.from({ length: to - from + 1 }, (_, at) => from + at))
  }, [window, total, stored, first, last])

  useKeptPlace(virtualizer, scrollRef, newestFirst ? total : 0)

  const startsGroup = (place: number) => {
    const group = groups[groupAt(groups, place)]
    return group !== undefined && place === headOf(group, newestFirst)
  }
  const scrollTo = (index: number, align: 'auto' | 'start' | 'center') => {
    // The sticky heading covers the rows below it, except a row that starts the same group.
    const covered = startsGroup(stored(index)) ? 0 : HEADING_HEIGHT
    setPadding(covered)
    virtualizer.setOptions({ ...virtualizer.options, scrollPaddingStart: covered })
    virtualizer.scrollToIndex(index, { align })
    noteTarget({ index, align })
  }
  const noteTarget = useUnreadTarget(
    scrollRef,
    (index) => rowAt(index) !== undefined,
    ({ index, align }) => virtualizer.scrollToIndex(index, { align }),
  )
  const moveTo = (index: number, align: 'auto' | 'start' = 'auto') => {
    focusWanted.current = true
    setActive(index)
    scrollTo(index, align)
    if (index === active) focusRow(scrollRef.current, index)
    // With an entry open beside the list, moving the selection opens the next one.
    const row = rowAt(index)
    if (row && room.openEntryId !== null) room.openEntry(row.id)
  }
  const closed = room.openEntryId === null
  useEffect(() => {
    // If the closed entry held the focus, return it to its row.
    if (closed && active >= 0 && document.activeElement === document.body) focusRow(scrollRef.current, active)
    // oxlint-disable-next-line react/exhaustive-deps -- only closing does this, not moving within the list
  }, [closed])
  useEffect(() => {
    // The row may be rendered only after the list has scrolled.
    if (focusWanted.current && focusRow(scrollRef.current, active)) focusWanted.current = false
  })

  const showWanted = useRef(show)
  useEffect(() => {
    showWanted.current = show
    if (!show) return
    void client.call('timeline.locate', { incidentId: room.incident.id, entryId: show.entryId, filter }).then((place) => {
      if (!place.ok || !place.value || showWanted.current !== show) return
      const index = stored(place.value.page * PAGE_SIZE + place.value.row)
      setActive(index)
      scrollTo(index, 'center')
    })
    // oxlint-disable-next-line react/exhaustive-deps -- where the entry stands is asked once, when it is asked for; later changes of the list must not scroll again
  }, [show])

  useEffect(() => {
    if (jump === null || jump.window !== window) return
    const index = stored(jump.place)
    setActive(index)
    scrollTo(index, 'start')
    // oxlint-disable-next-line react/exhaustive-deps -- the jump is made once; a list that grows meanwhile must not repeat it
  }, [jump])

  const offset = virtualizer.scrollOffset ?? 0
  const topIndex = items.find((item) => item.end > offset + 1)?.index ?? 0
  const bottomIndex = items.findLast((item) => item.start < offset + (virtualizer.scrollRect?.height ?? 0))?.index ?? topIndex
  const topGroup = groups[groupAt(groups, stored(topIndex))]
  useEffect(() => {
    if (total > 0) viewport.set(Math.min(stored(topIndex), stored(bottomIndex)), Math.max(stored(topIndex), stored(bottomIndex)))
  }, [viewport, stored, total, topIndex, bottomIndex])

  const moveToGroup = (direction: 'next' | 'previous') => {
    const place = headBeside(groups, stored(active < 0 ? topIndex : active), newestFirst, direction)
    if (place !== null) moveTo(stored(place), 'start')
  }
  const onKeyDown = useListKeys({
    count: total,
    active,
    activeRow: active >= 0 ? rowAt(active) : undefined,
    moveTo,
    moveToGroup,
    byHour: grouping === 'hour',
    star: starBarred === null ? acts.star : null,
  })

  const onClick = (event: MouseEvent) => {
    // Clicks on buttons and text selection do not open the entry.
    if (!(event.target instanceof Element) || event.target.closest('button, a') || document.getSelection()?.isCollapsed === false) return
    const row = rowAt(Number(event.target.closest('[role="article"]')?.getAttribute('data-index') ?? -1))
    if (row) room.openEntry(row.id)
  }

  return (
    <div className={styles['list']}>
      <div ref={scrollRef} className={styles['scroll']} data-testid="timeline-scroll">
        {topGroup && (
          <div className={styles['sticky']} aria-hidden="true">
            <GroupHeading group={topGroup} grouping={grouping} />
          </div>
        )}
        {/* The keys move between the rows, which hold the focus themselves. */}
        <div
          ref={virtualizer.containerRef}
          className={styles['rows']}
          role="feed"
          aria-label={t('list.label')}
          aria-busy={snapshot.refreshing}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          {items.map((item) => {
            const place = stored(item.index)
            const row = rowAt(item.index)
            const group = groups[groupAt(groups, place)]
            const silence = gapBefore(place)
            const gap = silence === undefined ? null : <GapMark ms={silence} rule={outline?.gapRule ?? null} />
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={styles['item']}
                role="article"
                aria-posinset={item.index + 1}
                aria-setsize={total}
                aria-label={row ? undefined : t('list.loading')}
                tabIndex={item.index === Math.max(active, 0) ? 0 : -1}
                onFocus={() => setActive(item.index)}
              >
                {group && place === headOf(group, newestFirst) && <GroupHeading group={group} grouping={grouping} />}
                {!newestFirst && gap}
                {row ? (
                  <Guarded of={row}>
                    <EntryItem
                      entry={row}
                      selected={row.id === room.openEntryId}
                      starBarred={starBarred}
                      byRecorded={filter.order === 'recorded'}
                      acts={acts}
                      colleagues={byEntity.get(row.id)}
                    />
                  </Guarded>
                ) : (
                  <div className={styles['placeholder']} />
                )}
                {newestFirst && gap}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/**
 * The height of a row after layout. Measuring earlier would force a layout for each added row, and make the virtualizer sum up the heights
 * of 100,000 rows each time.
 */
function measureRow(element: Element, entry: ResizeObserverEntry | undefined, virtualizer: RowVirtualizer): number {
  const laidOut = entry?.borderBoxSize[0]?.blockSize
  return laidOut === undefined
    ? (virtualizer.measurementsCache[virtualizer.indexFromElement(element)]?.size ?? ROW_HEIGHT)
    : Math.round(laidOut)
}

function focusRow(list: HTMLElement | null, index: number): boolean {
  const row = list?.querySelector<HTMLElement>(`[role="article"][data-index="${index}"]`)
  row?.focus({ preventScroll: true })
  return row !== null && row !== undefined
}

/** Keeps the scroll position when entries are added above the screen; at the very top the newest entry is shown. */
function useKeptPlace(virtualizer: RowVirtualizer, scrollRef: { current: HTMLDivElement | null }, total: number): void {
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
