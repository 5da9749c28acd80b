import { FieldRow } from '#ui/FieldRow.tsx'
import { PASSWORD_MIN } from '#contract/team-api.ts'
import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { lengthOfPassword } from './account-faults.ts'
import classes from './Enter.module.css'

type Props = {
  label: string
  value: string
  onChange: (password: string) => void
  error: string | null
  /** A new password: its length is rated while typing. */
  fresh?: boolean
}

/** A password field with a button to show the text; for a new password it rates the length. */
export function PasswordField({ label, value, onChange, error, fresh = false }: Props) {
  const { t } = useTranslation('team')
  const length = lengthOfPassword(value)
  return (
    <FieldRow label={label} required hint={fresh ? t('account.passwordHint', { count: PASSWORD_MIN }) : undefined} error={error}>
      {({ id, describedBy }) => (
        <div className={classes['password']}>
          <PasswordInput
            id={id}
            aria-describedby={describedBy}
            aria-required
            autoComplete={fresh ? 'new-password' : 'current-password'}
            error={error !== null}
            value={value}
            maxLength={200}
            visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword'), tabIndex: 0 }}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {fresh && value !== '' && (
            <span className={classes['length']} data-length={length} role="status">
              {t(`account.length.${length}`, { count: value.length })}
            </span>
          )}
        </div>
      )}
    </FieldRow>
  )
}
