import { HOUR } from '../durations.ts'

/**
 * How long a device may show data without contact to its hub (issue "offline is normal": revocation cannot delete data on an
 * offline disk, so the data is shown only for a limited time). Times are the device's own clock, milliseconds since 1970.
 */
export type LeaseTerms = {
  /** Time of the last contact with the hub; null for a device that never needed one. */
  lastContactAt: number | null
  leaseHours: number | null
  /** The latest time observed by this device since then, plus the time elapsed while it ran: setting the clock back gains nothing. */
  latestSeenAt: number | null
}

export type LeaseStanding = { endsAt: number | null; over: boolean }

/** When a device's lease ends, and whether it is over. Without terms a lease never ends. */
export function leaseStanding(terms: LeaseTerms, now: number): LeaseStanding {
  if (terms.lastContactAt === null || terms.leaseHours === null) return { endsAt: null, over: false }
  const endsAt = terms.lastContactAt + terms.leaseHours * HOUR
  return { endsAt, over: Math.max(now, terms.latestSeenAt ?? 0) >= endsAt }
}
