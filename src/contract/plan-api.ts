import { PlanContent } from '#domain/plans/plan.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { Language } from './workspace-api.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** A plan as the team sees it: shipped, changed by the team, or the team's own. */
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

/** One saved version of a plan; the first version of a shipped plan has no author. */
export type PlanVersion = Pending & {
  version: number
  content: PlanContent
  savedAt: number | null
  savedByName: string | null
  note: string
}

/** Plans: shipped, changed by the team, or the team's own. */
export const planApi = {
  'plans.list': query(z.strictObject({}))
    .dependsOn(() => ['plans'])
    .returns<PlanView[]>(),
  /** Every version of a plan, oldest first; empty if the plan does not exist. */
  'plans.versions': query(z.strictObject({ planId: z.string().max(80) }))
    .dependsOn(() => ['plans'])
    .returns<PlanVersion[]>(),
  /** `version` is the version that was edited; a new plan starts without an id, at version 0. */
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
  /** Creates the plan's tasks in an incident, in the given language. Applied again, it adds only missing tasks. */
  'plans.apply': command(IncidentRef.extend({ planId: z.string().max(80), language: Language }), { action: 'task.create' }).returns<{
    added: number
    already: number
  }>(),
}
