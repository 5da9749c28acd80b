import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { CallOutput } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { CompanyEntry } from '../company/CompanyEntry.tsx'
import { useCompanyAccount } from '../company/use-company-account.ts'
import { AccountFields } from './AccountFields.tsx'
import { faultsOfAccount, type AccountDraft } from './account-faults.ts'
import classes from './Enter.module.css'
import { focusFirstFault } from '#ui/keys/form-keys.ts'
import { InviteCode } from './InviteCode.tsx'
import { InviteFacts } from './InviteFacts.tsx'

type ReadInvite = { code: string; about: CallOutput<'membership.readInvite'> }

type Props = {
  language: Language
  /** The member that this device already belongs to; local data stays with them. */
  known?: { login: string }
}

/** Joins a team by an invite: first the invite's facts, then the new account. With a reset code: the new password. */
export function JoinForm({ language, known }: Props) {
  const { t } = useTranslation('team')
  const read = useAct('membership.readInvite')
  const join = useAct('membership.join')
  const deviceName = useRead('membership.thisDevice', {}).data?.name ?? ''
  const [code, setCode] = useState('')
  const [invite, setInvite] = useState<ReadInvite | null>(null)
  const [typed, setTyped] = useState<Partial<AccountDraft>>({})
  const [tried, setTried] = useState<'password' | 'company' | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)

  const draft: AccountDraft = { name: '', login: known?.login ?? '', password: '', device: deviceName, ...typed }
  const { device } = draft
  const reset = invite?.about.kind === 'reset'
  const faults = faultsOfAccount({ ...draft, name: reset ? draft.login : draft.name })
  const word = (field: keyof AccountDraft) => {
    const asked = tried === 'password' || (tried === 'company' && (field === 'name' || field === 'device'))
    const fault = asked ? faults[field] : undefined
    return fault ? t(`account.fault.${fault}`) : null
  }
  const set = (change: Partial<AccountDraft>) => setTyped((before) => ({ ...before, ...change }))
  const ways = invite?.about.signInWith ?? { password: true, openIdConnect: null }
  const account = ways.openIdConnect
  const team = invite ? { team: invite.about.teamName, role: t(`terms:role.${invite.about.role}`) } : {}

  /** With a company account, only name and device are asked for. */
  const company = useCompanyAccount(() => {
    setTried('company')
    if (invite && (reset || !faults.name) && !faults.device)
      return { by: { kind: 'invite' as const, code: invite.code, name: reset ? '' : draft.name }, device, language }
    focusFirstFault(form.current)
    return null
  })

  const look = async (text: string) => {
    setFailure(null)
    const result = await read.act({ code: text })
    if (!result.ok) return setFailure(result.failure)
    setInvite({ code: text, about: result.value })
  }
  const enter = async (event: FormEvent) => {
    event.preventDefault()
    if (!invite) return code.trim() === '' ? undefined : look(code)
    if (company.ticket) return undefined
    if (!ways.password) return company.begin()
    setTried('password')
    if (Object.keys(faults).length > 0) return focusFirstFault(form.current)
    const name = reset ? draft.login.trim().slice(0, 40) : draft.name
    const result = await join.act({ code: invite.code, name, login: draft.login, password: draft.password, device, language })
    setFailure(result.ok ? null : result.failure)
  }

  return (
    <form ref={form} className={classes['form']} noValidate onSubmit={(event) => void enter(event)}>
      {invite ? (
        <>
          <InviteFacts about={invite.about} />
          <div className={classes['pair']} hidden={company.ticket !== null}>
            <AccountFields draft={draft} onChange={set} reset={reset} withPassword={ways.password} word={word} />
          </div>
        </>
      ) : (
        <InviteCode code={code} onChange={setCode} />
      )}
      {failure && <FailureNotice failure={failure} />}
      {account !== null && !ways.password && (
        <CompanyEntry
          flow={company}
          account={account}
          label={t(reset ? 'company.reset' : 'company.join', { account, ...team })}
          beside={false}
        />
      )}
      <div className={classes['acts']} hidden={company.ticket !== null}>
        {ways.password && (
          <ActButton submit size="md" busy={read.busy || join.busy} barred={!invite && code.trim() === '' ? t('join.codeMissing') : null}>
            {!invite ? t('join.look') : t(reset ? 'join.resetAct' : 'join.act', team)}
          </ActButton>
        )}
        {invite && (
          <ActButton
            quiet
            size="md"
            onAct={() => {
              setInvite(null)
              setFailure(null)
            }}
          >
            {t('join.other')}
          </ActButton>
        )}
      </div>
      {account !== null && ways.password && (
        <CompanyEntry flow={company} account={account} label={t(reset ? 'company.reset' : 'company.join', { account, ...team })} beside />
      )}
      <p className={classes['note']}>{t(!invite ? 'join.nothingYet' : known ? 'join.consequenceAgain' : 'join.consequence')}</p>
    </form>
  )
}
