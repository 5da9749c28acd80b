import { DateTime } from 'luxon'

/** A point in time, shown as the clock in that zone showed it. */
export interface MomentCell {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly epochMs: number
  /** IANA name. */
  readonly zone: string
}

/** What a written table holds. Text is never anything but text in the file, whatever it begins with; null is an empty cell. */
export type Cell = string | number | boolean | null | MomentCell

export type Rows = Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>

/** The moment on the wall clock of its zone; in UTC when there is no such zone; invalid for what is no moment, which tables leave empty. */
export function wallClock(moment: MomentCell): DateTime {
  if (!Number.isFinite(moment.epochMs)) return DateTime.invalid('no moment')
  const local = DateTime.fromMillis(moment.epochMs, { zone: moment.zone })
  return local.isValid ? local : DateTime.fromMillis(moment.epochMs, { zone: 'utc' })
}
