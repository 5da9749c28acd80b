import type { ClockState } from '#domain/incidents/clocks.ts'
import { IncidentLevel, IncidentStatus, type IncidentMode } from '#domain/incidents/incident.ts'
import type { GradeEvidence } from '#domain/risk/evidence.ts'
import type { Grade } from '#domain/risk/risk.ts'
import { z } from 'zod'
import type { IncidentView } from './incident-api.ts'
import { command, query } from './procedure.ts'
import type { PromiseRow } from './promise-api.ts'
import type { TaskView } from './task-api.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })
const Reason = z.string().trim().min(1).max(1000)

type EntryLine = { id: string; text: string; happenedAt: number }

/**
 * Open clocks and tasks with the latest decisions and public statements, newest first: for people who join, before a
 * hand-over and before closing.
 */
export type OpenPoints = { clocks: ClockState[]; tasks: TaskView[]; decisions: EntryLine[]; statements: EntryLine[] }

/** The composite risk of an incident from the current figures. */
export type IncidentRisk = {
  incidentId: string
  composite: Grade
  suggestedLevel: IncidentLevel
  /** The suggested level if it differs from the current one, else null. */
  offeredLevel: IncidentLevel | null
  evidence: GradeEvidence
}

/**
 * Something that needs this member's action: due tasks (their own, unassigned ones of their department, and all tasks of
 * incidents that they command), open promises that they see to, and clocks and suggested levels of incidents that they command.
 */
export type WaitingItem = { incidentId: string; incidentTitle: string; mode: IncidentMode } & (
  | { kind: 'clock'; clock: ClockState }
  | { kind: 'task'; task: TaskView }
  | { kind: 'promise'; promise: PromiseRow }
  | { kind: 'risk'; composite: Grade; suggestedLevel: IncidentLevel }
)

/** Level, status, command and open points of an incident. */
export const commandApi = {
  'incidents.changeLevel': command(IncidentRef.extend({ to: IncidentLevel, reason: Reason }), {
    action: 'incident.change-level',
  }).returns<IncidentView>(),
  /** To a member (`memberId`) or to a person identified only by name. */
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
  /** Real incidents before drills, then by due time; at most `limit` items, with the total count. */
  'incidents.waiting': query(z.strictObject({ limit: z.int().min(1).max(500) }))
    .dependsOn(() => ['incidents', 'rules'])
    .returns<{ items: WaitingItem[]; total: number }>(),
  /** The risk of every incident that is not closed and has at least one known figure. */
  'incidents.risks': query(z.strictObject({}))
    .dependsOn(() => ['incidents', 'rules'])
    .returns<IncidentRisk[]>(),
}
