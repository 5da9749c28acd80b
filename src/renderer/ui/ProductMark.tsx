import { useTranslation } from 'react-i18next'
import classes from './ProductMark.module.css'

/** Logo and name of the product. */
export function ProductMark() {
  const { t } = useTranslation('terms')
  return (
    <span className={classes['mark']}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect x="1" y="1" width="30" height="30" rx="7" className={classes['ground']} />
        <path d="M4.5 22C8 22 8 10 12 10S14.5 22 18.5 22 23 19 27.5 19" className={classes['wave']} />
        <circle cx="23.2" cy="10" r="3.4" className={classes['light']} />
      </svg>
      <span className={classes['name']}>{t('product')}</span>
    </span>
  )
}
