import type { EntryRow } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { MaskedText } from '#features/personal'
import { AroundMark, type PersonHere } from '#features/team'
import { recordingLag } from '#domain/timeline/recording-lag.ts'
import { classNames } from '#ui/class-names.ts'
import { PendingMark } from '#ui/PendingMark.tsx'
import { formatClock, formatExact, formatMoment, machineTime } from '#ui/time/format-time.ts'
import {
  IconClockCheck,
  IconFileImport,
  IconHistory,
  IconHourglassLow,
  IconLink,
  IconMessage,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { useEntryWords } from '#ui/entry-words.ts'
import { useRoughSpan } from './use-rough-span.ts'
import { RowEvidence } from './RowEvidence.tsx'
import styles from './EntryItem.module.css'

/** An entry recorded this much later than it happened is marked as late. Milliseconds. */
const NOTABLE_DELAY = 10 * MINUTE
/** A text with more characters or lines than this is collapsed. */
const LONG_TEXT = 260
const LONG_LINES = 4

export type EntryActs = {
  open(entryId: string, part?: 'corrections' | 'comments'): void
  star(entryId: string, starred: boolean): void
}

type EntryItemProps = {
  entry: EntryRow
  selected: boolean
  /** The reason why it cannot be starred, or null. */
  starBarred: string | null
  byRecorded: boolean
  acts: EntryActs
  /** Colleagues who have the entry open. */
  colleagues: readonly PersonHere[] | undefined
}

/** A row of the timeline. */
export const EntryItem = memo(function EntryItem({ entry, selected, starBarred, byRecorded, acts, colleagues }: EntryItemProps) {
  const { t, i18n } = useTranslation('timeline')
  const words = useEntryWords()
  const [whole, setWhole] = useState(false)
  const text = words(entry)
  const long = text.length > LONG_TEXT || text.split('\n', LONG_LINES + 1).length > LONG_LINES
  const delayed = Math.abs(entry.recordedAt - entry.happenedAt) > NOTABLE_DELAY
  const shownAt = byRecorded ? entry.recordedAt : entry.happenedAt
  const lag = recordingLag(entry)
  const span = useRoughSpan()
  const otherAt = byRecorded ? entry.happenedAt : entry.recordedAt

  return (
    <div
      className={styles['row']}
      data-selected={selected ? '' : undefined}
      data-kind={entry.kind}
      data-cooling={entry.turningPoint === 'cooling' ? '' : undefined}
    >
      <div className={styles['when']}>
        <time dateTime={machineTime(shownAt)} title={formatExact(shownAt, i18n.language)}>
          {formatClock(shownAt, i18n.language)}
        </time>
        {delayed && (byRecorded || entry.importId === null) && (
          <small title={formatExact(otherAt, i18n.language)}>
            {t(byRecorded ? 'row.happened' : 'row.recorded', { when: formatMoment(otherAt, shownAt, i18n.language) })}
          </small>
        )}
      </div>
      <EntryKindMark kind={entry.kind} turningPoint={entry.turningPoint} className={styles['kind']} />
      <div className={styles['body']}>
        <p className={classNames(styles['text'], long && !whole && styles['clamped'])}>
          <MaskedText text={text} mentions={entry.mentions} />
        </p>
        {long && (
          <button type="button" className={styles['more']} aria-expanded={whole} onClick={() => setWhole((now) => !now)}>
            {t(whole ? 'row.less' : 'row.more')}
          </button>
        )}
        {entry.decision && (
          <p className={styles['decision']}>
            <span>
              <MaskedText text={t('row.reason', { reason: entry.decision.reason })} />
            </span>
            <span>{t('row.decidedBy', { name: entry.decision.decidedBy })}</span>
          </p>
        )}
        {entry.evidence.length > 0 && <RowEvidence files={entry.evidence} />}
        <div className={styles['foot']}>
          {lag !== null && (
            <span
              className={styles['late']}
              title={t('row.lateHint', {
                happened: formatExact(entry.happenedAt, i18n.language),
                recorded: formatExact(entry.recordedAt, i18n.language),
              })}
            >
              <IconHourglassLow size={14} aria-hidden="true" />
              {t('row.late', { span: span(lag) })}
            </span>
          )}
          {entry.metClocks.map((clock) => (
            <span key={clock} className={styles['met']}>
              <IconClockCheck size={14} aria-hidden="true" />
              {t('row.met', { clock: t(`terms:clock.${clock}`) })}
            </span>
          ))}
          {entry.tags.map((tag) => (
            <span key={tag} className={styles['tag']}>
              #{tag}
            </span>
          ))}
          {entry.correctionCount > 0 && (
            <button type="button" onClick={() => acts.open(entry.id, 'corrections')}>
              <IconHistory size={14} aria-hidden="true" />
              {t('row.corrected', { times: entry.correctionCount })}
            </button>
          )}
          {entry.commentCount > 0 && (
            <button type="button" onClick={() => acts.open(entry.id, 'comments')}>
              <IconMessage size={14} aria-hidden="true" />
              {t('row.comments', { number: entry.commentCount })}
            </button>
          )}
          {entry.links.length > 0 && (
            <span>
              <IconLink size={14} aria-hidden="true" />
              {t('row.links', { number: entry.links.length })}
            </span>
          )}
          {entry.importId !== null && (
            <span>
              <IconFileImport size={14} aria-hidden="true" />
              {entry.sourceLine === null ? t('row.imported') : t('row.importedLine', { line: entry.sourceLine })}
            </span>
          )}
          <PendingMark pending={entry.pending} />
        </div>
      </div>
      <span className={styles['author']} title={entry.authorName}>
        {entry.authorName}
      </span>
      <button
        type="button"
        className={styles['star']}
        aria-pressed={entry.starred}
        aria-label={t('row.star')}
        disabled={starBarred !== null}
        title={starBarred ?? undefined}
        onClick={(event) => {
          event.stopPropagation()
          acts.star(entry.id, !entry.starred)
        }}
      >
        {entry.starred ? <IconStarFilled size={16} aria-hidden="true" /> : <IconStar size={16} stroke={1.75} aria-hidden="true" />}
      </button>
      <AroundMark people={colleagues} at="row" />
    </div>
  )
})
