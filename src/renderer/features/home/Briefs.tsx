import type { IncidentView } from '#contract/incident-api.ts'
import { usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Brief } from './Brief.tsx'
import classes from './Briefs.module.css'

const SHOWN = 6

/** The brief of each open incident, the most urgent first, with a link to write an entry. */
export function Briefs({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const { barredFrom } = usePermits()
  return (
    <section aria-label={t('briefs')}>
      <ul className={classes['briefs']}>
        {incidents.slice(0, SHOWN).map((incident) => (
          <li key={incident.id}>
            <Brief
              incident={incident}
              act={
                <ActButton
                  quiet
                  size="compact-xs"
                  barred={barredFrom('entry.record', { incident })}
                  onAct={() => void navigate(`/incidents/${incident.id}`, { state: { write: true } })}
                >
                  {t('write')}
                </ActButton>
              }
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
