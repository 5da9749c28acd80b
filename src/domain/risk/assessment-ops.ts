import { z } from 'zod'
import { defineEntity } from '../define-entity.ts'
import { IncidentLevel } from '../incidents/incident-level.ts'
import { createEntity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { TURNING_POINTS } from '../timeline/entry.ts'
import { EventTime } from '../time/event-time.ts'
import { assessRisk, RiskInputs, RiskWeights } from './risk.ts'

export const AssessmentRecord = z
  .strictObject({
    inputs: RiskInputs,
    weights: RiskWeights,
    composite: z.int().min(1).max(5),
    suggestedLevel: IncidentLevel,
    /** A person's decision on the suggested level; a refusal needs a reason. */
    verdict: z.enum(['confirmed', 'refused', 'noted']),
    reason: z.string().trim().max(1000),
  })
  .refine((one) => one.verdict !== 'refused' || one.reason !== '', { path: ['reason'], message: 'a refusal says why' })

export type AssessmentState = z.infer<typeof AssessmentRecord> & { by: string; at: number }

/** A suggested turning point that a person refuses; `key` contains series, kind and time, so that it is not suggested again. */
export const SuggestionDismiss = z.strictObject({
  kind: z.enum(TURNING_POINTS),
  at: EventTime,
  seriesId: z.uuid(),
  reason: z.string().trim().max(500),
})
export type DismissedState = z.infer<typeof SuggestionDismiss> & { by: string }

export const ASSESSMENT = defineEntity<AssessmentState>()({
  kind: 'assessment',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ at }) => ({ sortAt: at }),
  searchable: null,
  freeTexts: null,
  revealable: true,
  noticeHolds: {},
})

export const DISMISSED = defineEntity<DismissedState>()({
  kind: 'dismissed-suggestion',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})

export const ASSESSMENT_OPS = [
  ASSESSMENT.op('assessment.record', {
    version: 1,
    body: AssessmentRecord,
    action: (body) => (body.verdict === 'noted' ? 'risk.note' : 'risk.judge'),
    expects: null,
    notifies: null,
    webhook: 'risk.assessed',
    decide: (_context, assessment, body) => {
      if (assessment) return refuse('already-exists')
      // The result is recomputed from the figures when the op is judged, not trusted.
      const computed = assessRisk(body.inputs, body.weights)
      const follows = computed?.composite === body.composite && computed.suggestedLevel === body.suggestedLevel
      return follows ? null : refuse('malformed', { detail: 'composite' })
    },
    fold: (assessment, body, applied, op) =>
      assessment ?? createEntity<AssessmentState>(op, { ...body, by: applied.actor, at: applied.recordedAt }),
  }),
]

export const DISMISSED_OPS = [
  DISMISSED.op('suggestion.dismiss', {
    version: 1,
    body: SuggestionDismiss,
    action: 'suggestion.dismiss',
    expects: null,
    notifies: null,
    webhook: null,
    fold: (entity, body, applied, op) => entity ?? createEntity<DismissedState>(op, { ...body, by: applied.actor }),
  }),
]
