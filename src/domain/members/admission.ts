import { wholePlace, type MemberPlace } from './member.ts'

/**
 * What lets somebody who is not a member yet become one. It comes from whoever judges, never from an op: the hub knows the
 * invite of the session, and founds a team for the first member there is.
 */
export type Admission = { kind: 'founder' } | ({ kind: 'invited' } & MemberPlace) | null

/** Whether a place in the team is the one that an admission gives. A founder chooses freely, except to be a vendor. */
export function admits(admission: NonNullable<Admission>, place: MemberPlace): boolean {
  const wanted = wholePlace(place)
  if (admission.kind === 'founder') return wanted.vendor === null
  const given = wholePlace(admission)
  return (
    wanted.role === given.role &&
    wanted.department === given.department &&
    wanted.layer === given.layer &&
    wanted.vendor?.company === given.vendor?.company &&
    wanted.vendor?.from === given.vendor?.from &&
    wanted.vendor?.until === given.vendor?.until
  )
}
