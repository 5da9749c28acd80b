import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure, Result } from '#contract/failures.ts'
import type { EntryView } from '#contract/timeline-api.ts'
import { usePermit } from '#features/permissions'
import { type EntryIntent, useRoom } from '#features/room'
import { PeopleAtEntry } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { CloseButton } from '@mantine/core'
import { IconLink, IconPencil, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CorrectionHistory } from './CorrectionHistory.tsx'
import { CorrectEntry } from './CorrectEntry.tsx'
import { EntryComments } from './EntryComments.tsx'
import { EntryEvidence } from './EntryEvidence.tsx'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { EntryFacts } from './EntryFacts.tsx'
import { EntryLinks } from './EntryLinks.tsx'
import { EntryTags } from './EntryTags.tsx'
import { EntryText } from './EntryText.tsx'
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
  const { t } = useTranslation('timeline')
  const room = useRoom()
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
      <EntryFacts entry={entry} />
      {correcting ? (
        <CorrectEntry entry={entry} onDone={() => setCorrecting(false)} />
      ) : (
        <>
          <EntryText entry={entry} incidentId={incidentId} />
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
