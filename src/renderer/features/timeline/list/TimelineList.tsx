import { useApiClient } from '#client/api-context.tsx'
import { PAGE_SIZE, type EntryRow, type TimelineFilter } from '#contract/timeline-api.ts'
import { formatDay } from '#ui/time/format-time.ts'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../room/room-context.ts'
import { dayOfRow, dayStarts, noonOf } from './day-starts.ts'
import { EntryItem, type EntryActs } from './EntryItem.tsx'
import type { TimelineWindow, WindowSnapshot } from './timeline-window.ts'
import { useListKeys } from './use-list-keys.ts'
import styles from './TimelineList.module.css'

const ROW_HEIGHT = 68
/** Of the heading of a day, which stays at the top of the list and covers what lies under it. */
const DAY_HEIGHT = 32
/** Scrolled less than this, the list stays at its top when an entry comes in there. Pixels. */
const AT_TOP = 24

type RowVirtualizer = Virtualizer<HTMLDivElement, Element>

type TimelineListProps = {
  window: TimelineWindow
  snapshot: WindowSnapshot
  filter: TimelineFilter
  newestFirst: boolean
  acts: EntryActs
  /** An entry to bring on the screen; a new object each time it is asked for. */
  show: { entryId: string } | null
}

/** The rows of a timeline of any length. Only those near the screen exist, and only their pages are read. */
export function TimelineList({ window, snapshot, filter, newestFirst, acts, show }: TimelineListProps) {
  const { t, i18n } = useTranslation('timeline')
  const client = useApiClient()
  const room = useRoom()
  const scrollRef = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const focusWanted = useRef(false)
  const { outline, pages } = snapshot
  const total = outline?.total ?? 0
  const starts = useMemo(() => dayStarts(outline?.days ?? []), [outline])

  const stored = useCallback((index: number) => (newestFirst ? total - 1 - index : index), [newestFirst, total])
  const rowAt = (index: number): EntryRow | undefined => {
    const place = stored(index)
    return pages.get(Math.floor(place / PAGE_SIZE))?.[place % PAGE_SIZE]
  }

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    // Sizes are remembered by the place in storage, which stays when newer entries come in above.
    getItemKey: stored,
    overscan: 10,
    scrollPaddingStart: DAY_HEIGHT,
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

  const moveTo = (index: number) => {
    focusWanted.current = true
    setActive(index)
    virtualizer.scrollToIndex(index, { align: 'auto' })
    if (index === active) focusRow(scrollRef.current, index)
    // With an entry open beside the list, moving on reads the next one.
    const row = rowAt(index)
    if (row && room.openEntryId !== null) room.openEntry(row.id)
  }
  const closed = room.openEntryId === null
  useEffect(() => {
    // Closing the entry that held the focus gives it back to its row.
    if (closed && active >= 0 && document.activeElement === document.body) focusRow(scrollRef.current, active)
    // Only closing does this, not moving within the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [closed])
  useEffect(() => {
    // The row may come into being only after the list has scrolled.
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
      virtualizer.scrollToIndex(index, { align: 'center' })
    })
    // Where the entry stands is asked once, when it is asked for; later changes of the list must not scroll again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [show])

  const onKeyDown = useListKeys({ count: total, active, activeRow: active >= 0 ? rowAt(active) : undefined, moveTo, star: acts.star })

  const onClick = (event: MouseEvent) => {
    // Buttons in a row have their own meaning, and marking text is not opening.
    if (!(event.target instanceof Element) || event.target.closest('button, a') || document.getSelection()?.isCollapsed === false) return
    const row = rowAt(Number(event.target.closest('[role="article"]')?.getAttribute('data-index') ?? -1))
    if (row) room.openEntry(row.id)
  }

  const topIndex = items.find((item) => item.end > (virtualizer.scrollOffset ?? 0))?.index ?? 0
  const topDay = dayOfRow(starts, stored(topIndex))

  return (
    <div className={styles['list']}>
      <div ref={scrollRef} className={styles['scroll']} data-testid="timeline-scroll">
        {topDay && (
          <div className={styles['sticky']} aria-hidden="true">
            <DayHeading day={topDay.day} count={topDay.count} language={i18n.language} />
          </div>
        )}
        {/* The keys move between the rows, which hold the focus themselves. */}
        <div ref={virtualizer.containerRef} className={styles['rows']} role="feed" aria-label={t('list.label')} aria-busy={snapshot.refreshing} onKeyDown={onKeyDown} onClick={onClick}>
          {items.map((item) => {
            const place = stored(item.index)
            const row = rowAt(item.index)
            const day = dayOfRow(starts, place)
            const startsDay = day !== null && place === (newestFirst ? day.first + day.count - 1 : day.first)
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
                {startsDay && <DayHeading day={day.day} count={day.count} language={i18n.language} />}
                {row ? (
                  <EntryItem entry={row} selected={row.id === room.openEntryId} writable={room.barred === null} byRecorded={filter.order === 'recorded'} acts={acts} />
                ) : (
                  <div className={styles['placeholder']} />
                )}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function DayHeading({ day, count, language }: { day: string; count: number; language: string }) {
  const { t } = useTranslation('timeline')
  return (
    <h3 className={styles['day']}>
      {formatDay(noonOf(day), language)}
      <small>{t('list.dayCount', { number: count.toLocaleString(language) })}</small>
    </h3>
  )
}

/**
 * The height of a row once the browser has laid it out. Asking for it any earlier would make the browser lay out the list
 * anew for each row that comes in, and the virtualizer add up the heights of 100,000 rows each time.
 */
function measureRow(element: Element, entry: ResizeObserverEntry | undefined, virtualizer: RowVirtualizer): number {
  const laidOut = entry?.borderBoxSize[0]?.blockSize
  return laidOut === undefined ? (virtualizer.measurementsCache[virtualizer.indexFromElement(element)]?.size ?? ROW_HEIGHT) : Math.round(laidOut)
}

function focusRow(list: HTMLElement | null, index: number): boolean {
  const row = list?.querySelector<HTMLElement>(`[role="article"][data-index="${index}"]`)
  row?.focus({ preventScroll: true })
  return row !== null && row !== undefined
}

/** When entries come in above the screen, what is being read stays where it is; at the very top the newest is shown. */
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
