import { useTranslation } from 'react-i18next'
import classes from './DrillMark.module.css'

/** Says that something is a drill, wherever it appears. */
export function DrillMark() {
  const { t } = useTranslation('ui')
  return <span className={classes['mark']}>{t('drill')}</span>
}
