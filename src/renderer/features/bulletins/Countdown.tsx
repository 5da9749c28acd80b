import { formatClock } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useSpan } from '#ui/time/use-span.ts'
import { useTranslation } from 'react-i18next'

/** The time until a bulletin is due, counting; once it is due, that it is. `at`: milliseconds since 1970. */
export function Countdown({ at }: { at: number }) {
  const { t, i18n } = useTranslation('bulletins')
  const now = useNow()
  const span = useSpan()
  const left = at - now
  return (
    <time data-digits="" data-late={left <= 0 || undefined} dateTime={new Date(at).toISOString()}>
      {left > 0
        ? t('next.in', { span: span(left), time: formatClock(at, i18n.language) })
        : t('next.due', { time: formatClock(at, i18n.language) })}
    </time>
  )
}
