/** Lengths of time in milliseconds. A day has 24 hours here; days of a calendar depend on the zone. */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
