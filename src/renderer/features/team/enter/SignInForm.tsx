import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { CallInput } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { CompanyEntry } from '../company/CompanyEntry.tsx'
import { useCompanyAccount } from '../company/use-company-account.ts'
import { faultOfLogin } from './account-faults.ts'
import classes from './Enter.module.css'
import { focusFirstFault } from '#ui/keys/form-keys.ts'
import { PasswordField } from './PasswordField.tsx'
import { TextField } from './TextField.tsx'

type Props = {
  language: Language
  /** The team that this device already belongs to: only the password is asked for. */
  known?: { address: string; login: string }
}

/** Signs in to a team as an existing member. */
export function SignInForm({ language, known }: Props) {
  const { t } = useTranslation('team')
  const { act, busy } = useAct('membership.signIn')
  const deviceName = useRead('membership.thisDevice', {}).data?.name ?? ''
  const [typed, setTyped] = useState({ address: known?.address ?? '', fingerprint: '', login: known?.login ?? '', password: '' })
  const [typedDevice, setTypedDevice] = useState<string | null>(null)
  const [tried, setTried] = useState<'password' | 'company' | null>(null)
  const [place, setPlace] = useState<CallInput<'membership.signInWays'> | null>(
    known ? { address: known.address, fingerprint: null } : null,
  )
  // While the address is incomplete there is nothing to ask; if it is wrong, signing in reports that.
  const ways = useRead('membership.signInWays', place).data?.signInWith ?? { password: true, openIdConnect: null }
  const account = ways.openIdConnect
  const [failure, setFailure] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const device = typedDevice ?? deviceName
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change })

  const loginFault = tried === 'password' ? faultOfLogin(typed.login) : null
  const addressFault = tried !== null && typed.address.trim().length < 3 ? t('signIn.addressMissing') : null
  const passwordFault = tried === 'password' && typed.password === '' ? t('account.fault.passwordMissing') : null
  const deviceFault = tried !== null && device.trim() === '' ? t('account.fault.deviceMissing') : null

  const fingerprint = typed.fingerprint.trim() === '' ? null : typed.fingerprint.trim()
  const readSignInWays = () => setPlace(typed.address.trim().length < 3 ? null : { address: typed.address, fingerprint })
  const company = useCompanyAccount(() => {
    setTried('company')
    if (typed.address.trim().length >= 3 && device.trim() !== '')
      return { by: { kind: 'address', address: typed.address, fingerprint }, device, language }
    focusFirstFault(form.current)
    return null
  })

  const enter = async (event: FormEvent) => {
    event.preventDefault()
    if (company.ticket) return undefined
    if (!ways.password) return company.begin()
    setTried('password')
    if (faultOfLogin(typed.login) || typed.address.trim().length < 3 || typed.password === '' || device.trim() === '')
      return focusFirstFault(form.current)
    const result = await act({ ...typed, fingerprint, device, language })
    return setFailure(result.ok ? null : result.failure)
  }

  return (
    <form ref={form} className={classes['form']} noValidate onSubmit={(event) => void enter(event)}>
      {!known && (
        <>
          <TextField
            label={t('signIn.address')}
            hint={t('signIn.addressHint')}
            maxLength={300}
            placeholder="https://192.168.1.20:7443"
            value={typed.address}
            onChange={(address) => set({ address })}
            onBlur={readSignInWays}
            error={addressFault}
          />
          <TextField
            label={t('signIn.fingerprint')}
            hint={t('signIn.fingerprintHint')}
            required={false}
            maxLength={120}
            value={typed.fingerprint}
            onChange={(text) => set({ fingerprint: text })}
            onBlur={readSignInWays}
          />
        </>
      )}
      <div className={classes['pair']} hidden={company.ticket !== null}>
        {ways.password && (
          <>
            <TextField
              label={t('account.login')}
              autoComplete="username"
              value={typed.login}
              onChange={(login) => set({ login })}
              error={loginFault && t(`account.fault.${loginFault}`)}
            />
            <PasswordField
              label={t('account.password')}
              value={typed.password}
              onChange={(password) => set({ password })}
              error={passwordFault}
            />
          </>
        )}
        {!known && (
          <TextField
            label={t('account.device')}
            hint={t('account.deviceHint')}
            value={device}
            onChange={setTypedDevice}
            error={deviceFault}
          />
        )}
      </div>
      {failure && <FailureNotice failure={failure} />}
      {ways.password && (
        <div className={classes['acts']} hidden={company.ticket !== null}>
          <ActButton submit size="md" busy={busy}>
            {t(known ? 'signIn.again' : 'signIn.act')}
          </ActButton>
        </div>
      )}
      {account !== null && (
        <CompanyEntry flow={company} account={account} label={t('company.signIn', { account })} beside={ways.password} />
      )}
    </form>
  )
}
