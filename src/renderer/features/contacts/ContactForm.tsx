import { useAct } from '#client/use-act.ts'
import type { ContactView } from '#contract/contact-api.ts'
import type { Failure } from '#contract/failures.ts'
import type { ContactFields } from '#domain/contacts/contact.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { usePermit } from '#features/permissions'
import { MovedOn, TextVersions } from '#features/texts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { BLANK_CONTACT, changesOf, CONTACT_LENGTHS, fieldsOf, movedOn, seenOf } from './contact-fields.ts'
import { ContactFieldRows } from './ContactFieldRows.tsx'
import classes from './contacts.module.css'

export type ContactFormProps = {
  contact: ContactView | null
  /** All contacts of the list. */
  contacts: readonly ContactView[]
  onMade: (id: string) => void
}

/** The fields of a contact and their saving. A colleague's concurrent change to a text is shown before it is overwritten. */
export function ContactForm({ contact, contacts, onMade }: ContactFormProps) {
  const { t } = useTranslation('contacts')
  const may = usePermit(contact ? 'contact.revise' : 'contact.add', { own: contact?.own ?? false })
  const add = useAct('contacts.add')
  const revise = useAct('contacts.revise')
  // As the contact was opened: a colleague's changes since then are not changes of this form.
  const [opened, setOpened] = useState<ContactFields>(() => (contact ? fieldsOf(contact) : BLANK_CONTACT))
  const [fields, setFields] = useState<ContactFields>(opened)
  const [seen, setSeen] = useState<Editions>(contact?.editions ?? {})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [tried, setTried] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  const set = (change: Partial<ContactFields>) => setFields((now) => ({ ...now, ...change }))
  const unchanged = contact !== null && JSON.stringify(opened) === JSON.stringify(fields)
  const moved = contact ? movedOn(contact, { opened, fields, seen }) : []
  const nameless = fields.name.trim() === ''
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (nameless) return name.current?.focus()
    if (may !== null || unchanged || moved.length > 0) return
    const result = contact
      ? await revise.act({ contactId: contact.id, change: changesOf(opened, fields), seen: seenOf(seen) })
      : await add.act({ contact: fields, channels: [] })
    if (!result.ok) return setFailure(result.failure)
    setFailure(null)
    if (!contact) return onMade(result.value.id)
    const saved = fieldsOf(result.value)
    setOpened(saved)
    setSeen(result.value.editions)
    // What was typed while the change was saved stays.
    setFields((now) => ({ ...saved, ...changesOf(fields, now) }))
  }
  return (
    <form className={classes['form']} noValidate onSubmit={(event) => void save(event)}>
      <ContactFieldRows
        contact={contact}
        contacts={contacts}
        fields={fields}
        onChange={set}
        nameFault={tried && nameless ? t('nameMissing') : null}
        nameRef={name}
      />
      {contact &&
        moved.map((field) => (
          <MovedOn
            key={field}
            theirs={contact[field]}
            mine={fields[field]}
            onChoose={(text) => {
              set({ [field]: (field === 'note' ? text : text.replaceAll(/\n+/g, ' ')).slice(0, CONTACT_LENGTHS[field]) })
              setSeen((before) => ({ ...before, [field]: contact.editions[field] ?? '' }))
            }}
          />
        ))}
      {contact &&
        (['position', 'note'] as const).map((field) => (
          <TextVersions key={field} of={{ kind: 'contact', id: contact.id, field }} incident={null} own={contact.own} />
        ))}
      {failure && <FailureNotice failure={failure} />}
      <div className={classes['acts']}>
        <ActButton
          submit
          busy={add.busy || revise.busy}
          barred={may ?? (unchanged ? t('unchanged') : moved.length > 0 ? t('chooseFirst') : null)}
        >
          {contact ? t('save') : t('saveNew')}
        </ActButton>
      </div>
    </form>
  )
}
