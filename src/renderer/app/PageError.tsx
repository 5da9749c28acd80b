import { ActButton } from '#ui/ActButton.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useTranslation } from 'react-i18next'
import { Link, useRouteError } from 'react-router'
import classes from './PageError.module.css'

/** Error page of a route. The rest of the app keeps working; drafts are kept and restored on reload. */
export function PageError() {
  const { t } = useTranslation('frame')
  const error = useRouteError()
  return (
    <div role="alert">
      <EmptyState
        title={t('pageError.title')}
        actions={
          <>
            <ActButton readsOnly onAct={() => location.reload()}>
              {t('pageError.reload')}
            </ActButton>
            <Link to="/" className={classes['link']}>
              {t('pageNotFound.toDashboard')}
            </Link>
          </>
        }
      >
        <p>{t('pageError.text')}</p>
        <details className={classes['details']}>
          <summary>{t('pageError.details')}</summary>
          <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
        </details>
      </EmptyState>
    </div>
  )
}
