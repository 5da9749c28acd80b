import type { PlanView } from '#contract/plan-api.ts'
import type { CallOutput } from '#contract/api.ts'
import type { IncidentTypeId } from '#domain/incidents/incident-types.ts'

/** A plan for an incident: how many of its tasks are missing, and whether it is made for this type of incident. */
export type PlanOffer = { plan: PlanView; missing: number; started: boolean; fits: boolean }

/**
 * The plans that can be started in an incident: those for its type first, without retired ones.
 * @param there the plans that its tasks come from
 */
export function offerPlans(plans: readonly PlanView[], type: IncidentTypeId, there: CallOutput<'tasks.plans'>): PlanOffer[] {
  return plans
    .filter((plan) => !plan.retired)
    .map((plan): PlanOffer => {
      const present = new Set(there.find(({ planId }) => planId === plan.id)?.keys)
      const missing = plan.content.tasks.filter((task) => !present.has(task.key)).length
      return { plan, missing, started: present.size > 0, fits: plan.content.types.includes(type) }
    })
    .toSorted((a, b) => Number(b.fits) - Number(a.fits))
}
