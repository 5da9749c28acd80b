import { useRead } from '#client/use-read.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import type { Mention } from '#domain/notices/notice.ts'
import { UnstyledButton } from '@mantine/core'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Mentions.module.css'
import { findBegun, fittingMembers, type NameBegun } from './mentions.ts'

const SHOWN = 8

type NamingProps = {
  text: string
  onText(text: string): void
  chosen: readonly Mention[]
  onChosen(chosen: Mention[]): void
  /** The only members who may read the text, or null; others are not offered. */
  readers: readonly string[] | null
  /** Opens the list above the field: for a field at the bottom of a panel. */
  above?: boolean
}

export type Naming = {
  /** Call it on each change of the field. */
  typed(field: HTMLTextAreaElement): void
  /** Call it first for each key; true: the list handled the key. */
  onKey(event: KeyboardEvent): boolean
  close(): void
  /** For the field, so that the list is announced. */
  aria: { 'aria-controls'?: string; 'aria-activedescendant'?: string }
  /** The list; render it inside the positioned box around the field. */
  menu: ReactNode
}

/**
 * Mentions in a text field: `@` opens the list of members, typing narrows it, arrows and Enter choose, Escape closes it without a change.
 */
export function useNaming({ text, onText, chosen, onChosen, readers, above = false }: NamingProps): Naming {
  const { t } = useTranslation('notices')
  const menuId = useId()
  const members = useRead('workspace.members', {}).data
  const me = useRead('workspace.status', {}).data?.me
  const [begun, setBegun] = useState<NameBegun | null>(null)
  const [active, setActive] = useState(0)
  const field = useRef<HTMLTextAreaElement | null>(null)
  const offered = (members ?? []).filter(
    (member) => member.id !== me?.id && member.status === 'active' && (readers?.includes(member.id) ?? true),
  )
  const choices = begun ? fittingMembers(offered, begun.typed).slice(0, SHOWN) : []
  const open = choices.length > 0

  const choose = ({ id, name }: MemberView) => {
    if (!begun) return
    const put = `@${name} `
    onText(text.slice(0, begun.start) + put + text.slice(begun.end).replace(/^ /, ''))
    onChosen([...chosen.filter(({ memberId }) => memberId !== id), { memberId: id as Mention['memberId'], name }])
    setBegun(null)
    const caret = begun.start + put.length
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret))
  }

  return {
    typed(element) {
      field.current = element
      setBegun(findBegun(element.value, element.selectionStart))
      setActive(0)
    },
    onKey(event) {
      if (!open || event.ctrlKey || event.metaKey) return false
      const member = choices[active]
      if (event.key === 'ArrowDown') setActive((at) => (at + 1) % choices.length)
      else if (event.key === 'ArrowUp') setActive((at) => (at + choices.length - 1) % choices.length)
      else if ((event.key === 'Enter' || event.key === 'Tab') && member) choose(member)
      else if (event.key === 'Escape') setBegun(null)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
    close: () => setBegun(null),
    aria: open ? { 'aria-controls': menuId, 'aria-activedescendant': `${menuId}-${active}` } : {},
    menu: open && (
      <div className={classes['menu']} data-above={above || undefined} role="listbox" id={menuId} aria-label={t('naming')}>
        {choices.map((member, index) => (
          <UnstyledButton
            key={member.id}
            id={`${menuId}-${index}`}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            className={classes['option']}
            // Keep the focus in the text, or the caret position is lost.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(member)}
          >
            <span>{member.name}</span>
            <small>{member.vendor ? member.vendor.company : t(`terms:role.${member.role}`)}</small>
          </UnstyledButton>
        ))}
      </div>
    ),
  }
}
