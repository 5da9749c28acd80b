import { EmptyState } from '#ui/EmptyState.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

/** Page for an unknown address. */
export function NoSuchPlace() {
  const { t } = useTranslation('frame')
  return (
    <EmptyState title={t('noSuchPlace.title')} actions={<Link to="/">{t('noSuchPlace.toDashboard')}</Link>}>
      {t('noSuchPlace.text')}
    </EmptyState>
  )
}
