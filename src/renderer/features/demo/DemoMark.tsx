import { useRead } from '#client/use-read.ts'
import { useTranslation } from 'react-i18next'
import classes from './DemoBar.module.css'

/** Labels the screen as a demo where the demo bar is not shown. */
export function DemoMark() {
  const { t } = useTranslation('demo')
  const demo = useRead('workspace.status', {}).data?.demo
  return demo ? <strong className={classes['name']}>{t('thisIs')}</strong> : null
}
