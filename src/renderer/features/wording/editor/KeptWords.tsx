import type { DraftView } from '#contract/wording-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'

type Props = { incident: IncidentView | undefined; draft: Pick<DraftView, 'wordingId' | 'kept'> }

/**
 * What somebody wrote in a part that another deleted without having seen it. It is in no revision, so everybody who writes sees it until
 * somebody puts it back or dismisses it.
 */
export function KeptWords({ incident, draft: { wordingId, kept } }: Props) {
  const { t } = useTranslation('wording-editor')
  const { act, busy, barred, failure } = usePermittedAct('wordings.settleKept', { incident })
  if (kept.length === 0) return null
  const settle = (index: number, at: number, putBack: boolean) =>
    void act({ incidentId: incident?.id ?? null, wordingId, index, at, putBack })
  return (
    <section className={classes['kept']} aria-label={t('kept.title', { count: kept.length })}>
      <h3>{t('kept.title', { count: kept.length })}</h3>
      <p>{t('kept.hint')}</p>
      {failure && <FailureNotice failure={failure} />}
      <ul>
        {kept.map(({ text, byName, at }, index) => (
          <li key={`${at} ${byName} ${text}`}>
            <q>{text}</q>
            <small>
              {byName !== null && `${byName} · `}
              <Age at={at} />
            </small>
            <ActButton size="compact-xs" busy={busy} barred={barred} onAct={() => settle(index, at, true)}>
              {t('kept.putBack')}
            </ActButton>
            <ActButton quiet size="compact-xs" busy={busy} barred={barred} onAct={() => settle(index, at, false)}>
              {t('kept.dismiss')}
            </ActButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
