import type { CommandRead, Draft } from './command.ts'
import { TEAM_SCOPE } from '../log/ids.ts'
import { RULES_ID, type TeamRules } from '../rules/team-rules.ts'

/** Sets the team's rules. `version` is the version that was edited. */
export function setRules(_read: CommandRead, body: { version: number; rules: TeamRules }): Draft[] {
  return [{ scope: TEAM_SCOPE, kind: 'rules', id: RULES_ID, type: 'rules.set', body }]
}
