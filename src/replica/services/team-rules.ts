import type { ClockRules } from '#domain/incidents/clocks.ts'
import type { IncidentLevel } from '#domain/incidents/incident.ts'
import type { IncidentTypeId } from '#domain/incidents/incident-types.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { DEFAULT_RISK_WEIGHTS, type RiskWeights } from '#domain/risk/risk.ts'
import { RULES, clockRulesOf, RULES_ID, type TeamRulesState } from '#domain/rules/team-rules.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done } from '#contract/failures.ts'
import { memberNames, write, type ServiceContext } from '../context/service-context.ts'

/** The team's own defaults, where it has any. */
export function readTeamRules(context: ServiceContext): TeamRulesState['rules'] {
  return RULES.read(context.store, RULES_ID)?.state.rules ?? {}
}

/** {@link clockRulesOf} of this team. */
export function clockRulesFor(context: ServiceContext, level: IncidentLevel, type: IncidentTypeId, apologyDue: boolean): ClockRules {
  return clockRulesOf(readTeamRules(context), level, type, apologyDue)
}

export function riskWeightsOf(context: ServiceContext): RiskWeights {
  return readTeamRules(context).riskWeights ?? DEFAULT_RISK_WEIGHTS
}

/** Defaults that the team edits. */
export function rulesService(context: ServiceContext): Pick<ApiHandlers, 'rules.get' | 'rules.set'> {
  const now = () => {
    const state = RULES.read(context.store, RULES_ID)?.state
    return {
      rules: state?.rules ?? {},
      version: state?.version ?? 0,
      changedAt: state?.changedAt ?? null,
      changedByName: state ? memberNames(context)(state.changedBy) : null,
    }
  }
  return {
    'rules.get': () => done(now()),
    'rules.set': ({ version, rules }) => {
      const written = write(context, [{ scope: TEAM_SCOPE, kind: 'rules', id: RULES_ID, type: 'rules.set', body: { version, rules } }])
      return written.ok ? done(now()) : written
    },
  }
}
