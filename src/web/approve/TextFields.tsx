import type { ReadField, WaitingText } from '#contract/approval-wire.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'
import { useState } from 'react'
import { keyed } from './keyed.ts'
import { useWords } from './words.tsx'

type Props = {
  text: WaitingText
  comments: readonly PinnedComment[]
  /** Null for readers who may not decide. */
  onChange: ((comments: PinnedComment[]) => void) | null
}

/** The whole text with its variables filled in; a reader who decides may comment on each part. */
export function TextFields({ text, comments, onChange }: Props) {
  const { t, list } = useWords()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <section>
      <h2>{t('read.text')}</h2>
      <p className="soft">{t('read.textHint')}</p>
      {text.missing.length > 0 && <p className="trouble">{t('read.missing', { names: list(text.missing.map((name) => `{${name}}`)) })}</p>}
      {text.fields.map((field) => (
        <div key={field.at} className="paragraph">
          <div className="top">
            <h3>{t(`part.${field.part}`)}</h3>
            {onChange && open !== field.at && (
              <button
                type="button"
                className="plain"
                aria-label={t('read.commentOn', { part: t(`part.${field.part}`) })}
                onClick={() => setOpen(field.at)}
              >
                {t('read.comment')}
              </button>
            )}
          </div>
          <p className="said">
            <Pieces pieces={field.pieces} />
          </p>
          {comments
            .filter(({ at }) => at === field.at)
            .map((comment) => (
              <p key={comment.text} className="remark">
                {comment.text}{' '}
                {onChange && (
                  <button type="button" className="plain" onClick={() => onChange(comments.filter((one) => one !== comment))}>
                    {t('read.removeComment')}
                  </button>
                )}
              </p>
            ))}
          {onChange && open === field.at && (
            <NewComment
              field={field}
              onClose={(comment) => {
                setOpen(null)
                if (comment) onChange([...comments, comment])
              }}
            />
          )}
        </div>
      ))}
    </section>
  )
}

function Pieces({ pieces }: Pick<ReadField, 'pieces'>) {
  return keyed(pieces, ({ kind }) => kind).map(({ key, item: piece }) => {
    if (piece.kind === 'text') return <span key={key}>{piece.text}</span>
    if (piece.kind === 'missing') return <mark key={key} className="missing">{`{${piece.name}}`}</mark>
    return (
      <mark key={key} title={`{${piece.name}}`}>
        {piece.text}
      </mark>
    )
  })
}

function NewComment({ field, onClose }: { field: ReadField; onClose: (comment: PinnedComment | null) => void }) {
  const { t } = useWords()
  const [words, setWords] = useState('')
  const keep = () => {
    const text = words.trim()
    onClose(text === '' ? null : { at: field.at, start: 0, end: field.length, text })
  }
  return (
    <div className="new">
      <label>
        {t('read.commentOn', { part: t(`part.${field.part}`) })}
        <textarea rows={3} maxLength={1000} value={words} autoFocus onChange={(event) => setWords(event.currentTarget.value)} />
      </label>
      <div className="pair">
        <button type="button" className="quiet" onClick={() => onClose(null)}>
          {t('cancel')}
        </button>
        <button type="button" className="act" disabled={words.trim() === ''} onClick={keep}>
          {t('read.keepComment')}
        </button>
      </div>
    </div>
  )
}
