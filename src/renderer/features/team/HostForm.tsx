import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import { PASSWORD_MIN } from '#contract/team-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { faultOfLogin } from './enter/account-faults.ts'
import { PasswordField } from './enter/PasswordField.tsx'
import { TextField } from './enter/TextField.tsx'
import classes from './TeamPage.module.css'

const USUAL_PORT = '7443'

/** The form to open the team to others: name, port, and the own sign-in for other devices. */
export function HostForm() {
  const { t } = useTranslation('team')
  const { act, busy } = useAct('membership.host')
  const [typed, setTyped] = useState({ teamName: '', port: USUAL_PORT, login: '', password: '' })
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change })
  const port = /^\d{1,5}$/u.test(typed.port.trim()) ? Number(typed.port) : Number.NaN
  const wrong = {
    name: typed.teamName.trim() === '',
    port: !(port <= 65_535),
    login: faultOfLogin(typed.login),
    password: typed.password.length < PASSWORD_MIN,
  }
  const host = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.port || wrong.login || wrong.password) return
    const result = await act({ teamName: typed.teamName, port, login: typed.login, password: typed.password })
    setFailure(result.ok ? null : result.failure)
  }
  return (
    <form className={classes['form']} noValidate onSubmit={(event) => void host(event)}>
      <FieldGrid>
        <TextField
          label={t('host.name')}
          value={typed.teamName}
          onChange={(teamName) => set({ teamName })}
          error={tried && wrong.name ? t('host.nameMissing') : null}
        />
        <TextField
          label={t('host.port')}
          hint={t('host.portHint')}
          maxLength={5}
          value={typed.port}
          onChange={(value) => set({ port: value })}
          error={tried && wrong.port ? t('host.portWrong') : null}
        />
        <TextField
          label={t('host.login')}
          hint={t('account.loginHint')}
          autoComplete="username"
          value={typed.login}
          onChange={(login) => set({ login })}
          error={tried && wrong.login ? t(`account.fault.${wrong.login}`) : null}
        />
        <PasswordField
          fresh
          label={t('host.password')}
          value={typed.password}
          onChange={(password) => set({ password })}
          error={tried && wrong.password ? t('account.fault.passwordShort') : null}
        />
      </FieldGrid>
      {failure && <FailureNotice failure={failure} />}
      <Toolbar>
        <ActButton submit busy={busy}>
          {typed.teamName.trim() === '' ? t('host.actPlain') : t('host.act', { team: typed.teamName.trim() })}
        </ActButton>
      </Toolbar>
    </form>
  )
}
