import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { planWords } from '#domain/plans/plan.ts'
import { usePermittedAct } from '#features/permissions'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { offerPlans, type PlanOffer } from './plan-offers.ts'

export type ApplyPlan = {
  offers: PlanOffer[]
  titleOf(offer: PlanOffer): string
  apply(offer: PlanOffer): void
  /** The reason why no plan can be started now, or null. */ barred: string | null
  busy: boolean
  failure: Failure | null
}

/** The plans for an incident, and the command to start one. */
export function useApplyPlan(incident: IncidentView): ApplyPlan {
  const { t, i18n } = useTranslation('tasks')
  const plans = useRead('plans.list', {})
  const there = useRead('tasks.plans', { incidentId: incident.id })
  const { act, busy, barred, failure } = usePermittedAct('plans.apply', { incident })
  const language = i18n.language === 'en' ? 'en' : 'zh-Hans'
  const titleOf = ({ plan }: PlanOffer) => planWords(plan.content.title, language)
  return {
    offers: there.data ? offerPlans(plans.data ?? [], incident.type, there.data) : [],
    titleOf,
    barred,
    busy,
    failure: failure ?? plans.failure ?? there.failure,
    apply: (offer) => {
      if (busy) return
      void act({ incidentId: incident.id, planId: offer.plan.id, language }).then((result) => {
        if (result.ok)
          notifications.show({
            message: t(result.value.already > 0 ? 'plan.addedRest' : 'plan.added', {
              title: titleOf(offer),
              count: result.value.added,
              already: result.value.already,
            }),
            withBorder: true,
          })
      })
    },
  }
}
