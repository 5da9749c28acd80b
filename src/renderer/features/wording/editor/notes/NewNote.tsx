import type { IncidentView } from '#contract/incident-api.ts'
import { CONTENT_LIMITS } from '#domain/wording/content.ts'
import { NOTE_LIMITS } from '#domain/wording/draft-note.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftSession } from '../draft-session.ts'
import type { Selected } from './note-places.ts'
import classes from './notes.module.css'

type Props = {
  of: { incidentId: string | null; wordingId: string }
  incident: IncidentView | undefined
  session: DraftSession
  selected: Selected | null
}

type Writing = Selected & { replacement: string | null }

/** Begins a comment or a suggestion on what is selected in the draft. */
export function NewNote({ of, incident, session, selected }: Props) {
  const { t } = useTranslation('wording-editor')
  const [writing, setWriting] = useState<Writing | null>(null)
  const begin = (suggests: boolean) => {
    if (selected) setWriting({ ...selected, replacement: suggests ? selected.quote : null })
  }
  useCommands([
    {
      id: 'wording.comment',
      section: t('list.blocks'),
      label: t('notes.comment'),
      shortcut: 'mod+Shift+M',
      ofPage: true,
      disabled: selected === null,
      run: () => begin(false),
    },
  ])
  if (writing) {
    const key = `${writing.passage.at} ${writing.passage.start} ${writing.passage.end} ${writing.replacement === null}`
    return <NoteForm key={key} of={of} incident={incident} session={session} writing={writing} onDone={() => setWriting(null)} />
  }
  if (!selected) return <p className={classes['soft']}>{t('notes.hint')}</p>
  return (
    <div className={classes['begin']}>
      <q>{selected.quote}</q>
      <ActButton quiet readsOnly size="compact-xs" shortcut="mod+Shift+M" onAct={() => begin(false)}>
        {t('notes.comment')}
      </ActButton>
      <ActButton quiet readsOnly size="compact-xs" onAct={() => begin(true)}>
        {t('notes.suggest')}
      </ActButton>
    </div>
  )
}

type FormProps = Omit<Props, 'selected'> & { writing: Writing; onDone: () => void }

function NoteForm({ of, incident, session, writing: { passage, quote, replacement: first }, onDone }: FormProps) {
  const { t } = useTranslation('wording-editor')
  const { act, busy, barred, failure } = usePermittedAct('draftNotes.add', { incident })
  const [body, setBody] = useState('')
  const [replacement, setReplacement] = useState(first)
  const suggests = replacement !== null
  const missing = suggests ? (replacement === quote ? t('notes.same') : null) : body.trim() === '' ? t('notes.empty') : null
  const put = async () => {
    if (missing !== null || barred !== null || busy) return
    // The passage may be in text that is not written yet.
    if (!(await session.writeAll())) return
    const added = await act({ ...of, passage, quote, body, replacement })
    if (added.ok) onDone()
  }
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void put()
      }}
    >
      <q>{quote}</q>
      {suggests && (
        <GrowingText
          // The passage was chosen in order to write this.
          autoFocus
          size="xs"
          label={t('notes.replacement')}
          maxLength={CONTENT_LIMITS.block}
          value={replacement}
          onChange={(event) => setReplacement(event.currentTarget.value)}
        />
      )}
      <GrowingText
        autoFocus={!suggests}
        size="xs"
        label={t(suggests ? 'notes.reason' : 'notes.body')}
        maxLength={NOTE_LIMITS.body}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {failure && <FailureNotice failure={failure} />}
      <Toolbar>
        <ActButton submit size="xs" busy={busy} barred={barred ?? missing}>
          {t(suggests ? 'notes.addSuggestion' : 'notes.add')}
        </ActButton>
        <ActButton quiet readsOnly size="xs" onAct={onDone}>
          {t('notes.cancel')}
        </ActButton>
      </Toolbar>
    </form>
  )
}
