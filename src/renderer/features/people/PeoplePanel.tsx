import type { IncidentView } from '#contract/incident-api.ts'

/** Who stands where in this incident. */
export function PeoplePanel({ incident }: { incident: IncidentView }) {
  return <section data-incident={incident.id} />
}
