import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { PASSWORD_MIN } from '#contract/team-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { CompanyLink } from '../company/CompanyLink.tsx'
import { faultOfLogin } from '../enter/account-faults.ts'
import { PasswordField } from '../enter/PasswordField.tsx'
import { TextField } from '../enter/TextField.tsx'
import classes from '../TeamPage.module.css'

/** The own sign-in: login and password. */
export function AccountSection() {
  const { t } = useTranslation('team')
  const { data, failure, readAgain } = useRead('team.login', {})
  const { act, busy } = useAct('team.setPassword')
  const tell = useUndoNotice()
  const [typedLogin, setTypedLogin] = useState<string | null>(null)
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<Failure | null>(null)
  const login = typedLogin ?? data?.login ?? ''
  const loginFault = faultOfLogin(login)
  const oldMissing = data?.hasPassword === true && old === ''
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (loginFault || oldMissing || password.length < PASSWORD_MIN) return
    const result = await act({ login, old, password })
    setRefused(result.ok ? null : result.failure)
    if (!result.ok) return
    setOld('')
    setPassword('')
    setTried(false)
    readAgain()
    tell(t('account.saved'))
  }
  if (failure && !data) {
    return (
      <Section title={t('account.title')}>
        <FailureNotice failure={failure} onRetry={readAgain} />
      </Section>
    )
  }
  return (
    <Section title={t('account.title')}>
      {data?.company && <CompanyLink company={data.company} hasPassword={data.hasPassword} onChange={readAgain} />}
      {!data?.company?.only && (
        <>
          <p className={classes['note']}>{t('account.text')}</p>
          <form className={classes['form']} noValidate onSubmit={(event) => void save(event)}>
            <FieldGrid>
              <TextField
                label={t('account.login')}
                hint={t('account.loginHint')}
                autoComplete="username"
                value={login}
                onChange={setTypedLogin}
                error={tried && loginFault ? t(`account.fault.${loginFault}`) : null}
              />
              {data?.hasPassword && (
                <PasswordField
                  label={t('account.old')}
                  value={old}
                  onChange={setOld}
                  error={tried && oldMissing ? t('account.fault.passwordMissing') : null}
                />
              )}
              <PasswordField
                fresh
                label={t('account.newPassword')}
                value={password}
                onChange={setPassword}
                error={tried && password.length < PASSWORD_MIN ? t('account.fault.passwordShort') : null}
              />
            </FieldGrid>
            {refused && <FailureNotice failure={refused} />}
            <Toolbar>
              <ActButton submit busy={busy}>
                {t('account.save')}
              </ActButton>
            </Toolbar>
          </form>
        </>
      )}
    </Section>
  )
}
