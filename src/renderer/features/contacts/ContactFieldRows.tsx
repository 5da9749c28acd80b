import type { ContactView } from '#contract/contact-api.ts'
import type { ContactFields } from '#domain/contacts/contact.ts'
import { DEPARTMENTS, LAYERS } from '#domain/people/assignment.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { CONTACT_LENGTHS } from './contact-fields.ts'
import { MemberSelect } from './MemberSelect.tsx'
import classes from './contacts.module.css'

type ContactFieldRowsProps = {
  contact: ContactView | null
  /** All contacts of the list. */
  contacts: readonly ContactView[]
  fields: ContactFields
  onChange: (change: Partial<ContactFields>) => void
  nameFault: string | null
  nameRef: Ref<HTMLInputElement>
}

/** Who a contact is: name, house, position, department, layer, member, and a note. */
export function ContactFieldRows({ contact, contacts, fields, onChange, nameFault, nameRef }: ContactFieldRowsProps) {
  const { t } = useTranslation('contacts')
  return (
    <>
      <div className={classes['pair']}>
        <FieldRow label={t('field.name')} required error={nameFault}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              ref={nameRef}
              data-autofocus
              aria-describedby={describedBy}
              maxLength={CONTACT_LENGTHS.name}
              value={fields.name}
              onChange={(event) => onChange({ name: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.organization')}>
          {({ id }) => (
            <TextInput
              id={id}
              maxLength={CONTACT_LENGTHS.organization}
              placeholder={t('ownHouse')}
              value={fields.organization}
              onChange={(event) => onChange({ organization: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.position')}>
          {({ id }) => (
            <TextInput
              id={id}
              maxLength={CONTACT_LENGTHS.position}
              value={fields.position}
              onChange={(event) => onChange({ position: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.department')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={fields.department ?? ''}
              onChange={(event) => onChange({ department: DEPARTMENTS.find((one) => one === event.currentTarget.value) ?? null })}
              data={[{ value: '', label: t('noDepartment') }, ...DEPARTMENTS.map((one) => ({ value: one, label: t(`terms:role.${one}`) }))]}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.layer')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={fields.layer ?? ''}
              onChange={(event) => onChange({ layer: LAYERS.find((one) => one === event.currentTarget.value) ?? null })}
              data={[{ value: '', label: t('noLayer') }, ...LAYERS.map((one) => ({ value: one, label: t(`people:layer.${one}`) }))]}
            />
          )}
        </FieldRow>
        <MemberSelect contact={contact} contacts={contacts} value={fields.memberId} onChange={(memberId) => onChange({ memberId })} />
      </div>
      <FieldRow label={t('field.note')}>
        {({ id }) => (
          <Textarea
            id={id}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={CONTACT_LENGTHS.note}
            value={fields.note}
            onChange={(event) => onChange({ note: event.currentTarget.value })}
          />
        )}
      </FieldRow>
    </>
  )
}
