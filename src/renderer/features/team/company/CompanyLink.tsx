import { useApiClient } from '#client/api-context.tsx'
import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { CallOutput } from '#contract/api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CompanyWait } from './CompanyWait.tsx'
import classes from './Company.module.css'
import { useCompanyFlow } from './use-company-flow.ts'

type Props = { company: NonNullable<CallOutput<'team.login'>['company']>; hasPassword: boolean; onChange: () => void }

/** Whether sign-in with the company account is enabled, and the control to change it. */
export function CompanyLink({ company, hasPassword, onChange }: Props) {
  const { t, i18n } = useTranslation('team')
  const client = useApiClient()
  const tell = useUndoNotice()
  const unlink = useAct('team.unlink')
  const [refused, setRefused] = useState<Failure | null>(null)
  const account = company.name
  const flow = useCompanyFlow(
    {
      begin: () => client.call('team.beginLink', { language: i18n.language === 'en' ? 'en' : 'zh-Hans' }),
      outcome: ({ ticket, pollSecret }) => client.call('team.linkOutcome', { ticket, pollSecret }),
      cancel: ({ ticket, pollSecret }) => client.call('team.cancelLink', { ticket, pollSecret }),
    },
    () => {
      onChange()
      tell(t('company.linked', { account }))
    },
  )
  const takeAway = async () => {
    const result = await unlink.act({})
    setRefused(result.ok ? null : result.failure)
    if (!result.ok) return
    onChange()
    tell(t('company.unlinked', { account }))
  }
  const failure = refused ?? flow.failure
  const lastWay = company.only || !hasPassword ? t(company.only ? 'company.only' : 'company.lastWay', { account }) : null
  return (
    <div className={classes['link']}>
      <p className={classes['note']}>{t(company.linked ? 'company.isLinked' : 'company.notLinked', { account })}</p>
      {failure && <FailureNotice failure={failure} />}
      {flow.ticket ? (
        <CompanyWait ticket={flow.ticket} account={account} onCancel={() => void flow.cancel()} />
      ) : company.linked ? (
        <ActButton quiet busy={unlink.busy} barred={lastWay} onAct={() => void takeAway()}>
          {t('company.unlink', { account })}
        </ActButton>
      ) : (
        <ActButton quiet busy={flow.beginning} onAct={() => void flow.begin()}>
          {t('company.link', { account })}
        </ActButton>
      )}
    </div>
  )
}
