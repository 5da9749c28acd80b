import { useNaming } from '#features/notices'
import { useRoom } from '#features/room'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useId, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftProblem, EntryDraft, WritableKind } from './entry-draft.ts'
import { KindFields } from './KindFields.tsx'
import { KindMenu, KindPicker } from './KindPicker.tsx'
import { findSlash, kindsFor, type Slash } from './slash-kind.ts'
import styles from './EntryFields.module.css'

type Words = Pick<EntryDraft, 'kind' | 'text' | 'reason' | 'decidedBy' | 'turningPoint' | 'mentions'>

type EntryFieldsProps = {
  draft: Words
  onChange(change: Partial<Words>): void
  problems: readonly DraftProblem[]
  onPaste?(event: ClipboardEvent): void
  textRef?: Ref<HTMLTextAreaElement>
  /** Shown at the end of the first line. */
  corner?: ReactNode
}

/** The kind and text of an entry, with the fields that a decision or turning point requires; for writing and correcting. */
export function EntryFields({ draft, onChange, problems, onPaste, textRef, corner }: EntryFieldsProps) {
  const { t } = useTranslation('timeline')
  const menuId = useId()
  const [slash, setSlash] = useState<Slash | null>(null)
  const [active, setActive] = useState(0)
  const choices = slash ? kindsFor(slash.typed, (kind) => t(`terms:kind.${kind}`)) : []
  const menuOpen = choices.length > 0

  const { incident } = useRoom()
  const naming = useNaming({
    text: draft.text,
    onText: (text) => onChange({ text }),
    chosen: draft.mentions,
    onChosen: (mentions) => onChange({ mentions }),
    readers: incident.restrictedTo,
  })

  const pick = (kind: WritableKind) => {
    if (!slash) return
    onChange({ kind, text: draft.text.slice(0, slash.start) + draft.text.slice(slash.end) })
    setSlash(null)
  }

  const onMenuKey = (event: KeyboardEvent) => {
    const chosen = choices[active]
    if (event.key === 'ArrowDown') setActive((at) => (at + 1) % choices.length)
    else if (event.key === 'ArrowUp') setActive((at) => (at + choices.length - 1) % choices.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) pick(chosen)
    else if (event.key === 'Escape') setSlash(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Ctrl or ⌘ with Enter saves, also while the list is open.
    if (menuOpen && !event.ctrlKey && !event.metaKey) onMenuKey(event)
  }

  const errorFor = (...codes: DraftProblem[]) => {
    const problem = problems.find((code) => codes.includes(code))
    return problem ? t(`problems.${problem}`) : undefined
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the list of kinds, which the text around it holds
    <div className={styles['fields']} onKeyDown={onKeyDown}>
      <div className={styles['head']}>
        <KindPicker value={draft.kind} onChange={(kind) => onChange({ kind })} />
        {corner}
      </div>
      <div className={styles['text']}>
        <GrowingText
          ref={textRef}
          aria-label={t('composer.text')}
          placeholder={t(`kindHints.${draft.kind}`)}
          minRows={2}
          maxRows={9}
          value={draft.text}
          error={errorFor('text-missing', 'text-too-long')}
          aria-controls={menuOpen ? menuId : undefined}
          aria-activedescendant={menuOpen ? `${menuId}-${active}` : undefined}
          {...naming.aria}
          onKeyDown={naming.onKey}
          onChange={(event) => {
            const { value, selectionStart } = event.currentTarget
            onChange({ text: value })
            setSlash(findSlash(value, selectionStart))
            setActive(0)
            naming.typed(event.currentTarget)
          }}
          onBlur={() => {
            setSlash(null)
            naming.close()
          }}
          onPaste={onPaste}
        />
        {naming.menu}
        {menuOpen && <KindMenu id={menuId} kinds={choices} active={active} onPick={pick} />}
      </div>
      <KindFields draft={draft} onChange={onChange} errorFor={errorFor} />
    </div>
  )
}
