import type { ClockState } from '#domain/incidents/clocks.ts'
import { IncidentLevel, IncidentStatus, type IncidentMode } from '#domain/incidents/incident.ts'
import { Mentions } from '#domain/notices/notice.ts'
import { Department, Layer, type AssignmentState } from '#domain/people/assignment.ts'
import { PlanContent } from '#domain/plans/plan.ts'
import type { GradeEvidence } from '#domain/risk/evidence.ts'
import type { Grade } from '#domain/risk/risk.ts'
import { TeamRules } from '#domain/rules/team-rules.ts'
import { ChecklistItem, TaskContent, TaskProgress, type TaskState } from '#domain/tasks/task.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { z } from 'zod'
import { Seen, type IncidentView, type Pending } from './incident-api.ts'
import { procedure } from './procedure.ts'
import { Language } from './workspace-api.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })
const Reason = z.string().trim().min(1).max(1000)

export type TaskView = Pending &
  TaskState & {
    id: string
    /** Blocking tasks that are still open, by id and title. */
    waitingFor: { id: string; title: string }[]
    endedByName: string | null
    /** Which writing of each free text this is. */
    editions?: Editions
  }

export type PersonView = Pending & AssignmentState & { id: string; editions?: Editions }

type EntryLine = { id: string; text: string; happenedAt: number }

/** What is still open, with what was decided and said in public last, newest first: for who comes in, before a hand-over and before closing. */
export type OpenPoints = { clocks: ClockState[]; tasks: TaskView[]; decisions: EntryLine[]; statements: EntryLine[] }

/** A plan as a team has it: shipped, changed by the team, or its own. */
export type PlanView = {
  id: string
  content: PlanContent
  version: number
  origin: 'shipped' | 'changed' | 'own'
  savedAt: number | null
  savedByName: string | null
  note: string
  retired: boolean
}

/** One saved version of a plan; the shipped first one was saved by nobody. */
export type PlanVersion = Pending & {
  version: number
  content: PlanContent
  savedAt: number | null
  savedByName: string | null
  note: string
}

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

/** The team's rules, with who changed them last; null while they are ours. */
export type RulesView = { rules: TeamRules; version: number; changedAt: number | null; changedByName: string | null }

export const boardApi = {
  'incidents.changeLevel': procedure(IncidentRef.extend({ to: IncidentLevel, reason: Reason })).returns<IncidentView>(),
  /** To a member (`memberId`) or to somebody known by name alone. */
  'incidents.handOver': procedure(
    IncidentRef.extend({
      memberId: z.uuid().nullable(),
      name: z.string().trim().min(1).max(40),
      summary: z.string().trim().min(1).max(4000),
    }),
  ).returns<IncidentView>(),
  'incidents.setStatus': procedure(IncidentRef.extend({ to: IncidentStatus, reason: Reason })).returns<IncidentView>(),
  'incidents.markSign': procedure(IncidentRef.extend({ sign: z.string().max(60), seen: z.boolean() })).returns<IncidentView>(),
  'incidents.openPoints': procedure(IncidentRef).returns<OpenPoints>(),
  /** What waits in real incidents before what waits in drills, then what runs out first; at most `limit` of them, and how many there are in all. */
  'incidents.waiting': procedure(z.strictObject({ limit: z.int().min(1).max(500) })).returns<{ items: WaitingItem[]; total: number }>(),
  /** The risk of every incident that is not closed and of which anything is known. */
  'incidents.risks': procedure(z.strictObject({})).returns<IncidentRisk[]>(),

  'people.list': procedure(IncidentRef).returns<PersonView[]>(),
  /** Without an id: somebody new. */
  'people.assign': procedure(
    IncidentRef.extend({
      personId: z.uuid().optional(),
      layer: Layer,
      department: Department.nullable(),
      name: z.string().trim().min(1).max(40),
      backup: z.string().trim().max(40),
      duty: z.string().trim().max(300),
      seen: Seen.optional(),
    }),
  ).returns<PersonView>(),
  'people.remove': procedure(IncidentRef.extend({ personId: z.uuid() })).returns<null>(),

  'tasks.list': procedure(IncidentRef).returns<TaskView[]>(),
  'tasks.create': procedure(
    IncidentRef.extend({
      task: TaskContent.extend({
        checklist: z.array(ChecklistItem.shape.text).max(60),
        /** Members named in the detail; they are told. */ mentions: Mentions.optional(),
      }),
    }),
  ).returns<TaskView>(),
  'tasks.revise': procedure(
    IncidentRef.extend({
      taskId: z.uuid(),
      change: TaskContent.omit({ checklist: true }).partial().extend({ /** Of the whole detail. */ mentions: Mentions.optional() }),
      seen: Seen.optional(),
    }),
  ).returns<TaskView>(),
  'tasks.move': procedure(
    IncidentRef.extend({ taskId: z.uuid(), to: TaskProgress, note: z.string().trim().max(1000).default('') }),
  ).returns<TaskView>(),
  'tasks.tick': procedure(IncidentRef.extend({ taskId: z.uuid(), item: z.string().max(60), done: z.boolean() })).returns<TaskView>(),

  'plans.list': procedure(z.strictObject({})).returns<PlanView[]>(),
  /** Every version of a plan, oldest first; none of a plan that is not there. */
  'plans.versions': procedure(z.strictObject({ planId: z.string().max(80) })).returns<PlanVersion[]>(),
  /** `version` is the one that was edited; a plan of one's own begins without an id, at version 0. */
  'plans.save': procedure(
    z.strictObject({
      planId: z.string().max(80).optional(),
      version: z.int().min(0),
      content: PlanContent,
      note: z.string().trim().max(500),
    }),
  ).returns<PlanView>(),
  'plans.retire': procedure(z.strictObject({ planId: z.string().max(80), retired: z.boolean() })).returns<PlanView>(),
  /** Makes the plan's tasks in an incident, in the language given. Applied again, it adds only what is not there yet. */
  'plans.apply': procedure(IncidentRef.extend({ planId: z.string().max(80), language: Language })).returns<{
    added: number
    already: number
  }>(),

  'rules.get': procedure(z.strictObject({})).returns<RulesView>(),
  /** `version` is the one that was edited. */
  'rules.set': procedure(z.strictObject({ version: z.int().min(0), rules: TeamRules })).returns<RulesView>(),
}
