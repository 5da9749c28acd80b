import { ActButton } from '#ui/ActButton.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useTranslation } from 'react-i18next'
import { PlanMenu } from './PlanMenu.tsx'
import type { ApplyPlan } from './use-apply-plan.ts'

/** Placeholder for an incident without tasks: the plans for its type. */
export function NoTasks({ plans }: { plans: ApplyPlan }) {
  const { t } = useTranslation('tasks')
  const fitting = plans.offers.filter((offer) => offer.fits)
  return (
    <EmptyState
      title={t('empty.title')}
      actions={
        <>
          {fitting.map((offer, index) => (
            <ActButton key={offer.plan.id} quiet={index > 0} busy={plans.busy} barred={plans.barred} onAct={() => plans.apply(offer)}>
              {t('plan.act', { title: plans.titleOf(offer), count: offer.missing })}
            </ActButton>
          ))}
          <PlanMenu plans={plans} others={fitting.length > 0} />
        </>
      }
    >
      {t(fitting.length > 0 ? 'empty.text' : 'empty.noPlan')}
    </EmptyState>
  )
}
