import { UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ENTRY_ICONS } from '#ui/entry-icons.ts'
import { WRITABLE_KINDS, type WritableKind } from './entry-draft.ts'
import styles from './KindPicker.module.css'

/** All kinds side by side, as a radio group. */
export function KindPicker({ value, onChange }: { value: WritableKind; onChange: (kind: WritableKind) => void }) {
  const { t } = useTranslation('timeline')
  const name = useId()
  return (
    <div className={styles['kinds']} role="radiogroup" aria-label={t('composer.kind')}>
      {WRITABLE_KINDS.map((kind) => {
        const Icon = ENTRY_ICONS[kind]
        return (
          <label key={kind} className={styles['kind']}>
            <input type="radio" name={name} checked={kind === value} onChange={() => onChange(kind)} />
            <Icon size={15} stroke={1.75} aria-hidden="true" />
            {t(`terms:kind.${kind}`)}
          </label>
        )
      })}
    </div>
  )
}

/** The kinds that match the text after "/", to pick one without leaving the text. */
export function KindMenu(props: { id: string; kinds: readonly WritableKind[]; active: number; onPick: (kind: WritableKind) => void }) {
  const { t } = useTranslation('timeline')
  return (
    <div className={styles['menu']} role="listbox" id={props.id} aria-label={t('composer.kind')}>
      {props.kinds.map((kind, index) => {
        const Icon = ENTRY_ICONS[kind]
        return (
          <UnstyledButton
            key={kind}
            id={`${props.id}-${index}`}
            role="option"
            aria-selected={index === props.active}
            tabIndex={-1}
            className={styles['option']}
            // Keep the focus in the text, or the caret position is lost.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.onPick(kind)}
          >
            <Icon size={15} stroke={1.75} aria-hidden="true" />
            <span>{t(`terms:kind.${kind}`)}</span>
            <small>{t(`kindHints.${kind}`)}</small>
          </UnstyledButton>
        )
      })}
    </div>
  )
}
