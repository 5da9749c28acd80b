import { ASSIGNMENT } from '../people/assignment-entity.ts'
import { PLAN } from '../plans/plan-entity.ts'
import type { CommandEdge, CommandRead, CommandRefusal, Draft } from './command.ts'
import { readIncident } from './incident-read.ts'
import { TEAM_SCOPE } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { memberNamed } from './named-member.ts'
import { TASK } from '../tasks/task-entity.ts'
import { nextTaskOrder } from './task-commands.ts'
import { noteDraft } from './note-draft.ts'
import { planWords, type PlanContent, type PlanState } from '../plans/plan.ts'
import { tasksOfPlan } from '../plans/plan-tasks.ts'
import { SHIPPED_PLANS } from '../plans/shipped/index.ts'

/** The plan in force: the team's own version, else the shipped one. */
function planInForce(read: CommandRead, planId: string): Pick<PlanState, 'content' | 'version'> | undefined {
  const own = read.one(PLAN, planId)?.state
  if (own) return own
  const shipped = SHIPPED_PLANS.find(({ id }) => id === planId)
  return shipped && { content: shipped.content, version: 1 }
}

/** Saves a plan as its next version. `version` is the version that was edited, 0 for a new plan. */
export function savePlan(
  _read: CommandRead,
  { planId, ...body }: { planId: string; version: number; content: PlanContent; note: string },
): Draft[] {
  return [{ scope: TEAM_SCOPE, kind: 'plan', id: planId, type: 'plan.save', body }]
}

/** Retires a plan, or restores it. A shipped plan is first saved as the team's own version. */
export function retirePlan(read: CommandRead, { planId, retired }: { planId: string; retired: boolean }): Draft[] | CommandRefusal {
  const plan = planInForce(read, planId)
  if (!plan) return refuse('not-found')
  const { version, content } = plan
  return [
    ...(read.one(PLAN, planId) ? [] : savePlan(read, { planId, version, content, note: '' })),
    { scope: TEAM_SCOPE, kind: 'plan', id: planId, type: 'plan.retire', body: { retired } },
  ]
}

/**
 * Creates the tasks of a plan that an incident does not have yet, each for the person assigned to its department, with a
 * system note; no drafts if it has them all.
 */
export function applyPlan(
  read: CommandRead,
  { incidentId, planId, language }: { incidentId: string; planId: string; language: 'zh-Hans' | 'en' },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  const plan = planInForce(read, planId)
  if (!incident || !plan) return refuse('not-found')
  const { scope } = incident
  // Sorted by id, so that every device chooses the same one of two people in a department.
  const people = read
    .all(ASSIGNMENT, scope)
    .filter(({ state }) => !state.removed && state.layer === 'execution')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const personOf = (department: string | null) => people.find(({ state }) => state.department === department)?.state
  const owner = (department: string | null) => personOf(department)?.name ?? ''
  const before = new Map(read.all(TASK, scope).flatMap(({ id, state }) => (state.plan?.id === planId ? [[state.plan.key, id]] : [])))
  const offset = nextTaskOrder(read, incidentId)
  const planned = tasksOfPlan(plan.content, incident.state, language, edge.uuid, owner)
  const renamed = new Map(planned.map((task) => [task.id, before.get(task.key) ?? task.id]))
  const fresh = planned.filter((task) => !before.has(task.key))
  if (fresh.length === 0) return []
  const tasks = fresh.map(({ id, key, order, content }): Draft => {
    const ownerId = personOf(content.department)?.memberId ?? memberNamed(read, content.owner)
    return {
      scope,
      kind: 'task',
      id,
      type: 'task.create',
      body: {
        ...content,
        ...(ownerId === null ? {} : { ownerId }),
        blockedBy: content.blockedBy.map((blocker) => renamed.get(blocker) ?? blocker),
        order: offset + order,
        plan: { id: planId, version: plan.version, key },
      },
    }
  })
  const params = { plan: planWords(plan.content.title, language), version: plan.version, count: fresh.length }
  return [...tasks, noteDraft(incidentId, edge.uuid(), edge.now, 'plan-applied', params, [0])]
}
