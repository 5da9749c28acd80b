import { useTranslation } from 'react-i18next'
import classes from './PendingMark.module.css'

/** Whether the hub has acknowledged something: an open ring while it is only saved on this machine, a tick afterwards. */
export function PendingMark({ pending, quiet = true }: { pending: boolean; /** Shows nothing once synced. */ quiet?: boolean }) {
  const { t } = useTranslation('ui')
  if (!pending && quiet) return null
  const words = t(pending ? 'pending.saved' : 'pending.synced')
  return (
    <span className={classes['mark']} data-pending={pending || undefined} title={words}>
      <span aria-hidden="true">{pending ? '◌' : '✓'}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  )
}
