import type { IncidentRisk } from '#contract/command-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { PersonView } from '#contract/people-api.ts'
import type { TaskView } from '#contract/task-api.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import type { IncidentLevel } from '#domain/incidents/incident-level.ts'
import { commanderOf, countHeldUp, layerOfTask } from '#domain/tasks/task-layer.ts'

/** A decision to be taken. */
export type Decision = { incidentId: string; incidentTitle: string } & (
  | { kind: 'task'; id: string; title: string; dueAt: number | null; holdsUp: number }
  | { kind: 'level'; level: IncidentLevel }
  // A text in approval, which could be released before; or one that was, and whose approval is open.
  | { kind: 'review' | 'unapproved'; id: string; title: string; dueAt: number | null }
)

type OpenTask = Pick<TaskView, 'id' | 'title' | 'owner' | 'ownerId' | 'department' | 'dueAt' | 'blockedBy' | 'waitingFor'>

/** The open tasks of an incident, and its people, on whose layer the layer of a task depends. */
type OpenWork = { incidentId: string; tasks: readonly OpenTask[]; people: readonly Pick<PersonView, 'name' | 'memberId' | 'layer'>[] }

type OpenWording = Pick<WordingRow, 'id' | 'title' | 'live' | 'inReview'>

/** The texts of an incident. */
type OpenWordings = { incidentId: string; wordings: readonly OpenWording[] }

const dueOf = (decision: Decision) => (decision.kind === 'level' ? null : decision.dueAt) ?? Number.POSITIVE_INFINITY

function wordingDecision(incident: Pick<IncidentView, 'id' | 'title'>, { id, title, live, inReview }: OpenWording): Decision[] {
  const kind = live?.unapproved ? 'unapproved' : inReview ? 'review' : null
  return kind === null ? [] : [{ kind, incidentId: incident.id, incidentTitle: incident.title, id, title, dueAt: inReview?.dueAt ?? null }]
}

/**
 * Open decisions in these incidents: levels suggested by the risk, texts in approval or released before it, then unblocked open tasks of the decision layer by due time.
 * @param work of the incidents whose tasks were read; the others have only their suggested level
 */
export function decisionsIn(
  incidents: readonly Pick<IncidentView, 'id' | 'title' | 'commander' | 'commanderPerson' | 'commanderName'>[],
  risks: readonly IncidentRisk[],
  work: readonly OpenWork[],
  wordings: readonly OpenWordings[] = [],
): Decision[] {
  const levels = incidents.flatMap((incident): Decision[] => {
    const level = risks.find(({ incidentId }) => incidentId === incident.id)?.offeredLevel ?? null
    return level === null ? [] : [{ kind: 'level', incidentId: incident.id, incidentTitle: incident.title, level }]
  })
  const tasks = incidents
    .flatMap((incident) => {
      const { tasks: open, people } = work.find(({ incidentId }) => incidentId === incident.id) ?? { tasks: [], people: [] }
      return open
        .filter((task) => task.waitingFor.length === 0 && layerOfTask(task, people, commanderOf(incident)) === 'decision')
        .map((task) => ({ incident, task, holdsUp: countHeldUp(open, task.id) }))
    })
    .toSorted((a, b) => (a.task.dueAt ?? Number.POSITIVE_INFINITY) - (b.task.dueAt ?? Number.POSITIVE_INFINITY))
    .map(({ incident, task: { id, title, dueAt }, holdsUp }): Decision => ({
      kind: 'task',
      incidentId: incident.id,
      incidentTitle: incident.title,
      id,
      title,
      dueAt,
      holdsUp,
    }))
  const texts = incidents.flatMap((incident) => {
    const own = wordings.find(({ incidentId }) => incidentId === incident.id)?.wordings ?? []
    return own.flatMap((wording) => wordingDecision(incident, wording))
  })
  return [...levels, ...texts.toSorted((a, b) => dueOf(a) - dueOf(b)), ...tasks]
}
