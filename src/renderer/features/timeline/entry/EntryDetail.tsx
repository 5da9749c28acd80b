import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure, Result } from '#contract/failures.ts'
import type { EntryView } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { usePermit } from '#features/permissions'
import { MaskedText, RevealableText } from '#features/personal'
import { type EntryIntent, useRoom } from '#features/room'
import { PeopleAtEntry } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { formatExact, formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { CloseButton } from '@mantine/core'
import { IconLink, IconPencil, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CorrectionHistory } from './CorrectionHistory.tsx'
import { CorrectEntry } from './CorrectEntry.tsx'
import { EntryComments } from './EntryComments.tsx'
import { EntryEvidence } from './EntryEvidence.tsx'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { EntryLinks } from './EntryLinks.tsx'
import { EntryTags } from './EntryTags.tsx'
import { useEntryWords } from '#ui/entry-words.ts'
import styles from './EntryDetail.module.css'

/** One entry with all its details and commands. */
export function EntryDetail({ entryId, intent, onIntentDone }: { entryId: string; intent: EntryIntent; onIntentDone: () => void }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const incidentId = room.incident.id
  const reading = useRead('timeline.entry', { incidentId, entryId })
  const headRef = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    if (intent !== 'enter') return
    headRef.current?.focus({ preventScroll: true })
    onIntentDone()
  }, [intent, onIntentDone])

  return (
    <article className={styles['detail']} aria-label={t('entry.label')}>
      <header className={styles['head']}>
        <h2 ref={headRef} tabIndex={-1}>
          {reading.data ? <EntryKindMark kind={reading.data.kind} turningPoint={reading.data.turningPoint} /> : t('entry.label')}
        </h2>
        <PeopleAtEntry incidentId={incidentId} entryId={entryId} />
        <CloseButton aria-label={t('entry.close')} onClick={room.closeEntry} />
      </header>
      {reading.failure && <FailureNotice failure={reading.failure} onRetry={reading.readAgain} />}
      {reading.data && <EntryBody key={entryId} entry={reading.data} intent={intent} onIntentDone={onIntentDone} />}
    </article>
  )
}

function EntryBody({ entry, intent, onIntentDone }: { entry: EntryView; intent: EntryIntent; onIntentDone: () => void }) {
  const { t, i18n } = useTranslation('timeline')
  const room = useRoom()
  const words = useEntryWords()
  const now = useNow(MINUTE)
  const star = useAct('timeline.star')
  const [failure, setFailure] = useState<Failure | null>(null)
  const incidentId = room.incident.id
  const report = (result: Result<unknown>) => setFailure(result.ok ? null : result.failure)
  const isSystem = entry.kind === 'system'
  const of = { incident: room.incident, own: entry.author === room.me?.id }
  const correctBarred = usePermit('entry.correct', of)
  const linkBarred = usePermit('entry.mark', of)
  const starBarred = usePermit('entry.star', of)
  const [correcting, setCorrecting] = useState(false)
  const [linking, setLinking] = useState(false)

  useEffect(() => {
    if (intent === 'correct' && !isSystem && correctBarred === null) setCorrecting(true)
    if (intent === 'link' && linkBarred === null) setLinking(true)
    if (intent === 'correct' || intent === 'link') onIntentDone()
  }, [intent, isSystem, correctBarred, linkBarred, onIntentDone])

  return (
    <div className={styles['body']}>
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
      {correcting ? (
        <CorrectEntry entry={entry} onDone={() => setCorrecting(false)} />
      ) : (
        <>
          <p className={styles['text']}>
            {isSystem ? (
              <MaskedText text={words(entry)} />
            ) : (
              <RevealableText
                text={entry.text}
                incidentId={incidentId}
                of={{ kind: 'entry', id: entry.id, field: 'text' }}
                shortcut="Y"
                mentions={entry.mentions}
              />
            )}
          </p>
          {entry.decision && (
            <dl className={styles['decision']}>
              <dt>{t('decision.reason')}</dt>
              <dd>
                <RevealableText
                  text={entry.decision.reason}
                  incidentId={incidentId}
                  of={{ kind: 'entry', id: entry.id, field: 'decision.reason' }}
                />
              </dd>
              <dt>{t('decision.decidedBy')}</dt>
              <dd>
                <RevealableText
                  text={entry.decision.decidedBy}
                  incidentId={incidentId}
                  of={{ kind: 'entry', id: entry.id, field: 'decision.decidedBy' }}
                />
              </dd>
            </dl>
          )}
          <div className={styles['acts']}>
            <ActButton
              quiet
              size="compact-sm"
              busy={star.busy}
              barred={starBarred}
              leftSection={entry.starred ? <IconStarFilled size={15} aria-hidden="true" /> : <IconStar size={15} aria-hidden="true" />}
              shortcut="S"
              onAct={() => void star.act({ incidentId, entryId: entry.id, starred: !entry.starred }).then(report)}
            >
              {t(entry.starred ? 'entry.unstar' : 'entry.star')}
            </ActButton>
            {!isSystem && (
              <ActButton
                quiet
                size="compact-sm"
                barred={correctBarred}
                leftSection={<IconPencil size={15} aria-hidden="true" />}
                shortcut="X"
                onAct={() => setCorrecting(true)}
              >
                {t('entry.correct')}
              </ActButton>
            )}
            <ActButton
              quiet
              size="compact-sm"
              barred={linkBarred}
              leftSection={<IconLink size={15} aria-hidden="true" />}
              shortcut="L"
              onAct={() => setLinking(true)}
            >
              {t('entry.link')}
            </ActButton>
          </div>
        </>
      )}
      {failure && <FailureNotice failure={failure} />}
      <EntryTags entry={entry} />
      <EntryEvidence entry={entry} />
      <EntryLinks entry={entry} picking={linking} onPicked={() => setLinking(false)} />
      {entry.corrections.length > 0 && <CorrectionHistory entry={entry} />}
      <EntryComments entry={entry} writing={intent === 'comment'} onWriting={onIntentDone} />
    </div>
  )
}
