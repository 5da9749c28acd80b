import type { IncidentView } from '#contract/incident-api.ts'

const SHOWN = 5

/** Suggested incidents to compare with: same type first, real ones before drills, then newest first. */
export function likelyPartners(incident: Pick<IncidentView, 'id' | 'type'>, all: readonly IncidentView[]): IncidentView[] {
  return all
    .filter((other) => other.id !== incident.id)
    .toSorted(
      (a, b) =>
        Number(b.type === incident.type) - Number(a.type === incident.type) ||
        Number(a.mode === 'drill') - Number(b.mode === 'drill') ||
        b.declaredAt - a.declaredAt,
    )
    .slice(0, SHOWN)
}
