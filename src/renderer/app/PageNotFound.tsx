import { EmptyState } from '#ui/EmptyState.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

/** Page for an unknown address. */
export function PageNotFound() {
  const { t } = useTranslation('frame')
  return (
    <EmptyState title={t('pageNotFound.title')} actions={<Link to="/">{t('pageNotFound.toDashboard')}</Link>}>
      {t('pageNotFound.text')}
    </EmptyState>
  )
}
