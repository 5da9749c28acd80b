import type { EvidenceData } from '#domain/wording-evidence/evidence-data.ts'
import type { ProvedEvidence } from '#domain/wording-evidence/check-evidence.ts'

/** Formats a time in a zone, with the zone's offset: `2026-12-01 11:40:05 GMT+8`. */
export type Clock = (at: number) => string

/** @param zone an IANA name */
export function clockIn(zone: string): Clock {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
  return (at) => `${format.format(at)} ${offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''}`.trim()
}

export type Page = ProvedEvidence & { data: EvidenceData; clock: Clock; keyFingerprint: string }
