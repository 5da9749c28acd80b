import type { DraftNoteRow } from '#contract/draft-note-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { NOTE_LIMITS } from '#domain/wording/draft-note.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftSession } from '../draft-session.ts'
import type { NotePlace } from './note-places.ts'
import classes from './notes.module.css'

type Props = {
  of: { incidentId: string | null; wordingId: string }
  incident: IncidentView | undefined
  note: DraftNoteRow
  /** Where its passage is; undefined if that is gone. */
  place: NotePlace | undefined
  session: DraftSession
  barred: string | null
  onJump: () => void
}

/** One comment or suggestion with its answers, and what ends it. */
export function NoteCard({ of, incident, note, place, session, barred, onJump }: Props) {
  const { t } = useTranslation('wording-editor')
  const { quote, replacement, closed } = note
  const moved = closed === null && place?.reads !== quote
  return (
    <li className={classes['card']} data-closed={closed ? '' : undefined}>
      <button type="button" className={classes['quote']} disabled={!place} onClick={onJump}>
        {replacement === null ? <q>{quote}</q> : <del>{quote}</del>}
        {replacement !== null && <ins>{replacement === '' ? t('notes.nothing') : replacement}</ins>}
      </button>
      {moved && (
        <p className={classes['moved']}>{!place || place.reads === '' ? t('notes.gone') : t('notes.moved', { now: place.reads })}</p>
      )}
      <p>
        <b>{note.byName}</b> <Age at={note.writtenAt} /> <PendingMark pending={note.pending} quiet />
      </p>
      {note.body !== '' && <p className={classes['body']}>{note.body}</p>}
      {note.answers.map(({ body, byName, writtenAt }) => (
        <p key={`${writtenAt} ${byName} ${body}`} className={classes['answer']}>
          <b>{byName}</b> {body}
        </p>
      ))}
      {closed ? (
        <p className={classes['soft']}>{t(`notes.how.${closed.how}`, { name: closed.byName })}</p>
      ) : (
        <NoteActs of={of} incident={incident} note={note} moved={moved} session={session} barred={barred} />
      )}
    </li>
  )
}

type ActsProps = Omit<Props, 'place' | 'onJump'> & { moved: boolean }

function NoteActs({ of, incident, note: { id: noteId, replacement }, moved, session, barred }: ActsProps) {
  const { t } = useTranslation('wording-editor')
  const answer = usePermittedAct('draftNotes.answer', { incident })
  const close = usePermittedAct('draftNotes.close', { incident })
  const accept = usePermittedAct('draftNotes.accept', { incident })
  const [text, setText] = useState('')
  const ref = { ...of, noteId }
  const failure = answer.failure ?? close.failure ?? accept.failure
  const busy = answer.busy || close.busy || accept.busy
  const send = async () => {
    if (text.trim() === '' || busy || barred !== null) return
    const sent = await answer.act({ ...ref, body: text })
    // What was typed since is kept.
    if (sent.ok) setText((now) => (now === text ? '' : now))
  }
  return (
    <>
      <form
        className={classes['reply']}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextInput
          size="xs"
          aria-label={t('notes.answer')}
          placeholder={t('notes.answer')}
          maxLength={NOTE_LIMITS.body}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {text.trim() !== '' && (
          <ActButton submit size="xs" busy={busy} barred={barred ?? answer.barred}>
            {t('notes.answerAct')}
          </ActButton>
        )}
      </form>
      {failure && <FailureNotice failure={failure} />}
      <div className={classes['acts']}>
        {replacement === null ? (
          <ActButton
            quiet
            size="compact-xs"
            busy={busy}
            barred={barred ?? close.barred}
            onAct={() => void close.act({ ...ref, how: 'resolved' })}
          >
            {t('notes.resolve')}
          </ActButton>
        ) : (
          <>
            <ActButton
              size="compact-xs"
              busy={busy}
              barred={barred ?? accept.barred ?? (moved ? t('notes.notNow') : null)}
              // It is put into the stored draft, which must have what is typed here.
              onAct={() => void session.writeAll().then((written) => (written ? accept.act(ref) : null))}
            >
              {t('notes.accept')}
            </ActButton>
            <ActButton
              quiet
              size="compact-xs"
              busy={busy}
              barred={barred ?? close.barred}
              onAct={() => void close.act({ ...ref, how: 'refused' })}
            >
              {t('notes.refuse')}
            </ActButton>
          </>
        )}
      </div>
    </>
  )
}
