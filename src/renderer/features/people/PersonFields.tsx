import { useRead } from '#client/use-read.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { TextInput } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

export type PersonTexts = { name: string; backup: string; duty: string }

type PersonFieldsProps = {
  fields: PersonTexts
  onChange: (change: Partial<PersonTexts>) => void
  /** Whether the name is missing and has been asked for. */
  missing: boolean
}

/** The fields of a person in a position; the members of the team are offered as names. */
export function PersonFields({ fields, onChange, missing }: PersonFieldsProps) {
  const { t } = useTranslation('people')
  const members = useRead('workspace.members', {}).data ?? []
  const known = useId()
  return (
    <>
      <FieldRow label={t('name')} required error={missing ? t('nameMissing') : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-required
            autoFocus
            size="xs"
            maxLength={40}
            list={known}
            error={missing}
            value={fields.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      <FieldRow label={t('backup')} hint={t('backupHint')}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            size="xs"
            maxLength={40}
            list={known}
            value={fields.backup}
            onChange={(event) => onChange({ backup: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      <FieldRow label={t('duty')}>
        {({ id }) => (
          <GrowingText
            id={id}
            size="xs"
            minRows={1}
            maxRows={4}
            maxLength={300}
            value={fields.duty}
            onChange={(event) => onChange({ duty: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      <datalist id={known}>
        {members.map((member) => (
          <option key={member.id} value={member.name}>
            {t(`terms:role.${member.role}`)}
          </option>
        ))}
      </datalist>
    </>
  )
}
