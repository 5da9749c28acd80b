import { openOutside } from '#client/open-outside.ts'
import type { CompanyTicket } from '#contract/team-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { CopyButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Company.module.css'

/** Shown while the user signs in in the browser: the code to compare, and what to do if no page opened. */
export function CompanyWait({ ticket, account, onCancel }: { ticket: CompanyTicket; account: string; onCancel: () => void }) {
  const { t } = useTranslation('team')
  const panel = useRef<HTMLDivElement>(null)
  // The button that started this is unmounted, so move the focus here for keyboard users.
  useEffect(() => panel.current?.focus(), [])
  return (
    <div ref={panel} className={classes['wait']} role="group" aria-label={t('company.waiting', { account })} tabIndex={-1}>
      <p role="status">{t('company.waitingText', { account })}</p>
      <p className={classes['codeLine']}>
        <span>{t('company.code')}</span>
        <strong className={classes['code']}>{ticket.code}</strong>
      </p>
      <p className={classes['note']}>{t('company.compare')}</p>
      <div className={classes['acts']}>
        <ActButton quiet readsOnly onAct={() => openOutside(ticket.authorizeUrl)}>
          {t('company.openAgain')}
        </ActButton>
        <CopyButton value={ticket.authorizeUrl}>
          {({ copied, copy }) => (
            <ActButton quiet readsOnly onAct={copy}>
              {copied ? t('ui:copied') : t('company.copy')}
            </ActButton>
          )}
        </CopyButton>
        <ActButton quiet readsOnly onAct={onCancel}>
          {t('company.cancel')}
        </ActButton>
      </div>
    </div>
  )
}
