import { refuse, type Refusal } from '../log/refusal.ts'
import type { MemberState } from './member.ts'

/**
 * Whether a member may act at all at this time.
 * @param now milliseconds since 1970, by the clock of the judging side
 * @returns the refusal, or null: revoked members and vendors outside their period (000-20) may do nothing
 */
export function standingOf(member: MemberState | null, now: number): Refusal | null {
  if (!member) return refuse('not-a-member')
  if (member.status === 'revoked') return refuse('member-revoked')
  if (!member.vendor) return null
  const { company, from, until } = member.vendor
  if (now < from) return refuse('vendor-not-yet', { company, from })
  return now >= until ? refuse('vendor-period-over', { company, until }) : null
}
