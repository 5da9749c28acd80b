import type { MemberState } from '../members/member.ts'
import type { ReviewDecision } from './wording.ts'

/**
 * For whom a member decided, in a role that was another's (MS-15). A delegation that its giver has ended since is not on record.
 * @returns the members who had let them; empty if the member has the role
 */
export function delegatorsThen(
  member: Pick<MemberState, 'role' | 'delegated'> | undefined,
  { as, at }: Pick<ReviewDecision, 'as' | 'at'>,
): string[] {
  if (!member || member.role === as) return []
  return (member.delegated ?? []).filter((one) => one.as === as && one.at <= at && at < one.until).map(({ by }) => by)
}
