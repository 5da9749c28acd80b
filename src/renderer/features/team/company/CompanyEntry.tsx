import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import { CompanyWait } from './CompanyWait.tsx'
import classes from './Company.module.css'
import type { CompanyAccountFlow } from './use-company-account.ts'

type Props = {
  flow: CompanyAccountFlow
  /** The provider's name for its accounts. */
  account: string
  /** The label of the button: the action with its consequence. */
  label: string
  /** Password sign-in is also available, and shown above. */
  beside: boolean
}

/** Signs in to a team with a company account: the button, and the wait after it. Alone, it is the form's submit button. */
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
