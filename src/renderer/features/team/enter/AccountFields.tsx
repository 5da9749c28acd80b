import { useTranslation } from 'react-i18next'
import type { AccountDraft } from './account-faults.ts'
import { PasswordField } from './PasswordField.tsx'
import { TextField } from './TextField.tsx'

type AccountFieldsProps = {
  draft: AccountDraft
  onChange: (change: Partial<AccountDraft>) => void
  /** The account exists, and gets a new password. */
  reset: boolean
  /** Without one, the account is that of the company. */
  withPassword: boolean
  /** The problem with a field in words, or null. */
  word: (field: keyof AccountDraft) => string | null
}

/** The fields of a new account and of the device that signs in to it. */
export function AccountFields({ draft, onChange, reset, withPassword, word }: AccountFieldsProps) {
  const { t } = useTranslation('team')
  return (
    <>
      {!reset && (
        <TextField
          label={t('account.name')}
          hint={t('account.nameHint')}
          autoComplete="name"
          autoFocus
          maxLength={60}
          value={draft.name}
          onChange={(name) => onChange({ name })}
          error={word('name')}
        />
      )}
      {withPassword && (
        <>
          <TextField
            label={t('account.login')}
            hint={t('account.loginHint')}
            autoComplete="username"
            autoFocus={reset}
            value={draft.login}
            onChange={(login) => onChange({ login })}
            error={word('login')}
          />
          <PasswordField
            fresh
            label={t(reset ? 'account.newPassword' : 'account.password')}
            value={draft.password}
            onChange={(password) => onChange({ password })}
            error={word('password')}
          />
        </>
      )}
      <TextField
        label={t('account.device')}
        hint={t('account.deviceHint')}
        value={draft.device}
        onChange={(device) => onChange({ device })}
        error={word('device')}
      />
    </>
  )
}
