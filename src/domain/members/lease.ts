/**
 * How long a device may show data without having met its hub (issue "offline is normal": revocation cannot recall what is on a
 * disk, so what is there is shown for a while only). Times are the device's own clock, milliseconds since 1970.
 */
export type LeaseTerms = {
  /** When the hub was last met; null for a device that never needed one. */
  lastContactAt: number | null
  leaseHours: number | null
  /** The latest time this device has noticed since then, and what has gone by since while it ran: a clock that is put back gains nothing. */
  latestSeenAt: number | null
}

export type LeaseStanding = { endsAt: number | null; over: boolean }

const HOUR = 3_600_000

/** When a device's lease ends, and whether it is over now. Without terms there is nothing to end. */
export function leaseStanding(terms: LeaseTerms, now: number): LeaseStanding {
  if (terms.lastContactAt === null || terms.leaseHours === null) return { endsAt: null, over: false }
  const endsAt = terms.lastContactAt + terms.leaseHours * HOUR
  return { endsAt, over: Math.max(now, terms.latestSeenAt ?? 0) >= endsAt }
}
