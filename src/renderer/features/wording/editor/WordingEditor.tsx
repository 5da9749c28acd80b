import { useRead } from '#client/use-read.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { CONTENT_LIMITS } from '#domain/wording/content.ts'
import { usePermit } from '#features/permissions'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Loader } from '@mantine/core'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftView } from '#contract/wording-api.ts'
import { CheckList } from './CheckList.tsx'
import { DraftText } from './DraftText.tsx'
import type { DraftSession, SaveState } from './draft-session.ts'
import { PartList } from './PartList.tsx'
import { SaveBar } from './SaveBar.tsx'
import { SaveMark } from './SaveMark.tsx'
import type { FieldFinding } from '#domain/wording/content-checks.ts'
import { useChecks } from './use-checks.ts'
import { useDraftSession } from './use-draft-session.ts'
import classes from './editor.module.css'

type Props = { incidentId: string | null; wordingId: string; readOnly?: boolean }

/** The draft of a wording, written by several people at once; with checks in the margin and what takes it as a revision. */
export function WordingEditor({ incidentId, wordingId, readOnly = false }: Props) {
  const { t } = useTranslation('wording-editor')
  const { data: wording, failure } = useRead('wordings.get', { incidentId, wordingId })
  const opened = useDraftSession(incidentId, wordingId)
  const problem = failure ?? opened.failure
  if (!wording || !opened.session || !opened.draft) {
    if (problem) return <FailureNotice failure={problem} />
    return <Loader size="sm" aria-label={t('opening')} />
  }
  return (
    <OpenEditor key={wordingId} wording={wording} draft={opened.draft} session={opened.session} save={opened.save} readOnly={readOnly} />
  )
}

type OpenProps = { wording: WordingView; draft: DraftView; session: DraftSession; save: SaveState; readOnly: boolean }

function OpenEditor({ wording, draft, session, save, readOnly }: OpenProps) {
  const { t } = useTranslation('wording-editor')
  const may = usePermit('wording.draft')
  const locked = readOnly || may !== null
  const root = useRef<HTMLDivElement>(null)
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const { content, findings } = useChecks(session.doc, wording.language, wording.values)
  const jump = useCallback(({ at, start, end }: FieldFinding) => {
    const field = root.current?.querySelector<HTMLTextAreaElement>(`[data-at="${CSS.escape(at)}"]`)
    field?.focus()
    field?.setSelectionRange(start, end)
    field?.scrollIntoView({ block: 'center' })
  }, [])
  const text = { session, readOnly: locked }
  return (
    <div ref={root} className={classes['editor']}>
      <div className={classes['page']}>
        <header className={classes['head']}>
          <SaveMark save={save} onRetry={() => void session.flush()} content={content} />
          <Writers draft={draft} />
        </header>
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
        <PartList list="blocks" {...text} />
        <PartList list="objections" {...text} />
        <PartList list="variants" {...text} />
      </div>
      <CheckList
        findings={findings}
        reasons={reasons}
        onReason={(key, reason) => setReasons((now) => ({ ...now, [key]: reason }))}
        onJump={jump}
      />
      {!locked && <SaveBar wording={wording} session={session} findings={findings} reasons={reasons} onJump={jump} />}
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
