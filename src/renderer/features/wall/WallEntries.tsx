import type { WallView } from '#contract/overview-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import styles from './WallEntries.module.css'

/** The latest decisions, public statements and starred entries; newest first. */
export function WallEntries({ entries }: { entries: WallView['entries'] }) {
  const { t, i18n } = useTranslation('wall')
  const now = useNow(MINUTE)
  return (
    <section className={styles['entries']} aria-label={t('entries')}>
      <h2>{t('entries')}</h2>
      {entries.length === 0 && <p className={styles['none']}>{t('entriesNone')}</p>}
      <ol>
        {entries.map((entry) => (
          <li key={entry.id}>
            <time dateTime={machineTime(entry.at)}>{formatMoment(entry.at, now, i18n.language)}</time>
            <EntryKindMark kind={entry.kind} turningPoint={entry.turningPoint} className={styles['kind']} />
            <p>
              {entry.starred && <span className="visually-hidden">{t('starred')} </span>}
              {entry.starred && <span aria-hidden="true">★ </span>}
              {entry.text}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
