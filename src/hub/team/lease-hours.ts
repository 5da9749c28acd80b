import { hoursOf, RULES_ID } from '#domain/rules/team-rules.ts'
import { RULES } from '#domain/rules/team-rules.ts'
import type { HubLog } from '../log/hub-log.ts'
import { UnreadableRow } from '../database/unreadable.ts'

/**
 * How long a device may show data without contact to the hub, by the team's rules, hours. The default applies when the rules are
 * unreadable.
 */
export async function leaseHours(log: Pick<HubLog, 'readEntity'>): Promise<number> {
  const rules = await log.readEntity('rules', RULES_ID).catch((error: unknown) => {
    if (error instanceof UnreadableRow) return undefined
    throw error
  })
  return hoursOf(RULES.as(rules)?.state.rules ?? {}, 'leaseHours')
}
