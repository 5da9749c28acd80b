import type { AgentLinkRow } from '#contract/agents-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { QrCode } from '#ui/QrCode.tsx'
import { CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Agents.module.css'

type Props = { link: AgentLinkRow & { address: string }; groupName: string; onClose: () => void }

/** The address of a new link, shown only once: to copy, or to scan with a phone. */
export function FreshLink({ link: { label, address, seats }, groupName, onClose }: Props) {
  const { t } = useTranslation('agents')
  return (
    <div className={classes['fresh']} role="status">
      <div>
        <p>{t('links.shown', { label, group: groupName, count: seats })}</p>
        <p className={classes['address']}>{address}</p>
        <Toolbar>
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <ActButton readsOnly size="xs" onAct={copy}>
                {copied ? t('ui:copied') : t('links.copy')}
              </ActButton>
            )}
          </CopyButton>
          <ActButton quiet readsOnly size="xs" onAct={onClose}>
            {t('links.hide')}
          </ActButton>
        </Toolbar>
      </div>
      <QrCode text={address} label={t('links.qr', { label })} />
    </div>
  )
}
