import type { BulletinPlanView } from '#contract/bulletin-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { CADENCES, type Cadence } from '#domain/bulletins/bulletin-slots.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Bulletins.module.css'

const cadenceOf = (text: string): Cadence => CADENCES.find((one) => String(one) === text) ?? 60

/** Switches the bulletins of an incident on or off, and sets how often they go out. */
export function PlanFields({ incident, plan }: { incident: IncidentView; plan: BulletinPlanView }) {
  const { t } = useTranslation('bulletins')
  const { act, busy, failure, barred } = usePermittedAct('bulletins.setPlan', { incident })
  // Full hours are those of whoever sets the plan.
  const set = (on: boolean, cadence: Cadence) => void act({ incidentId: incident.id, on, cadence, offset: -new Date().getTimezoneOffset() })
  return (
    <>
      <div className={classes['plan']}>
        <NativeSelect
          size="xs"
          aria-label={t('plan.cadence')}
          value={String(plan.cadence)}
          disabled={barred !== null || busy || !plan.on}
          onChange={(event) => set(true, cadenceOf(event.currentTarget.value))}
          data={CADENCES.map((cadence) => ({ value: String(cadence), label: t(`plan.every.${cadence}`) }))}
        />
        <ActButton quiet size="xs" busy={busy} barred={barred} onAct={() => set(!plan.on, plan.cadence)}>
          {plan.on ? t('plan.off') : t('plan.on')}
        </ActButton>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
