import type { EvidenceAvailability } from '#contract/file-api.ts'

/** Locations of a file, in order of progress. */
export const EVIDENCE_LOCATIONS = ['waiting', 'sending', 'safe', 'elsewhere', 'coming', 'unasked', 'at-hub', 'fetching'] as const
export type EvidenceLocation = (typeof EVIDENCE_LOCATIONS)[number]

/** The location of a file, and its progress (0 to 1) during a transfer. */
export function evidenceLocation({ here, arrived, atHub, size, received }: EvidenceAvailability): {
  location: EvidenceLocation
  fraction: number | null
} {
  const part = (bytes: number) => (size === 0 ? 0 : Math.min(1, bytes / size))
  if (here && atHub === 'whole') return { location: 'safe', fraction: null }
  if (here) return received > 0 ? { location: 'sending', fraction: part(received) } : { location: 'waiting', fraction: null }
  if (arrived > 0) return { location: 'fetching', fraction: part(arrived) }
  if (atHub === 'whole') return { location: 'at-hub', fraction: null }
  if (atHub === 'unknown') return { location: 'unasked', fraction: null }
  return received > 0 ? { location: 'coming', fraction: part(received) } : { location: 'elsewhere', fraction: null }
}
