import { RULES } from './team-rules.ts'
import type { CommandRead } from '../commands/command.ts'
import { RULES_ID, type TeamRules } from './team-rules.ts'

/** The team's own defaults, where it has any. */
export function readTeamRules(read: CommandRead): TeamRules {
  return read.one(RULES, RULES_ID)?.state.rules ?? {}
}
