import { z } from 'zod'
import { ClockRules } from '../incidents/clocks.ts'
import { INCIDENT_TYPE_IDS } from '../incidents/incident-types.ts'
import { createEntity, defineOp } from '../log/op-type.ts'
import { refuse } from '../log/refusal.ts'
import { RiskWeights } from '../risk/risk.ts'

const ByLevel = z.strictObject({ 1: ClockRules, 2: ClockRules, 3: ClockRules })

/** Defaults that a team has made its own. What a running incident started with is not touched by them. */
export const TeamRules = z.strictObject({
  clocks: ByLevel.optional(),
  /** Exceptions for a type, by level; they replace the level's limits whole. */
  clocksByType: z.partialRecord(z.enum(INCIDENT_TYPE_IDS), ByLevel.partial()).optional(),
  riskWeights: RiskWeights.optional(),
})
export type TeamRules = z.infer<typeof TeamRules>

/** The one entity of kind `rules`. */
export const RULES_ID = 'team'

export type TeamRulesState = { rules: TeamRules; version: number; changedAt: number; changedBy: string }

export const RulesSet = z.strictObject({ version: z.int().min(0), rules: TeamRules })

export const RULES_OPS = [
  defineOp<z.infer<typeof RulesSet>, TeamRulesState>({
    type: 'rules.set',
    version: 1,
    kind: 'rules',
    scope: 'team',
    body: RulesSet,
    decide: (context, rules, body, op) => {
      if (op.entity.id !== RULES_ID) return refuse('malformed', { detail: 'entity.id' })
      if (context.actor?.role !== 'commander') return refuse('only-commander')
      const now = rules?.state.version ?? 0
      return body.version === now ? null : refuse('changed-meanwhile', { field: 'version', now })
    },
    fold: (rules, body, applied, op) => {
      const state: TeamRulesState = { rules: body.rules, version: body.version + 1, changedAt: applied.recordedAt, changedBy: applied.actor }
      return rules ? { ...rules, state } : createEntity<TeamRulesState>(op, state)
    },
  }),
]
