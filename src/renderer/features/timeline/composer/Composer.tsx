import { MINUTE } from '#domain/durations.ts'
import { usePermit } from '#features/permissions'
import { MaskHint } from '#features/personal'
import { MeetsChoice, useRoom } from '#features/room'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { focusFirstFault } from '#ui/keys/form-keys.ts'
import { Kbd } from '#ui/Kbd.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { CloseButton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { EvidenceTray } from '../evidence/EvidenceTray.tsx'
import { PathField } from '../evidence/PathField.tsx'
import type { EvidenceIntake } from '../evidence/use-evidence-intake.ts'
import { AttachButtons } from './AttachButtons.tsx'
import { draftProblems } from './draft-problems.ts'
import { clocksToOffer, clocksUsuallyMet } from './clocks-to-meet.ts'
import { draftHasContent, type EntryDraft } from './entry-draft.ts'
import { EntryFields } from './EntryFields.tsx'
import { readHashtags } from './hashtags.ts'
import { nameScreenshots } from './screenshot-name.ts'
import type { DraftHold } from './use-entry-draft.ts'
import { useRecording } from './use-recording.ts'
import { WhenField } from '#ui/time/WhenField.tsx'
import styles from './Composer.module.css'

type ComposerProps = {
  hold: DraftHold
  intake: EvidenceIntake
  open: boolean
  onOpen(): void
  onClose(): void
  onSaved(entryId: string): void
  textRef: RefObject<HTMLTextAreaElement | null>
}

/** The composer of the timeline: one line until opened. Typed text is kept until it is saved. */
export function Composer({ hold, intake, open, onOpen, onClose, onSaved, textRef }: ComposerProps) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const barred = usePermit('entry.record', { incident: room.incident })
  const [pathOpen, setPathOpen] = useState(false)
  const section = useRef<HTMLElement>(null)
  const { draft } = hold
  const minute = useNow(MINUTE)
  const tags = readHashtags(draft.text)
  const meetBarred = usePermit('clock.meet', { incident: room.incident })
  const offered = meetBarred === null ? clocksToOffer(room.incident.clocks, draft.kind, draft.meets) : []
  // Another kind of entry usually meets other clocks.
  const change = (part: Partial<EntryDraft>) =>
    hold.change(
      part.kind === undefined || part.kind === draft.kind || meetBarred !== null
        ? part
        : { ...part, meets: clocksUsuallyMet(room.incident.clocks, part.kind) },
    )

  const { save, busy, tried, waits, failure } = useRecording({
    hold,
    intake,
    offered,
    onFaulty: () => focusFirstFault(section.current),
    onSaved: (entryId) => {
      onSaved(entryId)
      textRef.current?.focus()
    },
  })
  const problems = tried ? draftProblems(draft, minute) : []

  if (!open) {
    return (
      <button type="button" className={styles['closed']} onClick={onOpen} disabled={barred !== null} title={barred ?? undefined}>
        <IconPencil size={16} stroke={1.75} aria-hidden="true" />
        <span>{draftHasContent(draft) ? t('composer.resume', { text: draft.text.trim().slice(0, 60) }) : t('composer.invite')}</span>
        <Kbd shortcut="E" />
      </button>
    )
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const { target } = event
    const oneLine = target instanceof HTMLInputElement && target.type === 'text' && target.form === null
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || oneLine)) void save()
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
  }

  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    intake.take(nameScreenshots(files, currentTime(), t('composer.screenshot')))
  }

  return (
    // The shortcuts apply in all fields inside.
    <section ref={section} className={styles['open']} data-writing="" aria-label={t('composer.title')} onKeyDown={onKeyDown}>
      <EntryFields
        draft={draft}
        onChange={change}
        problems={problems}
        onPaste={onPaste}
        textRef={textRef}
        corner={<CloseButton size="sm" aria-label={t('composer.close')} title={t('composer.close')} onClick={onClose} />}
      />
      <MaskHint text={`${draft.text}\n${draft.reason}`} />
      <EvidenceTray
        kept={draft.evidence}
        intake={intake}
        onRemove={(hash) => hold.update((now) => ({ evidence: now.evidence.filter((file) => file.hash !== hash) }))}
      />
      {pathOpen && (
        <PathField
          onPath={(path) => {
            intake.takePath(path)
            setPathOpen(false)
          }}
          onClose={() => setPathOpen(false)}
        />
      )}
      <MeetsChoice offered={offered} chosen={draft.meets} onChange={(meets) => hold.change({ meets })} />
      {tags.length > 0 && (
        <div className={styles['marks']}>
          {tags.map((tag) => (
            <span key={tag} className={styles['tag']}>
              #{tag}
            </span>
          ))}
        </div>
      )}
      {waits && (
        <p className={styles['waits']} role="status">
          {t('composer.waitForFiles')}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div className={styles['foot']}>
        <WhenField value={draft.when} onChange={(when) => hold.change({ when })} problem={problems.includes('when-unreadable')} />
        <span className={styles['acts']}>
          <AttachButtons onFiles={intake.take} pathOpen={pathOpen} onTogglePath={() => setPathOpen((now) => !now)} />
          <ActButton size="compact-md" shortcut="mod+Enter" busy={busy} barred={barred} onAct={() => void save()}>
            {t('composer.save')}
          </ActButton>
        </span>
      </div>
    </section>
  )
}
