import { useRead } from '#client/use-read.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './ApprovalPanel.module.css'

/** The address of the hub's page for approving on a phone; nothing while the hub serves this machine only or is not reached. */
export function PhoneAddress() {
  const { t } = useTranslation('wording')
  const [address] = useRead('team.about', {}).data?.addresses ?? []
  if (address === undefined) return null
  const page = `${address}/approve/`
  return (
    <p className={classes['phone']}>
      {t('approval.phone')} <code>{page}</code>
      <CopyButton value={page}>
        {({ copied, copy }) => (
          <ActButton quiet readsOnly size="compact-xs" onAct={copy}>
            {copied ? t('ui:copied') : t('approval.copyPhone')}
          </ActButton>
        )}
      </CopyButton>
    </p>
  )
}
