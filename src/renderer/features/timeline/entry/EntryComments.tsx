import type { EntryView } from '#contract/timeline-api.ts'
import type { Mention } from '#domain/notices/notice.ts'
import { ENTRY_TEXT_LIMIT } from '#domain/timeline/entry.ts'
import { mentionsIn, useNaming } from '#features/notices'
import { usePermittedAct } from '#features/permissions'
import { MaskHint, RevealableText } from '#features/personal'
import { useRoom } from '#features/room'
import { useFocus } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part } from './Part.tsx'
import styles from './EntryComments.module.css'

/** The comments on an entry, oldest first, and a field to add one. `writing` focuses the field. */
export function EntryComments({ entry, writing, onWriting }: { entry: EntryView; writing: boolean; onWriting: () => void }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const comment = usePermittedAct('timeline.comment', { incident: room.incident })
  const { barred, failure } = comment
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Mention[]>([])
  const naming = useNaming({ text, onText: setText, chosen, onChosen: setChosen, readers: room.incident.restrictedTo, above: true })
  useFocus(text === '' ? null : 'comment', entry.id)
  const textRef = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!writing) return
    textRef.current?.focus()
    onWriting()
  }, [writing, onWriting])

  const save = async () => {
    if (text.trim() === '' || comment.busy) return
    const mentions = mentionsIn(text, chosen)
    const result = await comment.act({
      incidentId: room.incident.id,
      entryId: entry.id,
      text,
      ...(mentions.length > 0 ? { mentions } : {}),
    })
    // Text typed since then is kept.
    if (result.ok) setText((now) => (now === text ? '' : now))
  }

  return (
    <Part title={t('comments.title', { number: entry.comments.length })} id="entry-comments">
      <ol className={styles['comments']}>
        {entry.comments.map((one) => (
          <li key={one.id}>
            <p className={styles['who']}>
              <b>{one.authorName}</b> <Age at={one.at} />
            </p>
            <p className={styles['words']}>
              <RevealableText
                text={one.text}
                incidentId={room.incident.id}
                of={{ kind: 'entry', id: entry.id, field: `comments.${one.id}.text` }}
                mentions={one.mentions}
              />
            </p>
          </li>
        ))}
      </ol>
      {failure && <FailureNotice failure={failure} />}
      <form
        className={styles['write']}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div className={styles['field']}>
          <GrowingText
            ref={textRef}
            aria-label={t('comments.write')}
            placeholder={t('comments.write')}
            minRows={1}
            maxRows={6}
            maxLength={ENTRY_TEXT_LIMIT}
            value={text}
            disabled={barred !== null}
            title={barred ?? undefined}
            {...naming.aria}
            onChange={(event) => {
              setText(event.currentTarget.value)
              naming.typed(event.currentTarget)
            }}
            onBlur={naming.close}
            onKeyDown={naming.onKey}
          />
          {naming.menu}
        </div>
        <MaskHint text={text} />
        {text.trim() !== '' && (
          <ActButton submit size="compact-sm" busy={comment.busy} barred={barred} shortcut="mod+Enter">
            {t('comments.save')}
          </ActButton>
        )}
      </form>
    </Part>
  )
}
