import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { moveAmongStops } from './use-list-keys.ts'
import type { TaskPages } from './use-task-pages.ts'

/** The next page is read when the end of the list is this close to the view. */
const AHEAD = '600px'

/**
 * The end of a list that has not been read to its end: how much of it is shown, and a button that reads on. It also reads on when
 * it comes near the view; the focus on it then moves to the first new task.
 */
export function MoreTasks({ pages, total }: { pages: TaskPages; total: number }) {
  const { t } = useTranslation('tasks')
  const button = useRef<HTMLButtonElement>(null)
  const last = useRef<HTMLElement | null>(null)
  const known = useRef(0)
  const { more, readMore, rows } = pages
  useEffect(() => {
    const end = button.current
    if (!end) return undefined
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && readMore(), {
      rootMargin: AHEAD,
    })
    observer.observe(end)
    return () => observer.disconnect()
    // Observed again after each page: an end that is still in view is reported once more.
  })
  const count = rows.length
  useEffect(() => {
    if (count === known.current) return
    known.current = count
    const before = last.current
    last.current = null
    const list = before?.closest<HTMLElement>('[data-task-list]')
    if (!before || !list) return
    before.focus()
    moveAmongStops(list, 1)
  }, [count])
  if (!more) return null
  return (
    <Button
      ref={button}
      fullWidth
      size="xs"
      variant="subtle"
      data-stop
      onFocus={(event) => {
        const stops = [
          ...(event.currentTarget.closest('[data-task-list]')?.querySelectorAll<HTMLElement>('[data-stop]:not(:disabled)') ?? []),
        ]
        last.current = stops[stops.indexOf(event.currentTarget) - 1] ?? null
      }}
      onBlur={(event) => {
        if (event.relatedTarget) last.current = null
      }}
      onClick={readMore}
    >
      {t('more', { shown: count, total })}
    </Button>
  )
}
