import type { Failure } from '#contract/failures.ts'
import type { EntryView } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { mentionsIn } from '#features/notices'
import { usePermittedAct } from '#features/permissions'
import { MaskHint } from '#features/personal'
import { useRoom } from '#features/room'
import { useFocus } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftProblems, kindDetails } from '../composer/draft-problems.ts'
import { emptyDraft, type EntryDraft } from '../composer/entry-draft.ts'
import { EntryFields } from '../composer/EntryFields.tsx'
import { toWhenText, parseWhen } from '#ui/time/when-text.ts'
import { WhenField } from '#ui/time/WhenField.tsx'
import styles from './CorrectEntry.module.css'

function draftOf(entry: EntryView, myName: string): EntryDraft {
  return {
    ...emptyDraft(myName),
    kind: entry.kind === 'system' ? 'observation' : entry.kind,
    text: entry.text,
    when: toWhenText(entry.happenedAt),
    reason: entry.decision?.reason ?? '',
    decidedBy: entry.decision?.decidedBy ?? myName,
    turningPoint: entry.turningPoint ?? null,
    mentions: entry.mentions ?? [],
  }
}

/** Corrects an entry. The earlier text stays visible; the reason is required and kept. */
export function CorrectEntry({ entry, onDone }: { entry: EntryView; onDone: () => void }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const correct = usePermittedAct('timeline.correct', { incident: room.incident, own: entry.author === room.me?.id })
  const { barred } = correct
  useFocus('correction', entry.id)
  const [draft, setDraft] = useState(() => draftOf(entry, room.me?.name ?? ''))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const textRef = useRef<HTMLTextAreaElement>(null)
  useEffect(() => textRef.current?.focus(), [])
  const problems = draftProblems(draft, useNow(MINUTE))

  const save = async () => {
    setTried(true)
    if (problems.length > 0 || reason.trim() === '' || correct.busy) return
    // An unchanged time keeps its milliseconds, although the field shows only seconds.
    const untouched = draft.when === toWhenText(entry.happenedAt)
    const happenedAt = untouched ? entry.happenedAt : (parseWhen(draft.when, currentTime()) ?? entry.happenedAt)
    const result = await correct.act({
      incidentId: room.incident.id,
      entryId: entry.id,
      content: { kind: draft.kind, text: draft.text, happenedAt, ...kindDetails(draft) },
      reason,
      mentions: mentionsIn(draft.text, draft.mentions),
    })
    if (result.ok) onDone()
    else setFailure(result.failure)
  }

  return (
    <form
      className={styles['form']}
      aria-label={t('correct.title')}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        onDone()
      }}
    >
      <EntryFields
        draft={draft}
        onChange={(change) => setDraft((now) => ({ ...now, ...change }))}
        problems={tried ? problems : []}
        textRef={textRef}
      />
      <MaskHint text={`${draft.text}\n${draft.reason}`} over />
      <WhenField
        value={draft.when}
        onChange={(when) => setDraft((now) => ({ ...now, when }))}
        problem={tried && problems.includes('when-unreadable')}
      />
      <TextInput
        label={t('correct.reason')}
        placeholder={t('correct.reasonExample')}
        maxLength={500}
        value={reason}
        error={tried && reason.trim() === '' ? t('problems.correction-reason-missing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className={styles['note']}>{t('correct.note')}</p>
      {failure && <FailureNotice failure={failure} />}
      <div className={styles['acts']}>
        <Button variant="default" size="compact-md" onClick={onDone}>
          {t('cancel')}
        </Button>
        <ActButton submit size="compact-md" busy={correct.busy} barred={barred}>
          {t('correct.save')}
        </ActButton>
      </div>
    </form>
  )
}
