import { completePosition, type MemberPosition } from './member.ts'

/**
 * What lets a person who is not a member yet become one. Determined by the hub, never by an op: the hub knows the invite of
 * the session, and lets the first member found a team.
 */
export type Admission = { kind: 'founder' } | ({ kind: 'invited' } & MemberPosition) | null

/** Whether an admission grants this place in the team. A founder chooses freely, but cannot be a vendor. */
export function admits(admission: NonNullable<Admission>, place: MemberPosition): boolean {
  const wanted = completePosition(place)
  if (admission.kind === 'founder') return wanted.vendor === null
  const given = completePosition(admission)
  return (
    wanted.role === given.role &&
    wanted.department === given.department &&
    wanted.layer === given.layer &&
    wanted.vendor?.company === given.vendor?.company &&
    wanted.vendor?.from === given.vendor?.from &&
    wanted.vendor?.until === given.vendor?.until
  )
}
