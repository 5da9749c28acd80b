import { TeamRules } from '#domain/rules/team-rules.ts'
import { z } from 'zod'
import { command, query } from './procedure.ts'

/** The team's rules, with who changed them last; null while they are the defaults. */
export type RulesView = { rules: TeamRules; version: number; changedAt: number | null; changedByName: string | null }

export const rulesApi = {
  'rules.get': query(z.strictObject({}))
    .dependsOn(() => ['rules'])
    .returns<RulesView>(),
  /** `version` is the version that was edited. */
  'rules.set': command(z.strictObject({ version: z.int().min(0), rules: TeamRules }), { action: 'rules.set' }).returns<RulesView>(),
}
