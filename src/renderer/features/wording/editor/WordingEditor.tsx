import { useConnected } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { CONTENT_LIMITS } from '#domain/wording/content.ts'
import { useFocus, usePeopleHere } from '#features/team'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Loader } from '@mantine/core'
import { useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftView } from '#contract/wording-api.ts'
import { CheckList } from './CheckList.tsx'
import { DraftText } from './DraftText.tsx'
import { NotePanel } from './notes/NotePanel.tsx'
import { selectedIn, type Selected } from './notes/note-places.ts'
import type { SaveState } from './draft-session.ts'
import type { OpenDraft } from './open-drafts.ts'
import { KeptWords } from './KeptWords.tsx'
import { PartList } from './PartList.tsx'
import { draftPlace, partOfField, peopleAtText } from './people-at-text.ts'
import { PeopleInDraft } from './PeopleInDraft.tsx'
import { SaveBar } from './SaveBar.tsx'
import { SaveMark } from './SaveMark.tsx'
import type { FieldFinding } from '#domain/wording/content-checks.ts'
import { useChecks } from './use-checks.ts'
import { useOthers } from './use-others.ts'
import { useDraftSession } from './use-draft-session.ts'
import classes from './editor.module.css'

type Props = {
  incidentId: string | null
  /** The incident of the text; undefined in the standing library. */
  incident: IncidentView | undefined
  wordingId: string
  /** Why this member may not write in the draft, or null. */
  barred: string | null
}

/** The draft of a wording, written by several people at once; with checks in the margin and what takes it as a revision. */
export function WordingEditor({ incidentId, incident, wordingId, barred }: Props) {
  const { t } = useTranslation('wording-editor')
  const { data: wording, failure } = useRead('wordings.get', { incidentId, wordingId })
  const opened = useDraftSession(incidentId, wordingId)
  const problem = failure ?? opened.failure
  if (!wording || !opened.open || !opened.draft) {
    if (problem) return <FailureNotice failure={problem} />
    return <Loader size="sm" aria-label={t('opening')} />
  }
  return (
    <OpenEditor
      key={wordingId}
      wording={wording}
      draft={opened.draft}
      open={opened.open}
      save={opened.save}
      incident={incident}
      barred={barred}
    />
  )
}

type OpenProps = { wording: WordingView; draft: DraftView; open: OpenDraft; save: SaveState } & Pick<Props, 'incident' | 'barred'>

/** Why nothing can be written in the draft. A lost connection does not stop the writing: what is typed is written when it is back. */
function useLock(barred: string | null): string | null {
  const connected = useConnected()
  const [lock, setLock] = useState(barred)
  if (connected && lock !== barred) setLock(barred)
  return connected ? barred : lock
}

function OpenEditor({ wording, draft, open, save, incident, barred }: OpenProps) {
  const { t } = useTranslation('wording-editor')
  const { session } = open
  const lock = useLock(barred)
  const locked = lock !== null
  const root = useRef<HTMLDivElement>(null)
  const { note, reasons } = useSyncExternalStore(open.subscribe, open.beside)
  const { content, findings } = useChecks(session.doc, wording.language, wording.values, useOthers(wording.incidentId, wording.id))
  const [partId, setPartId] = useState<string | null>(null)
  useFocus('draft', draftPlace(wording.id, partId))
  const [selected, setSelected] = useState<Selected | null>(null)
  const jump = useCallback(
    ({ at, start, end }: Pick<FieldFinding, 'at' | 'start' | 'end'>) => {
      const field = root.current?.querySelector<HTMLTextAreaElement>(`[data-at="${CSS.escape(at)}"]`)
      field?.focus()
      field?.setSelectionRange(start, end)
      field?.scrollIntoView({ block: 'center' })
      setSelected(selectedIn(session.doc, at, start, end))
    },
    [session],
  )
  const people = peopleAtText(usePeopleHere(), wording.id)
  const text = { session, readOnly: locked }
  return (
    <div
      ref={root}
      className={classes['editor']}
      onFocus={({ target }) => setPartId(target instanceof HTMLElement && target.dataset['at'] ? partOfField(target.dataset['at']) : null)}
      onBlur={() => setPartId(null)}
      onSelect={({ target }) => {
        if (!(target instanceof HTMLTextAreaElement) || target.dataset['at'] === undefined) return
        setSelected(selectedIn(session.doc, target.dataset['at'], target.selectionStart, target.selectionEnd))
      }}
    >
      <div className={classes['page']}>
        <header className={classes['head']}>
          <SaveMark save={save} onRetry={() => void session.writeAll()} doc={session.doc} />
          <PeopleInDraft people={people} />
          <Writers draft={draft} />
          {locked && <strong className={classes['locked']}>{t('locked', { reason: lock })}</strong>}
        </header>
        <KeptWords incident={incident} draft={draft} />
        <DraftText
          {...text}
          text={session.doc.getText('title')}
          at="title"
          label={t('title')}
          placeholder={t('titleHint')}
          maxLength={CONTENT_LIMITS.title}
          single
          variant="title"
        />
        <label className={classes['core']}>
          <span className={classes['label']}>{t('core')}</span>
          <DraftText
            {...text}
            text={session.doc.getText('core')}
            at="core"
            label={t('core')}
            placeholder={t('coreHint')}
            maxLength={CONTENT_LIMITS.core}
            variant="core"
          />
        </label>
        <PartList list="blocks" people={people} {...text} />
        <PartList list="objections" people={people} {...text} />
        <PartList list="variants" people={people} {...text} />
      </div>
      <div className={classes['side']}>
        <NotePanel
          wordingId={wording.id}
          incidentId={wording.incidentId}
          incident={incident}
          session={session}
          selected={selected}
          barred={lock}
          onJump={jump}
        />
        <CheckList
          incidentId={wording.incidentId}
          findings={findings}
          reasons={reasons}
          onReason={(key, reason) => open.setBeside({ reasons: { ...open.beside().reasons, [key]: reason } })}
          onJump={jump}
        />
      </div>
      <SaveBar
        incident={incident}
        wording={wording}
        session={session}
        content={content}
        findings={findings}
        reasons={reasons}
        note={note}
        onNote={(next) => open.setBeside({ note: next })}
        barred={lock}
        onJump={jump}
      />
    </div>
  )
}

/** Who has written since the last revision: they will not be able to approve it. */
function Writers({ draft }: { draft: DraftView }) {
  const { t, i18n } = useTranslation('wording-editor')
  if (draft.contributors.length === 0) return <span className={classes['soft']}>{t('noWriters')}</span>
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(draft.contributors.map(({ name }) => name))
  return <span className={classes['soft']}>{t('writers', { names })}</span>
}
