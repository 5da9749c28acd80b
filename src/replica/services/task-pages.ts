import { MINUTE } from '#domain/durations.ts'
import { hash } from 'node:crypto'
import { z } from 'zod'
import { incidentScope } from '#domain/log/ids.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { TASK_STATES, type TaskProgress } from '#domain/tasks/task.ts'
import { TASK } from '#domain/tasks/task-entity.ts'
import type { CallInput, CallOutput } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { TASK_PAGE_SIZE, type TaskFilter, type TaskSummary } from '#contract/task-api.ts'
import type { ServiceContext } from '../context/service-context.ts'
import { createEntityList, ListCursor, type ListQuery } from '../store/entity-list.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { NO_OWNER, ownerKeys, PLAN_SEPARATOR, TASK_DUE, TASK_LIST, TASKS_BY_DUE, TASKS_BY_PHASE } from '../store/lists.ts'
import type { IncidentCache } from './incident-cache.ts'
import type { TaskViews } from './task-views.ts'

/** Length of the hash that names a phase in a cursor, characters. The phase's words may be personal, so they are not in it. */
const HASH_LENGTH = 12
const PhaseHash = z.string().length(HASH_LENGTH)
/** Where a page ended: the phases read before, the one in which it ended, and the cursor in that. */
const Position = z.tuple([z.array(PhaseHash), PhaseHash, ListCursor])
type Position = z.output<typeof Position>

const hashOf = (phase: string) => hash('sha256', phase).slice(0, HASH_LENGTH)

export type TaskPages = {
  summary(incidentId: string, now: number): TaskSummary
  /** The plans that the tasks come from, with the keys of those of their tasks that are there. */
  plans(incidentId: string): CallOutput<'tasks.plans'>
  page(input: CallInput<'tasks.page'>): Result<CallOutput<'tasks.page'>>
}

/** The pages and counts of an incident's tasks, grouped by phase; a phase stands where its first task does. */
export function createTaskPages(context: ServiceContext, views: TaskViews, kept: IncidentCache): TaskPages {
  const tasks = createEntityList(context.db, TASK_LIST)
  const byPhase = createEntityList(context.db, TASKS_BY_PHASE)
  const byDue = createEntityList(context.db, TASKS_BY_DUE)

  const phasesOf = kept.keep({ own: ['task'] }, (incidentId) => {
    const scope = incidentScope(incidentId)
    return byPhase
      .distinct({ scope, filter: 'phase', is: [] })
      .flatMap((phase) => {
        const [row] = byPhase.page({ scope, filter: 'phase', is: [phase] }, null, 1).rows
        const task = row && TASK.as(seenEntity(row))
        return row && task ? [{ ...task.state, row: row.row }] : []
      })
      .toSorted((a, b) => a.order - b.order || a.createdAt - b.createdAt || a.row - b.row)
      .map(({ phase }) => phase)
  })

  const progressOf = kept.keep({ own: ['task'] }, (incidentId) => {
    const counts = byPhase.countBy({ scope: incidentScope(incidentId), filter: 'progress', is: [] })
    return phasesOf(incidentId).map((phase) => {
      const count = (...states: readonly TaskProgress[]) =>
        counts.reduce((sum, one) => (one.values[0] === phase && states.some((state) => state === one.values[1]) ? sum + one.count : sum), 0)
      return {
        phase,
        done: count('done'),
        counted: count('todo', 'doing', 'done'),
        open: count('todo', 'doing'),
        all: count(...TASK_STATES),
      }
    })
  })

  /** This member's tasks; for a commander also those that have neither an owner nor a department. */
  function ownersHere(): string[] {
    const memberId = context.store.meta.read('memberId')
    const me = memberId === null ? undefined : MEMBER.read(context.store, memberId)
    return me ? [...ownerKeys({ ...me.state, id: me.id }), ...(me.state.role === 'commander' ? [NO_OWNER] : [])] : []
  }

  function queriesOf(scope: string, filter: TaskFilter, phase: string, now: number): ListQuery<keyof typeof TASKS_BY_PHASE.filters>[] {
    switch (filter) {
      case 'all':
        return [{ scope, filter: 'phase', is: [phase] }]
      case 'open':
        return [{ scope, filter: 'openPhase', is: [1, phase] }]
      case 'overdue':
        return [{ scope, filter: 'openPhase', is: [1, phase], below: { column: TASK_DUE, value: now } }]
      case 'mine':
        return ownersHere().map((owner) => ({ scope, filter: 'ownerPhase', is: [1, owner, phase] }))
    }
  }

  function readPage(
    { incidentId, filter, now = Math.floor(context.now() / MINUTE) * MINUTE, limit = TASK_PAGE_SIZE }: CallInput<'tasks.page'>,
    from: Position | null,
  ) {
    const scope = incidentScope(incidentId)
    const [readBefore, current, inCurrent] = from ?? [[], null, []]
    const read = new Set(readBefore)
    // By name, not by number: phases change places while somebody reads on. The one in which the last page ended comes first.
    const phases = phasesOf(incidentId)
      .map((phase) => ({ phase, name: hashOf(phase) }))
      .filter(({ name }) => !read.has(name))
      .toSorted((a, b) => Number(b.name === current) - Number(a.name === current))
    const rows: EntityRow[] = []
    for (const { phase, name } of phases) {
      if (rows.length >= limit) return { rows, next: [[...read], name, []] }
      const after = name === current && inCurrent.length > 0 ? inCurrent : null
      const page = byPhase.page(queriesOf(scope, filter, phase, now), after, limit - rows.length)
      rows.push(...page.rows)
      if (page.next) return { rows, next: [[...read], name, page.next] }
      read.add(name)
    }
    return { rows, next: null }
  }

  return {
    summary(incidentId: string, now: number): TaskSummary {
      const scope = incidentScope(incidentId)
      const phases = progressOf(incidentId)
      const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0)
      const below = { column: TASK_DUE, value: now }
      return {
        phases: phases.map(({ all: _all, ...progress }) => progress),
        counts: {
          open: sum(phases.map(({ open }) => open)),
          mine: sum(ownersHere().map((owner) => byPhase.count({ scope, filter: 'ownerPhase', is: [1, owner] }))),
          overdue: sum([0, 1].map((blocked) => byDue.count({ scope, filter: 'openDue', is: [1, blocked], below }))),
          all: sum(phases.map(({ all }) => all)),
        },
      }
    },

    plans(incidentId: string): CallOutput<'tasks.plans'> {
      const found = tasks.distinct({ scope: incidentScope(incidentId), filter: 'plan', is: [] }).flatMap((place) => {
        const [planId, key] = String(place).split(PLAN_SEPARATOR)
        return planId !== undefined && key !== undefined ? [{ planId, key }] : []
      })
      return [...Map.groupBy(found, ({ planId }) => planId)].map(([planId, own]) => ({ planId, keys: own.map(({ key }) => key) }))
    },

    page(input: CallInput<'tasks.page'>): Result<CallOutput<'tasks.page'>> {
      const from = input.after ? positionIn(input.after) : null
      if (from === undefined) return fail('bad-input', { detail: 'after' })
      const { rows, next } = readPage(input, from)
      return done({ rows: views.of(input.incidentId, rows), next: next === null ? null : JSON.stringify(next) })
    },
  }
}

/** The position that a cursor names; undefined if it was not made here. */
function positionIn(cursor: string): Position | undefined {
  try {
    return Position.safeParse(JSON.parse(cursor)).data
  } catch {
    return undefined
  }
}
