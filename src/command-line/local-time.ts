import { DateTime } from 'luxon'

/** A moment in this machine's zone: 24-hour, to the minute. */
export function localTime(epochMs: number): string {
  return DateTime.fromMillis(epochMs).toFormat('yyyy-MM-dd HH:mm')
}

/** This machine's IANA time zone. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
