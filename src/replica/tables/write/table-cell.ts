import { DateTime } from 'luxon'

/** A point in time, shown as local time in that zone. */
export interface MomentCell {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly epochMs: number
  /** IANA name. */
  readonly zone: string
}

/** The value of a written cell. Text is always stored as text, whatever it begins with; null is an empty cell. */
export type Cell = string | number | boolean | null | MomentCell

export type Rows = Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>

/** The local time of a moment in its zone; in UTC if the zone is unknown; invalid if it is no moment, which tables leave empty. */
export function wallClock(moment: MomentCell): DateTime {
  if (!Number.isFinite(moment.epochMs)) return DateTime.invalid('no moment')
  const local = DateTime.fromMillis(moment.epochMs, { zone: moment.zone })
  return local.isValid ? local : DateTime.fromMillis(moment.epochMs, { zone: 'utc' })
}
