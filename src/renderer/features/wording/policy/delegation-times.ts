import { DAY, HOUR } from '#domain/durations.ts'

/** How long an approver may let another decide, see `member.delegate`. Milliseconds. */
const LONGEST_MS = 31 * DAY

/** Ends of a delegation that are offered; `own` is a time that the member types. */
export const DELEGATION_ENDS = ['tonight', 'tomorrow', 'days', 'own'] as const
export type DelegationEnd = (typeof DELEGATION_ENDS)[number]

/** The time of a day after `now`, by the clock of this computer. */
function atHour(now: number, hour: number, days: number): number {
  const at = new Date(now)
  at.setDate(at.getDate() + days)
  return at.setHours(hour, 0, 0, 0)
}

/** The offered ends that are ahead: late in the evening there is no tonight. */
export const endsAhead = (now: number): DelegationEnd[] => DELEGATION_ENDS.filter((end) => end === 'own' || timeOf(end, now) > now)

/** The time that an offered end means: 22:00 today, 9:00 tomorrow, or three days from now. */
export function timeOf(end: Exclude<DelegationEnd, 'own'>, now: number): number {
  if (end === 'tonight') return atHour(now, 22, 0)
  return end === 'tomorrow' ? atHour(now, 9, 1) : now + 72 * HOUR
}

/** Whether a delegation may end then. */
export const isInReach = (until: number, now: number): boolean => until > now && until <= now + LONGEST_MS
