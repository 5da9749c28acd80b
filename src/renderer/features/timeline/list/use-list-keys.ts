import type { EntryRow } from '#contract/timeline-api.ts'
import { usePermits } from '#features/permissions'
import { useRoom } from '#features/room'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

type ListKeys = {
  count: number
  active: number
  activeRow: EntryRow | undefined
  /** Selects the row at this index, scrolls to it and focuses it. */
  moveTo(index: number): void
  /** Moves to the first row below the next or previous heading. */
  moveToGroup(direction: 'next' | 'previous'): void
  byHour: boolean
  /** Null: not permitted. */
  star: ((entryId: string, starred: boolean) => void) | null
}

/** The keys of the timeline: registered for the key sheet, but handled in the list so that held keys repeat. */
export function useListKeys({ count, active, activeRow, moveTo, moveToGroup, byHour, star }: ListKeys): (event: KeyboardEvent) => void {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const move = (by: number) => {
    if (count > 0) moveTo(Math.min(count - 1, Math.max(0, active + by)))
  }
  const on = (act: (row: EntryRow) => void) => () => {
    if (activeRow) act(activeRow)
  }
  const section = t('keys.section')
  const none = activeRow === undefined
  const { me, barredFrom } = usePermits()
  const bars = (action: 'entry.comment' | 'entry.correct' | 'entry.mark') =>
    none || barredFrom(action, { incident: room.incident, own: activeRow.author === me?.id }) !== null
  const system = activeRow?.kind === 'system'
  useCommands([
    { id: 'timeline.next', label: t('keys.next'), section, shortcut: ['J', 'ArrowDown'], hidden: true, run: () => move(1) },
    { id: 'timeline.previous', label: t('keys.previous'), section, shortcut: ['K', 'ArrowUp'], hidden: true, run: () => move(-1) },
    {
      id: 'timeline.next-group',
      label: t(byHour ? 'keys.nextHour' : 'keys.nextDay'),
      section,
      shortcut: 'Shift+J',
      disabled: count === 0,
      run: () => moveToGroup('next'),
    },
    {
      id: 'timeline.previous-group',
      label: t(byHour ? 'keys.previousHour' : 'keys.previousDay'),
      section,
      shortcut: 'Shift+K',
      disabled: count === 0,
      run: () => moveToGroup('previous'),
    },
    { id: 'timeline.first', label: t('keys.first'), section, shortcut: 'G', hidden: true, run: () => move(-count) },
    { id: 'timeline.last', label: t('keys.last'), section, shortcut: 'Shift+G', hidden: true, run: () => move(count) },
    {
      id: 'timeline.open',
      label: t('keys.open'),
      section,
      shortcut: 'O',
      hidden: true,
      disabled: none,
      run: on((row) => room.openEntry(row.id, 'enter')),
    },
    {
      id: 'timeline.star',
      label: t('keys.star'),
      section,
      shortcut: 'S',
      hidden: true,
      disabled: none || star === null,
      run: on((row) => star?.(row.id, !row.starred)),
    },
    {
      id: 'timeline.comment',
      label: t('keys.comment'),
      section,
      shortcut: 'C',
      hidden: true,
      disabled: bars('entry.comment'),
      run: on((row) => room.openEntry(row.id, 'comment')),
    },
    {
      id: 'timeline.correct',
      label: t('keys.correct'),
      section,
      shortcut: 'X',
      hidden: true,
      disabled: system || bars('entry.correct'),
      run: on((row) => room.openEntry(row.id, 'correct')),
    },
    {
      id: 'timeline.link',
      label: t('keys.link'),
      section,
      shortcut: 'L',
      hidden: true,
      disabled: system || bars('entry.mark'),
      run: on((row) => room.openEntry(row.id, 'link')),
    },
  ])

  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const onRow = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'article'
    if (event.key === 'ArrowDown' || event.key === 'j') move(1)
    else if (event.key === 'ArrowUp' || event.key === 'k') move(-1)
    else if (event.key === 'Home') move(-count)
    else if (event.key === 'End') move(count)
    else if (event.key === 'Enter' && onRow && activeRow) room.openEntry(activeRow.id, 'enter')
    else return
    event.preventDefault()
  }
}
