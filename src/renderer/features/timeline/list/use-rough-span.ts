import { HOUR, MINUTE } from '#domain/durations.ts'
import { useSpan } from '#ui/time/use-span.ts'
import { useTranslation } from 'react-i18next'

/** Formats a duration without seconds: whole minutes under an hour, then like clocks. */
export function useRoughSpan(): (ms: number) => string {
  const { t } = useTranslation('timeline')
  const span = useSpan()
  return (ms) => (ms < HOUR ? t('span.minutes', { count: Math.max(1, Math.floor(ms / MINUTE)) }) : span(ms))
}
