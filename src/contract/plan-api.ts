import { PlanContent } from '#domain/plans/plan.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { Language } from './workspace-api.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** A plan as a team has it: shipped, changed by the team, or its own. */
export type PlanView = {
  id: string
  content: PlanContent
  version: number
  origin: 'shipped' | 'changed' | 'own'
  savedAt: number | null
  savedByName: string | null
  note: string
  retired: boolean
}

/** One saved version of a plan; the shipped first one was saved by nobody. */
export type PlanVersion = Pending & {
  version: number
  content: PlanContent
  savedAt: number | null
  savedByName: string | null
  note: string
}

/** Plans: shipped ones, changed by the team, or its own. */
export const planApi = {
  'plans.list': query(z.strictObject({}))
    .dependsOn(() => ['plans'])
    .returns<PlanView[]>(),
  /** Every version of a plan, oldest first; none of a plan that is not there. */
  'plans.versions': query(z.strictObject({ planId: z.string().max(80) }))
    .dependsOn(() => ['plans'])
    .returns<PlanVersion[]>(),
  /** `version` is the one that was edited; a plan of one's own begins without an id, at version 0. */
  'plans.save': command(
    z.strictObject({
      planId: z.string().max(80).optional(),
      version: z.int().min(0),
      content: PlanContent,
      note: z.string().trim().max(500),
    }),
    { action: 'plan.save', edits: { kind: 'plan', id: 'planId' } },
  ).returns<PlanView>(),
  'plans.retire': command(z.strictObject({ planId: z.string().max(80), retired: z.boolean() }), {
    action: 'plan.retire',
  }).returns<PlanView>(),
  /** Makes the plan's tasks in an incident, in the language given. Applied again, it adds only what is not there yet. */
  'plans.apply': command(IncidentRef.extend({ planId: z.string().max(80), language: Language }), { action: 'task.create' }).returns<{
    added: number
    already: number
  }>(),
}
