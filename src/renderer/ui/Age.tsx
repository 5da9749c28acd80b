import { DAY, HOUR, MINUTE } from '#domain/durations.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatExact, formatMoment, machineTime } from './time/format-time.ts'
import { useNow } from './time/use-now.ts'

/** A time in the past: relative within the hour, absolute after it, or always relative with `relative`. Both on hover. */
export function Age({ at, relative: always = false }: { at: number; relative?: boolean }) {
  const { t, i18n } = useTranslation('ui')
  const now = useNow(10_000)
  const past = now - at
  const relative = wordAge(past, t)
  const near = always || Math.abs(past) < HOUR
  return (
    <time dateTime={machineTime(at)} title={`${formatExact(at, i18n.language)} · ${relative}`}>
      {near ? relative : formatMoment(at, now, i18n.language)}
    </time>
  )
}

function wordAge(past: number, t: TFunction<'ui'>): string {
  if (past < -MINUTE) return t('ui:age.inMinutes', { count: Math.round(-past / MINUTE) })
  if (past < -10_000) return t('ui:age.inSeconds')
  if (past < 20_000) return t('ui:age.now')
  if (past < MINUTE) return t('ui:age.secondsAgo', { count: Math.floor(past / 10_000) * 10 })
  if (past < HOUR) return t('ui:age.minutesAgo', { count: Math.floor(past / MINUTE) })
  if (past < DAY) return t('ui:age.hoursAgo', { count: Math.floor(past / HOUR) })
  return t('ui:age.daysAgo', { count: Math.floor(past / DAY) })
}
