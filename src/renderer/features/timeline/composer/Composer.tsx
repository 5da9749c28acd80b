import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'
import { usePermit } from '#features/permissions'
import { mentionsIn } from '#features/notices'
import { MaskHint } from '#features/personal'
import { MeetsChoice, useRoom } from '#features/room'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { focusFirstFault } from '#ui/keys/form-keys.ts'
import { Kbd } from '#ui/Kbd.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { ActionIcon, CloseButton, Tooltip } from '@mantine/core'
import { IconFolderOpen, IconPaperclip, IconPencil } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { EvidenceTray } from '../evidence/EvidenceTray.tsx'
import { PathField } from '../evidence/PathField.tsx'
import type { EvidenceIntake } from '../evidence/use-evidence-intake.ts'
import { draftProblems, kindDetails } from './draft-problems.ts'
import { clocksToOffer, clocksUsuallyMet } from './clocks-to-meet.ts'
import { draftHasContent, type EntryDraft } from './entry-draft.ts'
import { EntryFields } from './EntryFields.tsx'
import { readHashtags, withoutEdgeHashtags } from './hashtags.ts'
import { nameScreenshots } from './screenshot-name.ts'
import type { DraftHold } from './use-entry-draft.ts'
import { WhenField } from '#ui/time/WhenField.tsx'
import { parseWhen } from '#ui/time/when-text.ts'
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
  const record = useAct('timeline.record')
  const barred = usePermit('entry.record', { incident: room.incident })
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [pathOpen, setPathOpen] = useState(false)
  const [saveWaits, setSaveWaits] = useState(false)
  const section = useRef<HTMLElement>(null)
  const fileRef = useRef<HTMLInputElement>(null)
  const { draft } = hold
  const minute = useNow(MINUTE)
  const problems = tried ? draftProblems(draft, minute) : []
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

  const save = async () => {
    setTried(true)
    const now = currentTime()
    if (record.busy) return
    if (draftProblems(draft, now).length > 0) return focusFirstFault(section.current)
    // Files are still uploading: save when they are done.
    setSaveWaits(intake.busy)
    if (intake.busy) return
    const happenedAt = draft.when.trim() === '' ? undefined : (parseWhen(draft.when, now) ?? undefined)
    // A clock that somebody else has met meanwhile is dropped.
    const meets = draft.meets.filter((clock) => offered.includes(clock))
    const named = mentionsIn(draft.text, draft.mentions)
    const result = await record.act({
      incidentId: room.incident.id,
      kind: draft.kind,
      text: withoutEdgeHashtags(draft.text),
      ...(happenedAt === undefined ? {} : { happenedAt }),
      ...kindDetails(draft),
      ...(tags.length > 0 ? { tags } : {}),
      ...(named.length > 0 ? { mentions: named } : {}),
      ...(draft.evidence.length > 0
        ? {
            evidence: draft.evidence.map((file) => file.hash),
            evidenceNames: Object.fromEntries(draft.evidence.map((file) => [file.hash, file.name])),
          }
        : {}),
      ...(meets.length > 0 ? { meets } : {}),
    })
    if (!result.ok) return setFailure(result.failure)
    setFailure(null)
    setTried(false)
    hold.clear()
    onSaved(result.value.id)
    textRef.current?.focus()
  }

  const saveNow = useRef(save)
  useEffect(() => {
    saveNow.current = save
  })
  useEffect(() => {
    // A failed upload cancels the pending save; the author decides whether to save without the file.
    if (!saveWaits || intake.busy) return
    setSaveWaits(false)
    if (intake.incoming.length === 0) void saveNow.current()
  }, [saveWaits, intake.busy, intake.incoming.length])

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
      {saveWaits && intake.busy && (
        <p className={styles['waits']} role="status">
          {t('composer.waitForFiles')}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div className={styles['foot']}>
        <WhenField value={draft.when} onChange={(when) => hold.change({ when })} problem={problems.includes('when-unreadable')} />
        <span className={styles['acts']}>
          <Tooltip label={t('composer.attach')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('composer.attach')} onClick={() => fileRef.current?.click()}>
              <IconPaperclip size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('composer.attachPath')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('composer.attachPath')}
              aria-expanded={pathOpen}
              onClick={() => setPathOpen((now) => !now)}
            >
              <IconFolderOpen size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <ActButton size="compact-md" shortcut="mod+Enter" busy={record.busy} barred={barred} onAct={() => void save()}>
            {t('composer.save')}
          </ActButton>
        </span>
        <input
          ref={fileRef}
          type="file"
          multiple
          hidden
          aria-label={t('composer.attach')}
          onChange={(event) => {
            intake.take([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </div>
    </section>
  )
}
