import { z } from 'zod'
import type { BeforeOp, DecisionContext } from '../define-entity.ts'
import type { Applied } from '../log/entity.ts'
import { createEntity, writeField, writeTogether, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { idsOf, Mentions, newlyNamed, type Mention, type NoticeCall } from '../notices/notice.ts'
import { TASK } from './task-entity.ts'
import { isOpenTask, isTaskOf, TaskContent, TaskProgress, type TaskState } from './task.ts'

/** The owner as a member, and the members mentioned in the detail; resolved by the author, so that readers need not guess from names. */
const People = { ownerId: LoggedUuid.nullable().optional(), mentions: Mentions.optional() }

export const TaskCreate = TaskContent.extend({
  ...People,
  plan: z.strictObject({ id: z.string().min(1).max(80), version: z.int().min(1), key: z.string().min(1).max(80) }).optional(),
  order: z.int().min(0).max(100_000),
})
export const TaskRevise = TaskContent.omit({ checklist: true }).partial().extend(People)
/** In version 2 the owner's name and member id are one value: both are given, or neither. */
export const TaskRevise2 = TaskRevise.refine(({ owner, ownerId }) => (owner === undefined) === (ownerId === undefined), {
  error: 'owner and ownerId are given together',
  path: ['owner'],
})
export const TaskMove = z.strictObject({ from: TaskProgress, to: TaskProgress, note: z.string().trim().max(1000) })
export const TaskTick = z.strictObject({ item: z.string().min(1).max(60), done: z.boolean() })

type Task = Entity<TaskState>

function namesSomebody({ ownerId, mentions }: { ownerId?: string | null | undefined; mentions?: Mention[] | undefined }): boolean {
  return mentions !== undefined || (ownerId ?? null) !== null
}

function isThere(task: Task | undefined): Refusal | null {
  return task ? null : refuse('not-found')
}

const isMine = ({ state }: Task, { actor, actorId }: DecisionContext) => actor !== null && isTaskOf(state, { ...actor, id: actorId })

const readTask = (context: DecisionContext, id: string) => TASK.read(context, id) as Task | undefined

/** Whether blocking `id` by `blockers` would create a cycle. */
function findCycle(context: DecisionContext, id: string, blockers: readonly string[]): boolean {
  const seen = new Set<string>()
  const open = [...blockers]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...(readTask(context, next)?.state.blockedBy ?? []))
  }
  return false
}

function badBlockers(context: DecisionContext, id: string, scope: string, blockers: readonly string[]): Refusal | null {
  if (blockers.some((one) => readTask(context, one)?.scope !== scope)) return refuse('not-found')
  return findCycle(context, id, blockers) ? refuse('task-cycle') : null
}

type Revision = z.infer<typeof TaskRevise>

/** What both versions of `task.revise` have in common: all but the fold. */
const REVISES = {
  action: 'task.revise',
  expects: null,
  notifies: {
    may: namesSomebody,
    calls: ({ mentions, ownerId }: Revision, { state }: BeforeOp<TaskState>): readonly NoticeCall[] => [
      { to: newlyNamed(mentions, state?.mentions), rule: 'mentioned', params: { where: 'task' } },
      { to: ownerId === state?.ownerId ? [] : [ownerId], rule: 'task-given' },
    ],
  },
  webhook: null,
  decide: (context: DecisionContext, task: Task | undefined, body: Revision, op: Op) =>
    isThere(task) ?? (body.blockedBy ? badBlockers(context, op.entity.id, op.scope, body.blockedBy) : null),
} as const

function withFields(task: Task, fields: Revision, applied: Applied): Task {
  let next = task
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) next = writeField(next, field as keyof TaskState & string, value, applied)
  }
  return next
}

export const TASK_OPS = [
  TASK.op('task.create', {
    version: 1,
    body: TaskCreate,
    action: 'task.create',
    expects: null,
    notifies: {
      may: namesSomebody,
      calls: ({ mentions, ownerId }) => [
        { to: idsOf(mentions), rule: 'mentioned', params: { where: 'task' } },
        { to: [ownerId], rule: 'task-given' },
      ],
    },
    webhook: 'task.added',
    decide: (context, task, body, op) => (task ? refuse('already-exists') : badBlockers(context, op.entity.id, op.scope, body.blockedBy)),
    fold: (task, body, applied, op) => {
      if (task) return task
      const { plan, checklist, ...content } = body
      return createEntity<TaskState>(op, {
        ...content,
        checklist: checklist.map((item) => ({ ...item, done: false, by: null, at: null })),
        progress: 'todo',
        plan: plan ?? null,
        createdAt: applied.recordedAt,
        createdBy: applied.actor,
        endedAt: null,
        endedBy: null,
        note: '',
      })
    },
  }),
  TASK.op('task.revise', {
    ...REVISES,
    version: 1,
    body: TaskRevise,
    fold: (task, body, applied) => {
      if (!task) return undefined
      // An owner name without a member id means that the owner is not in the team.
      const change = body.owner === undefined || body.ownerId !== undefined || !task.state.ownerId ? body : { ...body, ownerId: null }
      return withFields(task, change, applied)
    },
  }),
  TASK.op('task.revise', {
    ...REVISES,
    version: 2,
    body: TaskRevise2,
    fold: (task, { owner, ownerId, ...rest }, applied) => {
      if (!task) return undefined
      const next = withFields(task, rest, applied)
      if (owner === undefined || ownerId === undefined) return next
      return writeTogether(
        next,
        [
          ['owner', owner],
          ['ownerId', ownerId],
        ],
        applied,
      )
    },
  }),
  TASK.op('task.move', {
    version: 1,
    body: TaskMove,
    action: 'task.move',
    own: isMine,
    expects: { from: 'progress' },
    notifies: null,
    webhook: 'task.moved',
    decide: (context, task, body) => {
      if (!task) return refuse('not-found')
      if (task.state.progress !== body.from) return refuse('changed-meanwhile', { field: 'progress', now: task.state.progress })
      if (body.from === body.to) return refuse('nothing-changes')
      if (body.to !== 'done' && body.to !== 'doing') return null
      const before = task.state.blockedBy.filter((id) => {
        const blocker = readTask(context, id)
        return blocker !== undefined && isOpenTask(blocker.state)
      })
      return before.length > 0 ? refuse('task-blocked', { count: before.length }) : null
    },
    fold: (task, body, applied) => {
      if (!task) return undefined
      const ended = body.to === 'done' || body.to === 'dropped'
      const state = {
        ...task.state,
        progress: body.to,
        note: body.note,
        endedAt: ended ? applied.recordedAt : null,
        endedBy: ended ? applied.actor : null,
      }
      return { ...task, state }
    },
  }),
  TASK.op('task.tick', {
    version: 1,
    body: TaskTick,
    action: 'task.move',
    own: isMine,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, task, body) =>
      isThere(task) ?? (task?.state.checklist.some((item) => item.id === body.item) ? null : refuse('not-found')),
    fold: (task, body, applied) => {
      if (!task) return undefined
      const checklist = task.state.checklist.map((item) =>
        item.id === body.item
          ? { ...item, done: body.done, by: body.done ? applied.actor : null, at: body.done ? applied.recordedAt : null }
          : item,
      )
      return { ...task, state: { ...task.state, checklist } }
    },
  }),
]
