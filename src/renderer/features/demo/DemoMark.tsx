import { useRead } from '#client/use-read.ts'
import { useTranslation } from 'react-i18next'
import classes from './DemoBar.module.css'

/** Says that what is on the screen is a demo, where there is no bar to say it. */
export function DemoMark() {
  const { t } = useTranslation('demo')
  const demo = useRead('workspace.status', {}).data?.demo
  return demo ? <strong className={classes['name']}>{t('thisIs')}</strong> : null
}
