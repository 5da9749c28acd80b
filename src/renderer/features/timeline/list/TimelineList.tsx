import { PAGE_SIZE, type TimelineFilter } from '#contract/timeline-api.ts'
import { useRoom } from '#features/room'
import { usePeopleAround } from '#features/team'
import { useEffect, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Viewport } from '../density/viewport.ts'
import type { EntryActs } from './EntryItem.tsx'
import { GroupHeading } from './GroupHeading.tsx'
import { headBeside } from './row-groups.ts'
import type { TimelineWindow, WindowSnapshot } from './timeline-window.ts'
import { TimelineRow } from './TimelineRow.tsx'
import { useActiveRow, type RowRequests } from './use-active-row.ts'
import { useListKeys } from './use-list-keys.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useShownRows } from './use-shown-rows.ts'
import styles from './TimelineList.module.css'

type TimelineListProps = RowRequests & {
  window: TimelineWindow
  snapshot: WindowSnapshot
  filter: TimelineFilter
  newestFirst: boolean
  acts: EntryActs
  starBarred: string | null
  /** Receives the rows on the screen. */
  viewport: Viewport
}

/** The virtualized rows of a timeline of any length. Only rows near the screen are rendered, and only their pages are read. */
export function TimelineList({ window, snapshot, filter, newestFirst, acts, starBarred, show, jump, viewport }: TimelineListProps) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const { byEntity } = usePeopleAround(room.incident.id)
  const rows = useShownRows(snapshot, newestFirst)
  const { total, stored, rowAt } = rows
  const grouping = snapshot.outline?.grouping ?? 'day'
  const { scrollRef, container, virtualizer, scrollTo, focusRow } = useRowScroll(rows, newestFirst)
  const { active, setActive, moveTo } = useActiveRow({ window, filter, rows, scrollTo, focusRow, show, jump })
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

  const offset = virtualizer.scrollOffset ?? 0
  const topIndex = items.find((item) => item.end > offset + 1)?.index ?? 0
  const bottomIndex = items.findLast((item) => item.start < offset + (virtualizer.scrollRect?.height ?? 0))?.index ?? topIndex
  const topGroup = rows.groupOf(topIndex)
  useEffect(() => {
    if (total > 0) viewport.set(Math.min(stored(topIndex), stored(bottomIndex)), Math.max(stored(topIndex), stored(bottomIndex)))
  }, [viewport, stored, total, topIndex, bottomIndex])

  const moveToGroup = (direction: 'next' | 'previous') => {
    const place = headBeside(rows.groups, stored(active < 0 ? topIndex : active), newestFirst, direction)
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
          ref={container}
          className={styles['rows']}
          role="feed"
          aria-label={t('list.label')}
          aria-busy={snapshot.refreshing}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          {items.map(({ key, index }) => {
            const row = rowAt(index)
            return (
              <TimelineRow
                key={key}
                measure={virtualizer.measureElement}
                index={index}
                total={total}
                row={row}
                heading={rows.startsGroup(index) ? rows.groupOf(index) : undefined}
                grouping={grouping}
                gap={rows.gapAt(index)}
                gapRule={snapshot.outline?.gapRule ?? null}
                newestFirst={newestFirst}
                byRecorded={filter.order === 'recorded'}
                acts={acts}
                starBarred={starBarred}
                colleagues={row && byEntity.get(row.id)}
                inTabOrder={index === Math.max(active, 0)}
                onFocus={() => setActive(index)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
