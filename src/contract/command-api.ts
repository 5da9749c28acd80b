import type { ClockState } from '#domain/incidents/clocks.ts'
import { IncidentLevel, IncidentStatus, type IncidentMode } from '#domain/incidents/incident.ts'
import type { GradeEvidence } from '#domain/risk/evidence.ts'
import type { Grade } from '#domain/risk/risk.ts'
import { z } from 'zod'
import type { IncidentView } from './incident-api.ts'
import { command, query } from './procedure.ts'
import type { TaskView } from './task-api.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })
const Reason = z.string().trim().min(1).max(1000)

type EntryLine = { id: string; text: string; happenedAt: number }

/** What is still open, with what was decided and said in public last, newest first: for who comes in, before a hand-over and before closing. */
export type OpenPoints = { clocks: ClockState[]; tasks: TaskView[]; decisions: EntryLine[]; statements: EntryLine[] }

/** The composite risk of an incident as the figures give it now. */
export type IncidentRisk = {
  incidentId: string
  composite: Grade
  suggestedLevel: IncidentLevel
  /** The level to offer beside the one that stands, or null. */
  offeredLevel: IncidentLevel | null
  evidence: GradeEvidence
}

/**
 * Something that waits for this member: tasks that are due (own ones, those of the own department that nobody has, all of incidents under the
 * own command), and clocks and suggested levels of incidents under the own command.
 */
export type WaitingItem = { incidentId: string; incidentTitle: string; mode: IncidentMode } & (
  | { kind: 'clock'; clock: ClockState }
  | { kind: 'task'; task: TaskView }
  | { kind: 'risk'; composite: Grade; suggestedLevel: IncidentLevel }
)

/** The course of an incident in the hands of its commander, and what is open or waits. */
export const commandApi = {
  'incidents.changeLevel': command(IncidentRef.extend({ to: IncidentLevel, reason: Reason }), {
    action: 'incident.change-level',
  }).returns<IncidentView>(),
  /** To a member (`memberId`) or to somebody known by name alone. */
  'incidents.handOver': command(
    IncidentRef.extend({
      memberId: z.uuid().nullable(),
      name: z.string().trim().min(1).max(40),
      summary: z.string().trim().min(1).max(4000),
    }),
    { action: 'incident.hand-over' },
  ).returns<IncidentView>(),
  'incidents.setStatus': command(IncidentRef.extend({ to: IncidentStatus, reason: Reason }), {
    action: 'incident.set-status',
  }).returns<IncidentView>(),
  'incidents.markSign': command(IncidentRef.extend({ sign: z.string().max(60), seen: z.boolean() }), {
    action: 'incident.mark-sign',
  }).returns<IncidentView>(),
  'incidents.openPoints': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'incident', 'tasks', 'timeline'))
    .returns<OpenPoints>(),
  /** What waits in real incidents before what waits in drills, then what runs out first; at most `limit` of them, and how many there are in all. */
  'incidents.waiting': query(z.strictObject({ limit: z.int().min(1).max(500) }))
    .dependsOn(() => ['incidents', 'rules'])
    .returns<{ items: WaitingItem[]; total: number }>(),
  /** The risk of every incident that is not closed and of which anything is known. */
  'incidents.risks': query(z.strictObject({}))
    .dependsOn(() => ['incidents', 'rules'])
    .returns<IncidentRisk[]>(),
}
