import type { DraftView } from '#contract/wording-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'

/**
 * What somebody wrote in a part that another deleted without having seen it. It is in no revision, so everybody who writes sees it until
 * the next one is taken.
 */
export function KeptWords({ kept }: Pick<DraftView, 'kept'>) {
  const { t } = useTranslation('wording-editor')
  if (kept.length === 0) return null
  return (
    <section className={classes['kept']} aria-label={t('kept.title', { count: kept.length })}>
      <h3>{t('kept.title', { count: kept.length })}</h3>
      <p>{t('kept.hint')}</p>
      <ul>
        {kept.map(({ text, byName, at }) => (
          <li key={`${at} ${byName} ${text}`}>
            <q>{text}</q>
            <small>
              {byName !== null && `${byName} · `}
              <Age at={at} />
            </small>
            <ActButton quiet readsOnly size="compact-xs" onAct={() => void navigator.clipboard.writeText(text)}>
              {t('kept.copy')}
            </ActButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
