import { MINUTE } from '#domain/durations.ts'
import type { EntryKind } from '#domain/timeline/entry.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { useEntryChoices } from './use-entry-choices.ts'
import styles from './EntryPicker.module.css'

type EntryPickerProps = {
  label: string
  /** Kinds listed first while nothing is typed. */
  preferred?: readonly EntryKind[]
  /** An entry that cannot be chosen: the one being linked. */
  except?: string | null
  onPick(entryId: string): void
}

const NONE: readonly EntryKind[] = []

/** Chooses an entry of the incident from a list or by search; arrows and Enter work from the field. */
export function EntryPicker({ label, preferred = NONE, except = null, onPick }: EntryPickerProps) {
  const { t, i18n } = useTranslation('timeline')
  const now = useNow(MINUTE)
  const id = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const { choices, failure, loading } = useEntryChoices(typed, preferred, except)
  const at = Math.min(active, Math.max(0, choices.length - 1))

  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = choices[at]
    if (event.key === 'ArrowDown') setActive(Math.min(choices.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, at - 1))
    else if (event.key === 'Enter' && chosen) onPick(chosen.id)
    else return
    event.preventDefault()
    document.getElementById(`${id}-${event.key === 'ArrowDown' ? at + 1 : at - 1}`)?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <div className={styles['picker']}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={label}
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={choices.length > 0 ? `${id}-${at}` : undefined}
        placeholder={t('pick.search')}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      {failure && <FailureNotice failure={failure} />}
      <ul className={styles['choices']} role="listbox" id={`${id}-list`} aria-label={label}>
        {choices.map((choice, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above holds the focus and the keys; this is what they choose from
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles['choice']}
            onClick={() => onPick(choice.id)}
          >
            <EntryKindMark kind={choice.kind} />
            <span className={styles['text']}>{choice.text}</span>
            <time dateTime={machineTime(choice.at)}>{formatMoment(choice.at, now, i18n.language)}</time>
          </li>
        ))}
      </ul>
      {!loading && choices.length === 0 && !failure && (
        <p className={styles['none']}>{t(typed.trim() === '' ? 'pick.empty' : 'pick.none')}</p>
      )}
    </div>
  )
}
