type IncidentTopic =
  | 'incident'
  | 'timeline'
  | 'imports'
  | 'series'
  | 'tasks'
  | 'people'
  | 'risk'
  | 'reveals'
  | 'wordings'
  | 'wording-drafts'
  | 'promises'
  | 'bulletins'

/**
 * What may have changed; queries that depend on a topic are read again. Topics never carry rows (architecture, "UI ↔ replica
 * calls").
 * `incident:<id>` its state and clocks · `timeline:<id>` its entries · `imports:<id>` · `series:<id>` · `incidents` the list ·
 * `wordings:<id>` its texts and `wording-drafts:<id>` what is being written, without id those of the library ·
 * `promises:<id>` what its texts promise · `bulletins:<id>` its bulletins and their plan, `bulletins` those of all ·
 * `agent-groups` the groups of agents · `reviews` revisions in approval · `notices` of this member · `reveals:<id>` who saw personal data · `presence` who is here and where ·
 * `workspace` status, member, backups, sync · `job:<id>` progress of an import · `*` anything, reload everything.
 */
export type Topic =
  | '*'
  | 'incidents'
  | 'workspace'
  | 'presence'
  | 'notices'
  | 'plans'
  | 'contacts'
  | 'agent-groups'
  | 'rules'
  | 'reveals'
  | 'reviews'
  | 'bulletins'
  | `${IncidentTopic | 'job'}:${string}`

/** Topics of one incident, as dependencies of a query. */
export function ofIncident(incidentId: string, ...topics: readonly IncidentTopic[]): Topic[] {
  return topics.map((topic): Topic => `${topic}:${incidentId}`)
}
