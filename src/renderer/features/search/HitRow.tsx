import type { SearchHit } from '#contract/search-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { formatExact, formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { hitAddress, markedRuns } from './group-hits.ts'
import styles from './SearchPage.module.css'

/** One search hit: its kind, an excerpt with the match highlighted, and its time. */
export function HitRow({ hit }: { hit: SearchHit }) {
  const { t, i18n } = useTranslation('search')
  const now = useNow(MINUTE)
  return (
    <li>
      <Link to={hitAddress(hit)} className={styles['hit']}>
        {hit.entryKind ? <EntryKindMark kind={hit.entryKind} /> : <span className={styles['what']}>{t(`what.${hit.kind}`)}</span>}
        <span className={styles['excerpt']}>
          {markedRuns(hit.excerpt, hit.marks).map((run) =>
            run.marked ? <mark key={run.start}>{run.text}</mark> : <span key={run.start}>{run.text}</span>,
          )}
        </span>
        <time dateTime={machineTime(hit.at)} title={formatExact(hit.at, i18n.language)}>
          {formatMoment(hit.at, now, i18n.language)}
        </time>
      </Link>
    </li>
  )
}
