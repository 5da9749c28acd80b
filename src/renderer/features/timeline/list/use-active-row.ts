import { useApiClient } from '#client/api-context.tsx'
import { PAGE_SIZE, type TimelineFilter } from '#contract/timeline-api.ts'
import { useRoom } from '#features/room'
import { useEffect, useRef, useState } from 'react'
import type { TimelineWindow } from './timeline-window.ts'
import type { ShownRows } from './use-shown-rows.ts'

export type RowRequests = {
  /** An entry to scroll to; a new object for each request. */
  show: { entryId: string } | null
  /** A row, by storage index, to scroll to the top; a new object for each request. Requests for another window are ignored. */
  jump: { place: number; window: TimelineWindow } | null
}

type ActiveRowInput = RowRequests & {
  window: TimelineWindow
  filter: TimelineFilter
  rows: ShownRows
  scrollTo(index: number, align: 'auto' | 'start' | 'center'): void
  /** Focuses a row; false if it is not rendered. */
  focusRow(index: number): boolean
}

type ActiveRow = {
  /** Index on the screen of the row that the keys act on; -1 before any is chosen. */
  active: number
  setActive(index: number): void
  /** Selects the row at this index, scrolls to it and focuses it. */
  moveTo(index: number, align?: 'auto' | 'start'): void
}

/** The selected row of the list: moved by keys, by a request to show an entry, and by a jump of the density strip. */
export function useActiveRow({ window, filter, rows, scrollTo, focusRow, show, jump }: ActiveRowInput): ActiveRow {
  const client = useApiClient()
  const room = useRoom()
  const [active, setActive] = useState(-1)
  const focusWanted = useRef(false)

  const moveTo = (index: number, align: 'auto' | 'start' = 'auto') => {
    focusWanted.current = true
    setActive(index)
    scrollTo(index, align)
    if (index === active) focusRow(index)
    // With an entry open beside the list, moving the selection opens the next one.
    const row = rows.rowAt(index)
    if (row && room.openEntryId !== null) room.openEntry(row.id)
  }
  const closed = room.openEntryId === null
  useEffect(() => {
    // If the closed entry held the focus, return it to its row.
    if (closed && active >= 0 && document.activeElement === document.body) focusRow(active)
    // oxlint-disable-next-line react/exhaustive-deps -- only closing does this, not moving within the list
  }, [closed])
  useEffect(() => {
    // The row may be rendered only after the list has scrolled.
    if (focusWanted.current && focusRow(active)) focusWanted.current = false
  })

  const showWanted = useRef(show)
  useEffect(() => {
    showWanted.current = show
    if (!show) return
    void client.call('timeline.locate', { incidentId: room.incident.id, entryId: show.entryId, filter }).then((place) => {
      if (!place.ok || !place.value || showWanted.current !== show) return
      const index = rows.stored(place.value.page * PAGE_SIZE + place.value.row)
      setActive(index)
      scrollTo(index, 'center')
    })
    // oxlint-disable-next-line react/exhaustive-deps -- where the entry stands is asked once, when it is asked for; later changes of the list must not scroll again
  }, [show])

  useEffect(() => {
    if (jump === null || jump.window !== window) return
    const index = rows.stored(jump.place)
    setActive(index)
    scrollTo(index, 'start')
    // oxlint-disable-next-line react/exhaustive-deps -- the jump is made once; a list that grows meanwhile must not repeat it
  }, [jump])

  return { active, setActive, moveTo }
}
