import { entityKind, type CommandRead } from '../commands/command.ts'
import { RULES_ID, type TeamRules, type TeamRulesState } from './team-rules.ts'

const RULES = entityKind<TeamRulesState>('rules')

/** The team's own defaults, where it has any. */
export function readTeamRules(read: CommandRead): TeamRules {
  return read.one(RULES, RULES_ID)?.state.rules ?? {}
}
