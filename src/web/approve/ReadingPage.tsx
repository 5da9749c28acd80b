import type { WaitingText } from '#contract/approval-wire.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'
import { useCallback, useEffect, useState } from 'react'
import { DecisionSheet, type Act } from './DecisionSheet.tsx'
import { DifferenceView } from './DifferenceView.tsx'
import { Due } from './Due.tsx'
import { hub } from './hub-calls.ts'
import { Checks, People } from './ReviewFacts.tsx'
import { TextFields } from './TextFields.tsx'
import { useAsked } from './use-asked.ts'
import { useWords } from './words.tsx'

type Props = { revisionId: string; onBack: () => void; onOver: () => void; onDone: (told: string) => void }

/** What a reader decides on: a change of it while they read is said before they decide. */
const decidedOn = ({ hash, status, decisions, fields, compared }: WaitingText) =>
  JSON.stringify([hash, status, decisions, fields, compared])

/** One text in review: what changed, the whole text with its values, checks, people, and the reader's decision. */
export function ReadingPage({ revisionId, onBack, onOver, onDone }: Props) {
  const { t, failure: inWords } = useWords()
  const read = useCallback(() => hub.text(revisionId), [revisionId])
  const { value: latest, failure } = useAsked(read)
  const [shown, setShown] = useState<WaitingText | null>(null)
  if (latest && !shown) setShown(latest)
  const isOver = failure?.code === 'session-unknown'
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  const hasChanged = shown && latest && decidedOn(shown) !== decidedOn(latest)
  const isGone = failure?.code === 'not-found'
  return (
    <>
      <button type="button" className="plain back" onClick={onBack}>
        ← {t('back')}
      </button>
      {failure && (
        <p className="trouble" role="alert">
          {isGone ? t('read.gone') : inWords(failure)}
        </p>
      )}
      {!shown && !failure && <p className="soft">{t('loading')}</p>}
      {hasChanged && !isGone && (
        <div className="trouble" role="alert">
          <p>{t('read.changed')}</p>
          <button type="button" className="quiet" onClick={() => setShown(latest)}>
            {t('read.again')}
          </button>
        </div>
      )}
      {shown && <Text key={decidedOn(shown)} text={shown} isBarred={hasChanged === true || isGone} onDone={onDone} />}
    </>
  )
}

function Text({ text, isBarred, onDone }: { text: WaitingText; isBarred: boolean; onDone: (told: string) => void }) {
  const { t, role, list } = useWords()
  const [comments, setComments] = useState<PinnedComment[]>([])
  const [act, setAct] = useState<Act | null>(null)
  const { mayApproveAs, mayRejectAs, mayRelease, number, hash } = text
  const why = text.own ? 'own' : text.status === 'approved' || text.status === 'rejected' ? text.status : 'not-asked'
  const roles = [...new Set([...mayApproveAs, ...mayRejectAs])]
  return (
    <article>
      <p className="top">
        <span className="soft">{text.incidentTitle ?? t('list.library')}</span>
        <Due at={text.dueAt} />
      </p>
      <h1>{text.title}</h1>
      <p className="soft">
        {t('read.revision', { number })} · <code>{t('read.hash', { hash: hash.slice(0, 12) })}</code>
        {roles.length > 0 && ` · ${t('list.as', { role: list(roles.map(role)) })}`}
      </p>
      {text.preparedFor !== '' && <p className="mark">{t('list.prepared', { for: text.preparedFor })}</p>}
      {text.note !== '' && (
        <p>
          <b>{t('read.note')}</b> {text.note}
        </p>
      )}
      <DifferenceView compared={text.compared} />
      <TextFields text={text} comments={comments} onChange={mayApproveAs.length + mayRejectAs.length > 0 ? setComments : null} />
      <Checks findings={text.findings} />
      <People text={text} />
      {mayApproveAs.length + mayRejectAs.length === 0 && <p className="card soft">{t(`why.${why}`)}</p>}
      {(roles.length > 0 || mayRelease) && (
        <div className="thumb">
          {mayRejectAs.length > 0 && (
            <button type="button" className="quiet danger" disabled={isBarred} onClick={() => setAct('reject')}>
              {t('decide.reject')}
            </button>
          )}
          {mayApproveAs.length > 0 && (
            <button type="button" className="act" disabled={isBarred} onClick={() => setAct('approve')}>
              {t('decide.approve')}
            </button>
          )}
          {mayRelease && (
            <button type="button" className="quiet danger" disabled={isBarred} onClick={() => setAct('release')}>
              {t('decide.release')}
            </button>
          )}
        </div>
      )}
      {act !== null && (
        <DecisionSheet
          act={act}
          text={text}
          comments={comments}
          onClose={() => setAct(null)}
          onDone={() => onDone(t(`decide.${act === 'approve' ? 'approved' : act === 'reject' ? 'rejected' : 'released'}`, { number }))}
        />
      )}
    </article>
  )
}
