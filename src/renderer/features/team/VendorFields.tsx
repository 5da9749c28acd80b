import { FieldRow } from '#ui/FieldRow.tsx'
import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TextField } from './enter/TextField.tsx'
import type { VendorDraft } from './vendor-draft.ts'
import classes from './VendorFields.module.css'

type Props = { draft: VendorDraft; onChange: (draft: VendorDraft) => void; wrong: boolean }

/** Whether a member is a vendor, of which company, and for how long (000-20). */
export function VendorFields({ draft, onChange, wrong }: Props) {
  const { t } = useTranslation('team')
  return (
    <>
      <Checkbox
        size="sm"
        label={t('vendor.on')}
        description={t('vendor.hint')}
        checked={draft.on}
        onChange={(event) => onChange({ ...draft, on: event.currentTarget.checked })}
      />
      {draft.on && (
        <div className={classes['fields']}>
          <TextField
            label={t('vendor.company')}
            value={draft.company}
            onChange={(company) => onChange({ ...draft, company })}
            error={wrong ? t('vendor.wrong') : null}
          />
          {(['from', 'until'] as const).map((field) => (
            <FieldRow key={field} label={t(`vendor.${field}`)} required>
              {({ id }) => (
                <TextInput
                  id={id}
                  type="date"
                  aria-required
                  value={draft[field]}
                  onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
                />
              )}
            </FieldRow>
          ))}
        </div>
      )}
    </>
  )
}
