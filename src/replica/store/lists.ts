import type { MemberState } from '#domain/members/member.ts'
import { FACET, facetIsOneOf, hasItems, ifEmpty, marked, stateField, stateFields, type ListDeclaration } from './entity-list.ts'

const TO_DO = facetIsOneOf('todo', 'doing')

/** Sorts tasks without a due time after all others; the contract allows no such time. */
const NEVER_DUE = Number.MAX_SAFE_INTEGER
export const TASK_DUE = stateField('dueAt', NEVER_DUE)
const TASK_PHASE = stateField('phase', '')

/** Whose a task is, by the rules of `isTaskOf`; see {@link ownerKeys}. */
const TASK_OWNER = ifEmpty(
  stateField('owner', ''),
  marked('department ', stateField('department', '')),
  ifEmpty(stateField('ownerId', ''), marked('name ', stateField('owner', '')), marked('member ', stateField('ownerId', ''))),
)

/** The owners whose tasks are a member's by `isTaskOf`. */
export function ownerKeys({ id, name, department }: Pick<MemberState, 'name' | 'department'> & { id: string }): string[] {
  return [`member ${id}`, `name ${name}`, ...(department === null ? [] : [`department ${department}`])]
}

/** The owner of tasks that have neither an owner nor a department. */
export const NO_OWNER = ''

/** Between the id of a plan and the key of a task in it. */
export const PLAN_SEPARATOR = '\n'

/** Tasks in the order of their plan: all of an incident, those to be done (1) or ended (0), or those of one place in a plan. */
export const TASK_LIST = {
  kind: 'task',
  order: [stateField('order', 0), stateField('createdAt', 0)],
  filters: { all: [], open: [TO_DO], plan: [stateFields(PLAN_SEPARATOR, 'plan.id', 'plan.key')] },
} satisfies ListDeclaration

/** The tasks of a phase in the order of their plan. */
export const TASKS_BY_PHASE = {
  kind: 'task',
  order: TASK_LIST.order,
  filters: {
    phase: [TASK_PHASE],
    progress: [TASK_PHASE, FACET],
    openPhase: [TO_DO, TASK_PHASE],
    ownerPhase: [TO_DO, TASK_OWNER, TASK_PHASE],
  },
  covers: [TASK_DUE],
} satisfies ListDeclaration

/** Tasks by due time, those that name no task to wait for (0) apart from those that do (1). */
export const TASKS_BY_DUE = {
  kind: 'task',
  order: [TASK_DUE, ...TASK_LIST.order],
  filters: { openDue: [TO_DO, hasItems('blockedBy')], ownerDue: [TO_DO, TASK_OWNER, hasItems('blockedBy')] },
} satisfies ListDeclaration

/** Every list that has indexes. A change here requires a higher version of the replica's tables, see `replica-schema.ts`. */
export const LISTS: readonly ListDeclaration[] = [TASK_LIST, TASKS_BY_PHASE, TASKS_BY_DUE]
