import type { EvidenceData } from '#domain/wording-evidence/evidence-data.ts'
import type { ProvedEvidence } from '#domain/wording-evidence/check-evidence.ts'
import type { ApprovalPolicy } from '#domain/rules/approval-policy.ts'
import type { ApprovalState } from '#domain/wording/approval.ts'

/** Formats a time in a zone, with the zone's offset: `2026-12-01 11:40:05 GMT+8`. */
export type Clock = (at: number) => string

/** @param zone an IANA name */
export function clockIn(zone: string): Clock {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
  return (at) => `${format.format(at)} ${offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''}`.trim()
}

/** Where the approval stands at the export, by the policy, the people and the values of that moment, which the records do not prove. */
export type AtExport = { status: ApprovalState['status']; policy: ApprovalPolicy }

/** `atExport`: null for a text that was never submitted. */
export type Page = ProvedEvidence & { data: EvidenceData; clock: Clock; keyFingerprint: string; atExport: AtExport | null }
