import { z } from 'zod'
import { createEntity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { PLAN } from './plan-entity.ts'
import { PlanContent, type PlanState } from './plan.ts'

/** `version` is the version that the author edited; 0 for a new plan or the first change of a shipped one (then `shipped` is 1). */
export const PlanSave = z.strictObject({ version: z.int().min(0), content: PlanContent, note: z.string().trim().max(500) })
export const PlanRetire = z.strictObject({ retired: z.boolean() })

export const PLAN_OPS = [
  PLAN.op('plan.save', {
    version: 1,
    body: PlanSave,
    action: 'plan.save',
    expects: { version: 'version' },
    notifies: null,
    webhook: null,
    decide: (_context, plan, body) => {
      const now = plan?.state.version ?? 0
      return body.version === now || (!plan && body.version === 1) ? null : refuse('changed-meanwhile', { field: 'version', now })
    },
    fold: (plan, body, applied, op) => {
      const state: PlanState = {
        content: body.content,
        version: body.version + 1,
        savedAt: applied.recordedAt,
        savedBy: applied.actor,
        note: body.note,
        retired: false,
      }
      return plan ? { ...plan, state } : createEntity<PlanState>(op, state)
    },
  }),
  PLAN.op('plan.retire', {
    version: 1,
    body: PlanRetire,
    action: 'plan.retire',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, plan) => (plan ? null : refuse('not-found')),
    fold: (plan, body) => (plan ? { ...plan, state: { ...plan.state, retired: body.retired } } : undefined),
  }),
]
