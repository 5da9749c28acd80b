import { useTranslation } from 'react-i18next'
import classes from './ProductMark.module.css'

/** Sign and name of the product. */
export function ProductMark() {
  const { t } = useTranslation('terms')
  return (
    <span className={classes['mark']}>
      <svg viewBox="0 0 64 64" width="24" height="24" aria-hidden="true">
        <rect width="64" height="64" rx="14" className={classes['ground']} />
        <g className={classes['waves']}>
          <path d="M12 25c6-9 12-9 18-2s11 6 22-5" opacity=".55" />
          <path d="M12 38c7-5 12-4 18-1s12 3 22-2" opacity=".8" />
          <path d="M12 49h40" />
        </g>
      </svg>
      <span className={classes['name']}>{t('product')}</span>
    </span>
  )
}
