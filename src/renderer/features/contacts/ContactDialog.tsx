import { useAct } from '#client/use-act.ts'
import type { ContactView } from '#contract/contact-api.ts'
import type { Failure } from '#contract/failures.ts'
import type { ContactFields } from '#domain/contacts/contact.ts'
import { DEPARTMENTS, LAYERS } from '#domain/people/assignment.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { usePermit } from '#features/permissions'
import { MovedOn, TextVersions } from '#features/texts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ChannelList } from './ChannelList.tsx'
import { MemberSelect } from './MemberSelect.tsx'
import classes from './contacts.module.css'

const BLANK: ContactFields = { name: '', organization: '', position: '', department: null, layer: null, note: '', memberId: null }

/** The texts that several people edit, with their lengths. */
const LENGTHS = { name: 40, organization: 80, position: 80, note: 500 } as const
const TEXTS = ['name', 'organization', 'position', 'note'] as const

type Props = {
  contact: ContactView | null
  /** All contacts of the list. */
  contacts: readonly ContactView[]
  onClose: () => void
  onMade: (id: string) => void
}

/** One contact with its channels. A new contact is saved first, then its channels are added. */
export function ContactDialog({ contact, contacts, onClose, onMade }: Props) {
  const { t } = useTranslation('contacts')
  return (
    <Modal
      opened
      onClose={onClose}
      title={contact ? t('dialog', { name: contact.name }) : t('add')}
      size={640}
      yOffset="6vh"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ContactForm contact={contact} contacts={contacts} onMade={onMade} />
      {contact && <ChannelList contact={contact} />}
      {contact && <RemoveContact contact={contact} onClose={onClose} />}
    </Modal>
  )
}

function ContactForm({ contact, contacts, onMade }: Omit<Props, 'onClose'>) {
  const { t } = useTranslation('contacts')
  const may = usePermit(contact ? 'contact.revise' : 'contact.add', { own: contact?.own ?? false })
  const add = useAct('contacts.add')
  const revise = useAct('contacts.revise')
  // As the contact was opened: a colleague's changes since then are not changes of this form.
  const [opened, setOpened] = useState<ContactFields>(() => (contact ? fieldsOf(contact) : BLANK))
  const [fields, setFields] = useState<ContactFields>(opened)
  const [seen, setSeen] = useState<Editions>(contact?.editions ?? {})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [tried, setTried] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  const set = (change: Partial<ContactFields>) => setFields((now) => ({ ...now, ...change }))
  const unchanged = contact !== null && JSON.stringify(opened) === JSON.stringify(fields)
  // Texts that a colleague has changed since this form was opened, and that saving would overwrite.
  const moved = contact
    ? TEXTS.filter((field) => {
        const isTheirs = (contact.editions[field] ?? '') !== (seen[field] ?? '')
        return isTheirs && fields[field] !== opened[field] && fields[field].trim() !== contact[field]
      })
    : []
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
      <div className={classes['pair']}>
        <FieldRow label={t('field.name')} required error={tried && nameless ? t('nameMissing') : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              ref={name}
              data-autofocus
              aria-describedby={describedBy}
              maxLength={40}
              value={fields.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.organization')}>
          {({ id }) => (
            <TextInput
              id={id}
              maxLength={80}
              placeholder={t('ownHouse')}
              value={fields.organization}
              onChange={(event) => set({ organization: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.position')}>
          {({ id }) => (
            <TextInput id={id} maxLength={80} value={fields.position} onChange={(event) => set({ position: event.currentTarget.value })} />
          )}
        </FieldRow>
        <FieldRow label={t('field.department')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={fields.department ?? ''}
              onChange={(event) => set({ department: DEPARTMENTS.find((one) => one === event.currentTarget.value) ?? null })}
              data={[{ value: '', label: t('noDepartment') }, ...DEPARTMENTS.map((one) => ({ value: one, label: t(`terms:role.${one}`) }))]}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.layer')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={fields.layer ?? ''}
              onChange={(event) => set({ layer: LAYERS.find((one) => one === event.currentTarget.value) ?? null })}
              data={[{ value: '', label: t('noLayer') }, ...LAYERS.map((one) => ({ value: one, label: t(`people:layer.${one}`) }))]}
            />
          )}
        </FieldRow>
        <MemberSelect contact={contact} contacts={contacts} value={fields.memberId} onChange={(memberId) => set({ memberId })} />
      </div>
      <FieldRow label={t('field.note')}>
        {({ id }) => (
          <Textarea
            id={id}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={500}
            value={fields.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      {contact &&
        moved.map((field) => (
          <MovedOn
            key={field}
            theirs={contact[field]}
            mine={fields[field]}
            onChoose={(text) => {
              set({ [field]: (field === 'note' ? text : text.replaceAll(/\n+/g, ' ')).slice(0, LENGTHS[field]) })
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

function fieldsOf({ name, organization, position, department, layer, note, memberId }: ContactView): ContactFields {
  return { name, organization, position, department, layer, note, memberId }
}

/** The editions seen of every text; an empty one stands for a text as it was first written. */
function seenOf(seen: Editions): Editions {
  return Object.fromEntries(TEXTS.map((field) => [field, seen[field] ?? '']))
}

/** Only the changed fields, so that a colleague's concurrent changes to other fields are kept. */
function changesOf(before: ContactFields, now: ContactFields): Partial<ContactFields> {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => before[field as keyof ContactFields] !== value))
}

function RemoveContact({ contact, onClose }: { contact: ContactView; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const barred = usePermit('contact.add')
  const { act, busy } = useAct('contacts.remove')
  const offerUndo = useUndoNotice()
  const [failure, setFailure] = useState<Failure | null>(null)
  const remove = async () => {
    const result = await act({ contactIds: [contact.id], removed: true })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    offerUndo(t('removed', { name: contact.name }), () => act({ contactIds: [contact.id], removed: false }))
  }
  return (
    <div className={classes['part']}>
      {failure && <FailureNotice failure={failure} />}
      <ActButton quiet danger size="xs" busy={busy} barred={barred} onAct={() => void remove()}>
        {t('remove', { name: contact.name })}
      </ActButton>
    </div>
  )
}
