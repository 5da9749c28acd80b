import type { IncidentView } from '#contract/incident-api.ts'

/** The risk of an incident in the side panel: grade with its reasons, curve, suggestions. */
export function RiskPanel({ incident }: { incident: IncidentView }) {
  return <section data-incident={incident.id} />
}
