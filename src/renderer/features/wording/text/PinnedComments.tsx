import type { RevisionRow } from '#contract/wording-api.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ApprovalPanel.module.css'
import { wordsAt } from './pinned.ts'

/** A comment on a passage; `by`: who gave it, null for one of the decision that is being made. */
export type GivenComment = PinnedComment & { by: string | null }

/** The comments of all decisions on a revision. */
export function commentsOf({ decisions }: Pick<RevisionRow, 'decisions'>): GivenComment[] {
  return decisions.flatMap(({ comments, name }) => comments.map((comment) => ({ ...comment, by: name })))
}

type Props = {
  content: WordingContent
  comments: readonly GivenComment[]
  /** Deletes one of the decision that is being made. */
  onRemove?: (index: number) => void
}

/** The comments on passages of a text, numbered as they are marked in it. */
export function PinnedComments({ content, comments, onRemove }: Props) {
  const { t } = useTranslation('wording')
  if (comments.length === 0) return null
  return (
    <ol className={classes['comments']} aria-label={t('approval.comments')}>
      {comments.map((comment, index) => (
        <li key={`${comment.at} ${comment.start} ${comment.end} ${comment.text}`}>
          <q>{shortened(wordsAt(content, comment))}</q>
          <span>
            {comment.text} {comment.by !== null && <small>{comment.by}</small>}
          </span>
          {comment.by === null && onRemove && (
            <ActButton quiet size="compact-xs" onAct={() => onRemove(index)}>
              {t('approval.unpin')}
            </ActButton>
          )}
        </li>
      ))}
    </ol>
  )
}

const shortened = (words: string) => (words.length > 40 ? `${words.slice(0, 40)}…` : words)

type NewProps = {
  quote: string
  /** With the comment, or null if it was given up. */
  onPinned: (text: string | null) => void
}

/** A comment on a passage that was chosen. */
export function NewComment({ quote, onPinned }: NewProps) {
  const { t } = useTranslation('wording')
  const [text, setText] = useState('')
  return (
    <form
      className={classes['newComment']}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onPinned(text.trim())
      }}
    >
      <q>{shortened(quote)}</q>
      <TextInput
        size="sm"
        // The passage was chosen in order to write this.
        autoFocus
        aria-label={t('approval.comment')}
        placeholder={t('approval.comment')}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ActButton submit size="xs" barred={text.trim() === '' ? t('approval.emptyComment') : null}>
        {t('approval.pinAct')}
      </ActButton>
      <ActButton quiet readsOnly size="xs" onAct={() => onPinned(null)}>
        {t('approval.pinNot')}
      </ActButton>
    </form>
  )
}
