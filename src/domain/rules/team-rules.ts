import { z } from 'zod'
import { defineEntity } from '../define-entity.ts'
import { ClockRules, defaultClockRules } from '../incidents/clocks.ts'
import type { IncidentLevel } from '../incidents/incident-level.ts'
import { INCIDENT_TYPE_IDS, type IncidentTypeId } from '../incidents/incident-types.ts'
import { createEntity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { RiskWeights } from '../risk/risk.ts'
import { ApprovalPolicies } from './approval-policy.ts'
import { WordingChecks } from './wording-checks.ts'

const ByLevel = z.strictObject({ 1: ClockRules, 2: ClockRules, 3: ClockRules })

/** Hours for which a device shows data without contact to the hub: our default, and the maximum that a team may choose. */
export const LEASE_HOURS = { usual: 24, most: 30 * 24 } as const
/** Maximum hours of temporary authority (OR-12): our default, and the maximum that a team may choose. */
export const AUTHORITY_HOURS = { usual: 72, most: 14 * 24 } as const

/** The rules that a team has set. They do not affect the initial settings of existing incidents. */
export const TeamRules = z.strictObject({
  clocks: ByLevel.optional(),
  /** Exceptions for a type, by level; they replace all limits of the level. */
  clocksByType: z.partialRecord(z.enum(INCIDENT_TYPE_IDS), ByLevel.partial()).optional(),
  riskWeights: RiskWeights.optional(),
  /** How long a device may show data without contact to the hub, hours. */
  leaseHours: z.int().min(1).max(LEASE_HOURS.most).optional(),
  /** Maximum duration of temporary authority (OR-12), hours. */
  authorityHours: z.int().min(1).max(AUTHORITY_HOURS.most).optional(),
  /** Who must approve a wording (MS-15). */
  approvals: ApprovalPolicies.optional(),
  /** What is checked in a wording, beside and instead of the shipped rules. */
  wordingChecks: WordingChecks.optional(),
})
export type TeamRules = z.infer<typeof TeamRules>

export type HourRule = 'leaseHours' | 'authorityHours'

/** The hours in force: the team's own, else our default. */
export function hoursOf(rules: TeamRules, rule: HourRule): number {
  return rules[rule] ?? (rule === 'leaseHours' ? LEASE_HOURS : AUTHORITY_HOURS).usual
}

/** Limits of a new incident, or after a level was raised: by type, else by level, else our defaults. An apology only if due. */
export function clockRulesOf(rules: TeamRules, level: IncidentLevel, type: IncidentTypeId, apologyDue: boolean): ClockRules {
  const own = rules.clocksByType?.[type]?.[level] ?? rules.clocks?.[level]
  if (!own) return defaultClockRules(level, apologyDue)
  const { apology, ...others } = own
  return apologyDue && apology !== undefined ? { ...others, apology } : others
}

/** The one entity of kind `rules`. */
export const RULES_ID = 'team'

export type TeamRulesState = { rules: TeamRules; version: number; changedAt: number; changedBy: string }

export const RulesSet = z.strictObject({ version: z.int().min(0), rules: TeamRules })

export const RULES = defineEntity<TeamRulesState>()({
  kind: 'rules',
  scope: 'team',
  isId: (id) => id === RULES_ID,
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})

export const RULES_OPS = [
  RULES.op('rules.set', {
    version: 1,
    body: RulesSet,
    action: 'rules.set',
    expects: { version: 'version' },
    notifies: null,
    webhook: null,
    decide: (_context, rules, body, op) => {
      if (op.entity.id !== RULES_ID) return refuse('malformed', { detail: 'entity.id' })
      const now = rules?.state.version ?? 0
      return body.version === now ? null : refuse('changed-meanwhile', { field: 'version', now })
    },
    fold: (rules, body, applied, op) => {
      const state: TeamRulesState = {
        rules: body.rules,
        version: body.version + 1,
        changedAt: applied.recordedAt,
        changedBy: applied.actor,
      }
      return rules ? { ...rules, state } : createEntity<TeamRulesState>(op, state)
    },
  }),
]
