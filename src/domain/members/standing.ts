import { refuse, type Refusal } from '../log/refusal.ts'
import type { MemberState } from './member.ts'

/**
 * Whether a member may do anything at all now.
 * @param now milliseconds since 1970, the clock of whoever judges
 * @returns why not, or null: a membership taken away and a vendor outside its period (000-20) may do nothing
 */
export function standingOf(member: MemberState | null, now: number): Refusal | null {
  if (!member) return refuse('not-a-member')
  if (member.status === 'revoked') return refuse('member-revoked')
  if (!member.vendor) return null
  const { company, from, until } = member.vendor
  if (now < from) return refuse('vendor-not-yet', { company, from })
  return now >= until ? refuse('vendor-period-over', { company, until }) : null
}
