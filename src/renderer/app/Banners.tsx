import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Banners.module.css'

/** Banners for problems of the app itself, shown while they last: connection lost, read-only, integrity check failed. */
export function Banners({ status, connected }: { status: WorkspaceStatus | undefined; connected: boolean }) {
  const { t } = useTranslation('frame')
  const unsound = status?.integrity?.ok === false
  return (
    <div role="status" className={classes['banners']}>
      {!connected && <p className={classes['banner']}>{t('banner.disconnected')}</p>}
      {connected && status?.phase === 'read-only' && (
        <p className={classes['banner']}>
          {t('banner.readOnly')} <Link to="/data">{t('banner.toData')}</Link>
        </p>
      )}
      {unsound && (
        <p className={classes['banner']} data-grave="">
          {t('banner.unsound')} <Link to="/data">{t('banner.toRestore')}</Link>
        </p>
      )}
    </div>
  )
}
