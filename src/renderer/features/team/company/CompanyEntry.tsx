import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import { CompanyWait } from './CompanyWait.tsx'
import classes from './Company.module.css'
import type { CompanyAccountFlow } from './use-company-account.ts'

type Props = {
  flow: CompanyAccountFlow
  /** What people call these accounts. */
  account: string
  /** What the button says: the act with its consequence. */
  label: string
  /** Passwords serve here as well, and stand above. */
  beside: boolean
}

/** Into a team by the company's account: the button, and what is waited for after it. Alone it is what the form sends. */
export function CompanyEntry({ flow, account, label, beside }: Props) {
  const { t } = useTranslation('team')
  return (
    <div className={classes['way']}>
      {flow.failure && <FailureNotice failure={flow.failure} />}
      {flow.ticket ? (
        <CompanyWait ticket={flow.ticket} account={account} onCancel={() => void flow.cancel()} />
      ) : (
        <>
          {beside ? (
            <span className={classes['or']}>{t('company.or')}</span>
          ) : (
            <p className={classes['note']}>{t('company.onlyText', { account })}</p>
          )}
          {beside ? (
            <ActButton quiet size="md" busy={flow.beginning} onAct={() => void flow.begin()}>
              {label}
            </ActButton>
          ) : (
            <ActButton submit size="md" busy={flow.beginning}>
              {label}
            </ActButton>
          )}
        </>
      )}
    </div>
  )
}
