import { useNow } from './use-asked.ts'
import { useWords } from './words.tsx'

const MINUTE = 60_000

/** The time left until a decision is due, or since; the exact time is its title. */
export function Due({ at }: { at: number }) {
  const { t, moment } = useWords()
  const left = at - useNow()
  const minutes = Math.max(1, Math.ceil(Math.abs(left) / MINUTE))
  const span =
    minutes < 120
      ? t('due.minutes', { count: minutes })
      : minutes < 48 * 60
        ? t('due.hours', { count: Math.round(minutes / 60) })
        : t('due.days', { count: Math.round(minutes / 60 / 24) })
  return (
    <time className={left < 0 ? 'due over' : 'due'} dateTime={new Date(at).toISOString()} title={moment(at)}>
      {t(left < 0 ? 'due.over' : 'due.left', { span })}
    </time>
  )
}
