import type { Admission } from '#domain/members/admission.ts'
import type { MemberState } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import type { LinkRefusal } from '#contract/hub-link.ts'

/** The owner of a link: a member and their session; null for the hub's own app. */
export type LinkOwner = {
  memberId: string
  sessionId: string | null
  device: string
  address: string
  /** The protocol version of the other end; defaults to this one's. */
  protocol?: number
  /** Lets them join over this link; sessions of devices already belong to members. */
  admission?: Admission
}

/** Why a member's links are refused now, or null. */
export function refusalOf(member: MemberState | null, now: number): LinkRefusal | null {
  const standing = standingOf(member, now)
  if (!standing) return null
  return standing.code === 'member-revoked' || standing.code === 'not-a-member' ? 'member-revoked' : 'contract-ended'
}
