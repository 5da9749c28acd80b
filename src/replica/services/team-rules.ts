import { DEFAULT_RISK_WEIGHTS, type RiskWeights } from '#domain/risk/risk.ts'
import { readTeamRules } from '#domain/commands/read-rules.ts'
import { setRules } from '#domain/commands/rules-commands.ts'
import { RULES, RULES_ID } from '#domain/rules/team-rules.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done } from '#contract/failures.ts'
import { commandRead, runCommand } from '../context/run-command.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'

/** The weights of the composite risk: the team's own, else the defaults. */
export function riskWeightsOf(context: ServiceContext): RiskWeights {
  return readTeamRules(commandRead(context)).riskWeights ?? DEFAULT_RISK_WEIGHTS
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
    'rules.set': (input) => {
      const written = runCommand(context, setRules, input)
      return written.ok ? done(now()) : written
    },
  }
}
