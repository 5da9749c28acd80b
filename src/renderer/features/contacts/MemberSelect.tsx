import { useRead } from '#client/use-read.ts'
import type { ContactView } from '#contract/contact-api.ts'
import type { ContactFields } from '#domain/contacts/contact.ts'
import { LoggedUuid } from '#domain/log/ids.ts'
import { usePermit } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = {
  contact: ContactView | null
  contacts: readonly ContactView[]
  value: ContactFields['memberId']
  onChange: (memberId: ContactFields['memberId']) => void
}

/**
 * Chooses the team member that a contact is, who may then correct it. Offered only to those who may set it; members who have another
 * contact are left out.
 */
export function MemberSelect({ contact, contacts, value, onChange }: Props) {
  const { t } = useTranslation('contacts')
  const barred = usePermit('contact.add')
  const members = useRead('workspace.members', barred === null ? {} : null).data ?? []
  if (barred !== null) return null
  const taken = new Set<string>(contacts.flatMap(({ id, memberId }) => (id === contact?.id || memberId === null ? [] : [memberId])))
  const offered = members.filter(({ id, status }) => id === value || (status === 'active' && !taken.has(id)))
  return (
    <FieldRow label={t('field.member')}>
      {({ id: fieldId }) => (
        <NativeSelect
          id={fieldId}
          value={value ?? ''}
          onChange={(event) => onChange(LoggedUuid.safeParse(event.currentTarget.value).data ?? null)}
          data={[{ value: '', label: t('noMember') }, ...offered.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
    </FieldRow>
  )
}
