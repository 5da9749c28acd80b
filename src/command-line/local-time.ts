import { DateTime } from 'luxon'

/** A moment as people here read it: 24-hour, to the minute, in this machine's zone. */
export function localTime(epochMs: number): string {
  return DateTime.fromMillis(epochMs).toFormat('yyyy-MM-dd HH:mm')
}

/** This machine's IANA time zone. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
