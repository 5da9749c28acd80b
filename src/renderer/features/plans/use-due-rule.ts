import type { PlanTask } from '#domain/plans/plan.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

function wordMinutes(minutes: number, t: TFunction<'plans'>): string {
  if (minutes < 120 && minutes % 60 !== 0) return t('plans:span.minutes', { count: minutes })
  if (minutes < 48 * 60) return t('plans:span.hours', { count: Math.round(minutes / 6) / 10 })
  return t('plans:span.days', { count: Math.round(minutes / 144) / 10 })
}

/** Formats when a plan's task is due, relative to the declaration or a clock; null if it has no due time. */
export function useDueRule(): (due: PlanTask['due']) => string | null {
  const { t } = useTranslation('plans')
  return (due) => {
    if (due === null) return null
    if ('afterDeclarationMin' in due)
      return due.afterDeclarationMin === 0
        ? t('due.atOnce')
        : t('due.afterDeclaration', { length: wordMinutes(due.afterDeclarationMin, t) })
    const clock = t(`terms:clock.${due.beforeClock}`)
    return due.minutes === 0 ? t('due.withClock', { clock }) : t('due.beforeClock', { clock, length: wordMinutes(due.minutes, t) })
  }
}
