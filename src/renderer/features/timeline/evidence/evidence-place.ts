import type { EvidenceAvailability } from '#contract/file-api.ts'

/** Locations of a file, in order of progress. */
export const EVIDENCE_PLACES = ['waiting', 'sending', 'safe', 'elsewhere', 'coming', 'unasked', 'at-hub', 'fetching'] as const
export type EvidencePlace = (typeof EVIDENCE_PLACES)[number]

/** The location of a file, and its progress (0 to 1) during a transfer. */
export function evidencePlace({ here, arrived, atHub, size, received }: EvidenceAvailability): {
  place: EvidencePlace
  fraction: number | null
} {
  const part = (bytes: number) => (size === 0 ? 0 : Math.min(1, bytes / size))
  if (here && atHub === 'whole') return { place: 'safe', fraction: null }
  if (here) return received > 0 ? { place: 'sending', fraction: part(received) } : { place: 'waiting', fraction: null }
  if (arrived > 0) return { place: 'fetching', fraction: part(arrived) }
  if (atHub === 'whole') return { place: 'at-hub', fraction: null }
  if (atHub === 'unknown') return { place: 'unasked', fraction: null }
  return received > 0 ? { place: 'coming', fraction: part(received) } : { place: 'elsewhere', fraction: null }
}
