import { DAY, HOUR, MINUTE } from '#domain/durations.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

function wordLength(ms: number, t: TFunction<'tasks'>): string {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE))
  if (minutes < 60) return t('tasks:due.minutes', { count: minutes })
  if (minutes * MINUTE < DAY) return t('tasks:due.hours', { count: Math.floor((minutes * MINUTE) / HOUR) })
  return t('tasks:due.days', { count: Math.floor((minutes * MINUTE) / DAY) })
}

/** Formats the due time of an open task: the time, and how long is left or overdue. */
export function useDueWords(): (dueAt: number) => { moment: string; distance: string; late: boolean } {
  const { t, i18n } = useTranslation('tasks')
  const now = useNow(10_000)
  return (dueAt) => {
    const late = dueAt < now
    const length = wordLength(Math.abs(dueAt - now), t)
    return { moment: formatMoment(dueAt, now, i18n.language), distance: t(late ? 'due.late' : 'due.left', { length }), late }
  }
}
