import { RULES } from '../rules/team-rules.ts'
import type { CommandRead } from './command.ts'
import { RULES_ID, type TeamRules } from '../rules/team-rules.ts'

/** The team's rules; empty if the team has set none. */
export function readTeamRules(read: CommandRead): TeamRules {
  return read.one(RULES, RULES_ID)?.state.rules ?? {}
}
