import type { EntryView } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { PendingMark } from '#ui/PendingMark.tsx'
import { formatExact, formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import styles from './EntryDetail.module.css'

/** When an entry happened and was recorded, by whom, where it came from, and the clocks that it met. */
export function EntryFacts({ entry }: { entry: EntryView }) {
  const { t, i18n } = useTranslation('timeline')
  const now = useNow(MINUTE)
  return (
    <dl className={styles['facts']}>
      <dt>{t('entry.happened')}</dt>
      <dd>
        <time dateTime={machineTime(entry.happenedAt)}>{formatExact(entry.happenedAt, i18n.language)}</time>
      </dd>
      <dt>{t('entry.recorded')}</dt>
      <dd>
        <time title={formatExact(entry.recordedAt, i18n.language)} dateTime={machineTime(entry.recordedAt)}>
          {formatMoment(entry.recordedAt, now, i18n.language)}
        </time>{' '}
        · {entry.authorName} <PendingMark pending={entry.pending} quiet={false} />
      </dd>
      {entry.importName !== null && (
        <>
          <dt>{t('entry.origin')}</dt>
          <dd>
            {entry.sourceLine === null ? entry.importName : t('entry.originLine', { name: entry.importName, line: entry.sourceLine })}
          </dd>
        </>
      )}
      {entry.metClocks.length > 0 && (
        <>
          <dt>{t('entry.met')}</dt>
          <dd>{entry.metClocks.map((clock) => t(`terms:clock.${clock}`)).join(t('listSeparator'))}</dd>
        </>
      )}
    </dl>
  )
}
