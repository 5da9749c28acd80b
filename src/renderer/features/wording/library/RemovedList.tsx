import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wordingAddress } from '../wording-address.ts'
import classes from './Library.module.css'

/** The texts that were removed; each can be restored. */
export function RemovedList({ rows, incident }: { rows: readonly WordingRow[]; incident: IncidentView | undefined }) {
  const { t } = useTranslation('wording')
  const { act, busy, barred, failure } = usePermittedAct('wordings.remove', { incident })
  return (
    <section className={classes['removed']} aria-label={t('removed.title')}>
      {failure && <FailureNotice failure={failure} />}
      <ul>
        {rows.map((row) => (
          <Guarded key={row.id} of={row} as="li">
            <li>
              <Link to={wordingAddress(row.incidentId, row.id)} data-wording="">
                {row.title}
              </Link>
              <span>{t(`kind.${row.kind}`)}</span>
              <ActButton
                quiet
                size="compact-xs"
                busy={busy}
                barred={barred}
                onAct={() => void act({ incidentId: row.incidentId, wordingId: row.id, removed: false })}
              >
                {t('next.restore')}
              </ActButton>
            </li>
          </Guarded>
        ))}
      </ul>
    </section>
  )
}
