import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { TASK } from '#domain/tasks/task-entity.ts'
import { isOpenTask, type TaskState } from '#domain/tasks/task.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import type { TaskView } from '#contract/task-api.ts'
import { memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'
import { createEntityList } from '../store/entity-list.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { TASK_DUE, TASK_LIST, TASKS_BY_DUE, TASKS_BY_PHASE } from '../store/lists.ts'

/** The tasks of incidents as screens show them, in the order of their plan. */
export type TaskViews = {
  list(incidentId: string): TaskView[]
  /** Tasks that still have to be done. */
  open(incidentId: string): TaskView[]
  find(incidentId: string, taskId: string): TaskView | undefined
  /** These rows of one incident. */
  of(incidentId: string, rows: readonly EntityRow[]): TaskView[]
  counts(incidentId: string): { done: number; open: number }
  /** The earliest due time of a task to be done, of these owners or of all (null); null if none has one. Milliseconds since 1970. */
  firstDue(incidentId: string, owners: readonly string[] | null): number | null
  /** Tasks to be done, due before a time, that wait for no other: the first ones by due time, and how many there are. */
  due(incidentId: string, owners: readonly string[] | null, before: number, limit: number): { tasks: TaskView[]; total: number }
}

export function createTaskViews(context: ServiceContext): TaskViews {
  const tasks = createEntityList(context.db, TASK_LIST)
  const byPhase = createEntityList(context.db, TASKS_BY_PHASE)
  const byDue = createEntityList(context.db, TASKS_BY_DUE)
  const isPending = pendingIds(context, TASK.kind)
  const all = (incidentId: string) => ({ scope: incidentScope(incidentId), filter: 'all', is: [] }) as const
  const openOnes = (incidentId: string) => ({ scope: incidentScope(incidentId), filter: 'open', is: [1] }) as const

  function* entities(rows: Iterable<EntityRow>): Generator<Entity<TaskState>> {
    for (const row of rows) {
      const entity = TASK.as(seenEntity(row))
      if (entity) yield entity
    }
  }

  /** @param stateOf the state of a task of the same incident */
  function viewer(stateOf: (id: string) => TaskState | undefined): (entity: Entity<TaskState>) => TaskView {
    const names = memberNames(context)
    return (entity) => ({
      ...entity.state,
      id: entity.id,
      editions: editionsOf(entity),
      waitingFor: entity.state.blockedBy.flatMap((blocker) => {
        const other = stateOf(blocker)
        return other && isOpenTask(other) ? [{ id: blocker, title: other.title }] : []
      }),
      endedByName: entity.state.endedBy === null ? null : names(entity.state.endedBy),
      pending: isPending(entity.id),
    })
  }

  function viewAll(found: readonly Entity<TaskState>[]): TaskView[] {
    const byId = new Map(found.map((task) => [task.id, task.state]))
    return found.map(viewer((id) => byId.get(id)))
  }

  /** Reads each blocker by itself: for a part of the list. */
  function viewSome(incidentId: string, rows: readonly EntityRow[]): TaskView[] {
    const scope = incidentScope(incidentId)
    const found = [...entities(rows)]
    const states = new Map(found.map((task) => [task.id, task.state]))
    const stateOf = (id: string) => {
      const known = states.get(id)
      if (known) return known
      const other = TASK.read(context.store, id)
      return other?.scope === scope ? other.state : undefined
    }
    return found.map(viewer(stateOf))
  }

  type Blocked = 0 | 1
  const dueOnes = (incidentId: string, owners: readonly string[] | null, blocked: Blocked) => {
    const scope = incidentScope(incidentId)
    return owners === null
      ? [{ scope, filter: 'openDue', is: [1, blocked] } as const]
      : owners.map((owner) => ({ scope, filter: 'ownerDue', is: [1, owner, blocked] }) as const)
  }

  return {
    list: (incidentId) => viewAll([...entities(tasks.all(all(incidentId)))]),
    // A task that blocks another is open itself, so the open tasks include all blockers.
    open: (incidentId) => viewAll([...entities(tasks.all(openOnes(incidentId)))]),
    of: viewSome,
    find(incidentId, taskId) {
      const scope = incidentScope(incidentId)
      const readHere = (id: string) => {
        const found = TASK.read(context.store, id)
        return found?.scope === scope ? found : undefined
      }
      const found = readHere(taskId)
      return found && viewer((id) => readHere(id)?.state)(found)
    },
    counts(incidentId) {
      const progress = byPhase.countBy({ scope: incidentScope(incidentId), filter: 'progress', is: [] })
      const done = progress.reduce((sum, { values, count }) => (values[1] === 'done' ? sum + count : sum), 0)
      return { done, open: tasks.count(openOnes(incidentId)) }
    },
    firstDue(incidentId, owners) {
      const queries = [...dueOnes(incidentId, owners, 0), ...dueOnes(incidentId, owners, 1)]
      const [first] = byDue.page(queries, null, 1).rows
      return first ? (TASK.as(seenEntity(first))?.state.dueAt ?? null) : null
    },
    due(incidentId, owners, before, limit) {
      const below = { column: TASK_DUE, value: before }
      const free = dueOnes(incidentId, owners, 0).map((query) => ({ ...query, below }))
      const waiting = dueOnes(incidentId, owners, 1).flatMap((query) => [...byDue.all({ ...query, below })])
      const released = viewSome(incidentId, waiting).filter((task) => task.waitingFor.length === 0)
      const first = viewSome(incidentId, byDue.page(free, null, limit).rows)
      return {
        tasks: [...first, ...released]
          .toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0) || a.order - b.order || a.createdAt - b.createdAt)
          .slice(0, limit),
        total: free.reduce((sum, query) => sum + byDue.count(query), released.length),
      }
    },
  }
}
