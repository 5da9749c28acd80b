import { z } from 'zod'
import { createEntity, defineOp } from '../log/op-type.ts'
import { refuse } from '../log/refusal.ts'
import { IncidentLevel } from '../incidents/incident-level.ts'
import { TURNING_POINTS } from '../timeline/entry.ts'
import { EventTime } from '../timeline/entry.ts'
import { assessRisk, RiskInputs, RiskWeights } from './risk.ts'

export const AssessmentRecord = z
  .strictObject({
    inputs: RiskInputs,
    weights: RiskWeights,
    composite: z.int().min(1).max(5),
    suggestedLevel: IncidentLevel,
    /** What a person made of the suggested level; a refusal says why. */
    verdict: z.enum(['confirmed', 'refused', 'noted']),
    reason: z.string().trim().max(1000),
  })
  .refine((one) => one.verdict !== 'refused' || one.reason !== '', { path: ['reason'], message: 'a refusal says why' })

export type AssessmentState = z.infer<typeof AssessmentRecord> & { by: string; at: number }

/** A suggested turning point that a person does not share; `key` names series, kind and time, so that it is not suggested again. */
export const SuggestionDismiss = z.strictObject({
  kind: z.enum(TURNING_POINTS),
  at: EventTime,
  seriesId: z.uuid(),
  reason: z.string().trim().max(500),
})
export type DismissedState = z.infer<typeof SuggestionDismiss> & { by: string }

export const RISK_OPS = [
  defineOp<z.infer<typeof AssessmentRecord>, AssessmentState>({
    type: 'assessment.record',
    action: (body) => (body.verdict === 'noted' ? 'risk.note' : 'risk.judge'),
    version: 1,
    kind: 'assessment',
    scope: 'incident',
    body: AssessmentRecord,
    decide: (_context, assessment, body) => {
      if (assessment) return refuse('already-exists')
      // What follows from the figures is computed by whoever judges, not believed.
      const computed = assessRisk(body.inputs, body.weights)
      const follows = computed?.composite === body.composite && computed.suggestedLevel === body.suggestedLevel
      return follows ? null : refuse('malformed', { detail: 'composite' })
    },
    fold: (assessment, body, applied, op) =>
      assessment ?? createEntity<AssessmentState>(op, { ...body, by: applied.actor, at: applied.recordedAt }),
  }),
  defineOp<z.infer<typeof SuggestionDismiss>, DismissedState>({
    type: 'suggestion.dismiss',
    action: 'suggestion.dismiss',
    version: 1,
    kind: 'dismissed-suggestion',
    scope: 'incident',
    body: SuggestionDismiss,
    fold: (entity, body, applied, op) => entity ?? createEntity<DismissedState>(op, { ...body, by: applied.actor }),
  }),
]
