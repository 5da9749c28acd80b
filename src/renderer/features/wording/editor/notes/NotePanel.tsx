import { useRead } from '#client/use-read.ts'
import type { DraftNoteRow } from '#contract/draft-note-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftSession } from '../draft-session.ts'
import { NewNote } from './NewNote.tsx'
import { NoteCard } from './NoteCard.tsx'
import { placesOf, type NotePlace, type Selected } from './note-places.ts'
import classes from './notes.module.css'
import { useNotePlaces } from './use-note-places.ts'

type Props = {
  wordingId: string
  incidentId: string | null
  incident: IncidentView | undefined
  session: DraftSession
  /** The passage that is selected in the draft. */
  selected: Selected | null
  /** Why nothing can be written in the draft, or null. */
  barred: string | null
  onJump: (place: NotePlace) => void
}

const NONE: readonly DraftNoteRow[] = []

/** The comments and suggestions in a draft: what is selected can be commented, open ones are answered and ended. */
export function NotePanel({ wordingId, incidentId, incident, session, selected, barred, onJump }: Props) {
  const { t } = useTranslation('wording-editor')
  const ref = { incidentId, wordingId }
  const { data, failure, readAgain } = useRead('draftNotes.list', ref)
  const [whole, setWhole] = useState(false)
  const notes = data ?? NONE
  const places = useNotePlaces(session.doc, notes)
  const jump = (note: DraftNoteRow) => {
    // As the text is now: the places that are shown may be a moment old.
    const place = placesOf(session.doc, [note]).get(note.id)
    if (place) onJump(place)
  }
  const open = notes.filter(({ closed }) => closed === null)
  const closed = notes.length - open.length
  return (
    <section className={classes['notes']} aria-label={t('notes.title')}>
      <h3 className={classes['heading']}>
        {t('notes.title')} {open.length > 0 && <span>{open.length}</span>}
      </h3>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {barred === null && <NewNote of={ref} incident={incident} session={session} selected={selected} />}
      <ul>
        {(whole ? notes : open).map((note) => (
          <Guarded key={note.id} of={note} as="li">
            <NoteCard
              of={ref}
              incident={incident}
              note={note}
              place={places.get(note.id)}
              session={session}
              barred={barred}
              onJump={() => jump(note)}
            />
          </Guarded>
        ))}
      </ul>
      {closed > 0 && (
        <ActButton quiet readsOnly size="compact-xs" onAct={() => setWhole(!whole)}>
          {t(whole ? 'notes.fold' : 'notes.closed', { count: closed })}
        </ActButton>
      )}
    </section>
  )
}
