import { cleanPastedText } from '#domain/wording/text/clean-pasted-text.ts'
import { watchCompositions } from '#ui/keys/input-method.ts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { bindText, type TextBinding } from './bind-text.ts'
import type { DraftSession } from './draft-session.ts'
import classes from './editor.module.css'

type Props = {
  session: DraftSession
  text: Y.Text
  /** The address of the field, as `fieldsOf` names it. */
  at: string
  label: string
  maxLength: number
  placeholder?: string
  readOnly: boolean
  /** One line: Enter does not break it. */
  single?: boolean
  variant?: 'title' | 'core'
}

/** One text of the draft, bound to a field that grows with it. Typing renders nothing: the field keeps its own value. */
export function DraftText({ session, text, at, label, maxLength, placeholder, readOnly, single = false, variant }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const binding = useRef<TextBinding>(null)
  const { t } = useTranslation('wording-editor')
  /** How much of what was pasted had no room. */
  const [cut, setCut] = useState(0)
  useEffect(() => {
    const field = area.current
    if (!field) return
    const bound = bindText(text, field)
    binding.current = bound
    const unwatch = watchCompositions(field, bound.compose)
    return () => {
      unwatch()
      bound.release()
    }
  }, [text])
  return (
    <>
      <textarea
        ref={area}
        className={classes['text']}
        data-at={at}
        data-look={variant}
        aria-label={label}
        placeholder={placeholder}
        maxLength={maxLength}
        readOnly={readOnly}
        rows={1}
        onInput={() => {
          setCut(0)
          binding.current?.input()
        }}
        onBlur={() => {
          // What is typed in one field is undone by itself.
          session.undo.stopCapturing()
          void session.flush()
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          const cleaned = single ? cleanPastedText(pasted).replaceAll('\n', ' ') : cleanPastedText(pasted)
          const field = event.currentTarget
          const room = Math.max(0, maxLength - field.value.length + field.selectionEnd - field.selectionStart)
          if (readOnly || pasted === '' || (cleaned === pasted && cleaned.length <= room)) return
          // The browser limits typing, but not what is set by a script; and it drops without a word what has no room.
          event.preventDefault()
          setCut(Math.max(0, cleaned.length - room))
          field.setRangeText(cleaned.slice(0, room).toWellFormed(), field.selectionStart, field.selectionEnd, 'end')
          binding.current?.input()
        }}
        onKeyDown={(event) => {
          const command = event.ctrlKey || event.metaKey
          if (readOnly) return
          if (command && event.key.toLowerCase() === 'z') {
            event.preventDefault()
            if (event.shiftKey) session.undo.redo()
            else session.undo.undo()
          } else if (command && event.key.toLowerCase() === 'y') {
            event.preventDefault()
            session.undo.redo()
          } else if (single && event.key === 'Enter' && !command) event.preventDefault()
        }}
      />
      {cut > 0 && (
        <p role="alert" className={classes['cut']}>
          {t('cut', { count: cut, limit: maxLength })}
        </p>
      )}
    </>
  )
}
