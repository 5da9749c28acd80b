type IncidentTopic = 'incident' | 'timeline' | 'imports' | 'series' | 'tasks' | 'people' | 'risk' | 'reveals'

/**
 * What may have changed; what depends on one of these is read again. Never rows (architecture, "UI ↔ replica calls").
 * `incident:<id>` its state and clocks · `timeline:<id>` its entries · `imports:<id>` · `series:<id>` · `incidents` the list ·
 * `notices` what this member is told · `reveals:<id>` who saw personal data · `presence` who is here and where · `workspace` status, member, backups, sync · `job:<id>` progress of an import · `*` anything, read everything again.
 */
export type Topic =
  | '*'
  | 'incidents'
  | 'workspace'
  | 'presence'
  | 'notices'
  | 'plans'
  | 'contacts'
  | 'rules'
  | 'reveals'
  | `${IncidentTopic | 'job'}:${string}`

/** Topics of one incident, for what a query depends on. */
export function ofIncident(incidentId: string, ...topics: readonly IncidentTopic[]): Topic[] {
  return topics.map((topic): Topic => `${topic}:${incidentId}`)
}
