import type { IncidentRisk } from '#contract/command-api.ts'
import type { WallView } from '#contract/overview-api.ts'
import type { IncidentLevel } from '#domain/incidents/incident-level.ts'

/** A decision to be taken. */
export type Decision = { incidentId: string; incidentTitle: string } & (
  { kind: 'task'; id: string; title: string; dueAt: number | null; holdsUp: number } | { kind: 'level'; level: IncidentLevel }
)

/** Open decisions in these incidents: unblocked open tasks of the decision layer by due time, and levels suggested by the risk. */
export function decisionsIn(views: readonly WallView[], risks: readonly IncidentRisk[]): Decision[] {
  const levels = views.flatMap(({ incident }): Decision[] => {
    const level = risks.find(({ incidentId }) => incidentId === incident.id)?.offeredLevel ?? null
    return level === null ? [] : [{ kind: 'level', incidentId: incident.id, incidentTitle: incident.title, level }]
  })
  const tasks = views
    .flatMap(({ incident, tasks: all }) => all.map((task) => ({ incident, task })))
    .filter(({ task }) => task.layer === 'decision' && task.waitsFor === 0)
    .toSorted((a, b) => (a.task.dueAt ?? Number.POSITIVE_INFINITY) - (b.task.dueAt ?? Number.POSITIVE_INFINITY))
    .map(({ incident, task: { id, title, dueAt, holdsUp } }): Decision => ({
      kind: 'task',
      incidentId: incident.id,
      incidentTitle: incident.title,
      id,
      title,
      dueAt,
      holdsUp,
    }))
  return [...levels, ...tasks]
}
