import type { WordingRow } from '#contract/wording-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { standingOf } from './library-rows.ts'
import classes from './Library.module.css'

/** The state of the texts in one line: in use, in approval with the earliest due time, drafts, released before approval. */
export function LibraryStanding({ rows }: { rows: readonly WordingRow[] }) {
  const { t, i18n } = useTranslation('wording')
  const now = useNow(MINUTE)
  const { live, inReview, oldestDue, drafts, unapproved } = standingOf(rows)
  const late = oldestDue !== null && oldestDue < now
  return (
    <span className={classes['standing']} data-digits="">
      <span>{t('standing.live', { count: live })}</span>
      <span data-late={late || undefined}>
        {t('standing.inReview', { count: inReview })}
        {oldestDue !== null && t(late ? 'standing.late' : 'standing.due', { time: formatMoment(oldestDue, now, i18n.language) })}
      </span>
      <span>{t('standing.drafts', { count: drafts })}</span>
      {unapproved > 0 && <span data-late="">{t('standing.unapproved', { count: unapproved })}</span>}
    </span>
  )
}
