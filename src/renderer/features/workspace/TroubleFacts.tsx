import type { WorkspaceTrouble } from '#contract/workspace-api.ts'
import { useTranslation } from 'react-i18next'
import classes from './TroubleScreen.module.css'

/** The details of a trouble, for support. */
export function TroubleFacts({ trouble }: { trouble: WorkspaceTrouble }) {
  const { t } = useTranslation('workspace')
  return (
    <dl className={classes['facts']}>
      <dt>{t('trouble.file')}</dt>
      <dd>{trouble.file}</dd>
      <dt>{t('trouble.detail')}</dt>
      <dd>
        {trouble.kind === 'newer-version' ? t('trouble.versions', { found: trouble.found, supported: trouble.supported }) : trouble.detail}
      </dd>
    </dl>
  )
}
