import type { IncidentView } from '#contract/incident-api.ts'

/** The tasks of an incident, beside its timeline. */
export function TasksPanel({ incident }: { incident: IncidentView }) {
  return <section data-incident={incident.id} />
}
