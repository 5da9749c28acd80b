import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { spanParts } from './format-time.ts'

const HOUR = 3_600_000

/**
 * Words for a length of time. Under an hour it counts in `mm:ss`, under a day in hours and minutes, above in days and hours.
 * @param ms milliseconds; its sign does not matter
 */
export function wordSpan(ms: number, t: TFunction<'ui'>): string {
  const { days, hours, minutes, seconds } = spanParts(ms)
  if (days > 0) return t('ui:span.days', { days, hours })
  if (Math.abs(ms) >= HOUR) return t('ui:span.hours', { hours, minutes: String(minutes).padStart(2, '0') })
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`
}

/** {@link wordSpan} in the language that is shown. */
export function useSpan(): (ms: number) => string {
  const { t } = useTranslation('ui')
  return (ms) => wordSpan(ms, t)
}
