import { TURNING_POINTS } from '#domain/timeline/entry.ts'
import { useNaming } from '#features/notices'
import { useRoom } from '#features/room'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Radio, TextInput } from '@mantine/core'
import { useId, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftProblem, EntryDraft, WritableKind } from './entry-draft.ts'
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
      {draft.kind === 'decision' && (
        <div className={styles['decision']}>
          <GrowingText
            label={t('decision.reason')}
            minRows={1}
            maxRows={4}
            maxLength={2000}
            value={draft.reason}
            error={errorFor('reason-missing')}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
          <TextInput
            label={t('decision.decidedBy')}
            maxLength={80}
            value={draft.decidedBy}
            error={errorFor('decided-by-missing')}
            onChange={(event) => onChange({ decidedBy: event.currentTarget.value })}
          />
        </div>
      )}
      {draft.kind === 'turning-point' && (
        <Radio.Group
          label={t('composer.whichTurningPoint')}
          value={draft.turningPoint}
          data-fault={errorFor('turning-point-missing') === undefined ? undefined : ''}
          error={errorFor('turning-point-missing')}
          onChange={(value) => onChange({ turningPoint: TURNING_POINTS.find((point) => point === value) ?? null })}
        >
          <div className={styles['points']}>
            {TURNING_POINTS.map((point) => (
              <Radio
                key={point}
                size="xs"
                value={point}
                label={t(`terms:turningPoint.${point}`)}
                description={t(`turningPointHints.${point}`)}
              />
            ))}
          </div>
        </Radio.Group>
      )}
    </div>
  )
}
