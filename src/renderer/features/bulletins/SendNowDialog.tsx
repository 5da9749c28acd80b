import type { BulletinPlanView } from '#contract/bulletin-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermittedAct } from '#features/permissions'
import { FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useTranslation } from 'react-i18next'
import { BulletinItems } from './BulletinItems.tsx'

type Props = { incident: IncidentView; plan: BulletinPlanView; onClose: () => void }

/** Asks for confirmation before a bulletin goes out out of turn, and shows what it says. */
export function SendNowDialog({ incident, plan, onClose }: Props) {
  const { t } = useTranslation('bulletins')
  const command = usePermittedAct('bulletins.sendNow', { incident })
  const form = useSubmit(command, { input: { incidentId: incident.id }, onDone: onClose })
  return (
    <FormDialog title={t('now.title', { number: plan.last + 1 })} onClose={onClose} form={form} act={t('now.act')} size="lg">
      <p>{t('now.hint')}</p>
      <BulletinItems incidentId={incident.id} items={plan.items} />
    </FormDialog>
  )
}
