import type { z } from 'zod'
import type { IncidentGrantAuthority } from '../incidents/authority-ops.ts'
import type { IncidentChangeLevel, IncidentHandOver, IncidentSetStatus } from '../incidents/command-ops.ts'
import type { FollowersAdd } from '../incidents/follow-ops.ts'
import { followersOf, type FollowersState } from '../incidents/followers.ts'
import type { IncidentRevise } from '../incidents/incident-ops.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import type { AssignmentSet } from '../people/assignment-ops.ts'
import type { AssignmentState } from '../people/assignment.ts'
import type { TaskCreate, TaskRevise } from '../tasks/task-ops.ts'
import type { TaskState } from '../tasks/task.ts'
import type { EntryComment, EntryCorrect, EntryRecord } from '../timeline/entry-ops.ts'
import type { EntryState } from '../timeline/entry.ts'
import { NOTICE_RULES, type DueNotice, type Mention, type NoticeMade, type NoticeRule } from './notice.ts'

/** What the rules look at: an op whose body fits its type, who said it, and what there was before it. */
export type Cause = {
  op: Op
  actor: string
  /** The entity that the op names. */
  before: Entity | undefined
  incident: IncidentState | undefined
  followers: FollowersState | undefined
}

type Found = { to: readonly (string | null | undefined)[]; rule: NoticeRule; params?: NoticeMade['params'] }
type Rules = (cause: Cause, followers: () => string[]) => Found[]

const idsOf = (mentions: readonly Mention[] | undefined) => (mentions ?? []).map(({ memberId }) => memberId)

/** Who is named now and was not before: a text that is corrected does not call everybody again. */
function newlyNamed(now: readonly Mention[] | undefined, before: readonly Mention[] | undefined): string[] {
  const known = new Set(idsOf(before))
  return idsOf(now).filter((id) => !known.has(id))
}

const RULES: Record<string, Rules> = {
  'entry.record': ({ op }, followers) => {
    const body = op.body as z.infer<typeof EntryRecord>
    // What an import brings happened long ago, and what the app notes by itself is told by its cause.
    if (body.importId !== undefined || body.kind === 'system') return []
    const told = body.kind === 'decision' || body.kind === 'statement' ? [{ to: followers(), rule: body.kind }] : []
    return [{ to: idsOf(body.mentions), rule: 'mentioned', params: { where: 'entry' } }, ...told]
  },
  'entry.correct': ({ op, before }) => {
    const body = op.body as z.infer<typeof EntryCorrect>
    return [
      {
        to: newlyNamed(body.mentions, (before?.state as EntryState | undefined)?.mentions),
        rule: 'mentioned',
        params: { where: 'correction' },
      },
    ]
  },
  'entry.comment': ({ op }) => {
    const body = op.body as z.infer<typeof EntryComment>
    return [{ to: idsOf(body.mentions), rule: 'mentioned', params: { where: 'comment', comment: body.commentId } }]
  },
  'task.create': ({ op }) => {
    const body = op.body as z.infer<typeof TaskCreate>
    return [
      { to: idsOf(body.mentions), rule: 'mentioned', params: { where: 'task' } },
      { to: [body.ownerId], rule: 'task-given' },
    ]
  },
  'task.revise': ({ op, before }) => {
    const body = op.body as z.infer<typeof TaskRevise>
    const task = before?.state as TaskState | undefined
    return [
      { to: newlyNamed(body.mentions, task?.mentions), rule: 'mentioned', params: { where: 'task' } },
      { to: body.ownerId === task?.ownerId ? [] : [body.ownerId], rule: 'task-given' },
    ]
  },
  'assignment.set': ({ op, before }) => {
    const body = op.body as z.infer<typeof AssignmentSet>
    const state = before?.state as AssignmentState | undefined
    const held = state && !state.removed ? [state.memberId, state.backupId] : []
    const params = { layer: body.layer, ...(body.department === null ? {} : { department: body.department }) }
    return [{ to: [body.memberId, body.backupId].filter((id) => !held.includes(id)), rule: 'role-given', params }]
  },
  'incident.hand-over': ({ op }, followers) => {
    const body = op.body as z.infer<typeof IncidentHandOver>
    return [
      { to: [body.to], rule: 'command-given' },
      { to: followers(), rule: 'commander-changed' },
    ]
  },
  'incident.grant-authority': ({ op }) => {
    const body = op.body as z.infer<typeof IncidentGrantAuthority>
    return [{ to: [body.memberId], rule: 'authority-given', params: { as: body.as, until: body.until } }]
  },
  'incident.change-level': ({ op }, followers) => {
    const { from, to } = op.body as z.infer<typeof IncidentChangeLevel>
    return [{ to: followers(), rule: 'level-changed', params: { from, to } }]
  },
  'incident.set-status': ({ op }, followers) => {
    const { from, to } = op.body as z.infer<typeof IncidentSetStatus>
    return [{ to: followers(), rule: 'status-changed', params: { from, to } }]
  },
  'incident.revise': ({ op, incident }, followers) => {
    const { stage } = op.body as z.infer<typeof IncidentRevise>
    if (stage === undefined || !incident || stage === incident.stage) return []
    return [{ to: followers(), rule: 'stage-changed', params: { from: incident.stage, to: stage } }]
  },
}

/**
 * Whether an op may give notices at all, told without reading anything: most ops give none, and the hub shall not look for
 * followers because of them.
 */
export function mayCauseNotices(op: Op): boolean {
  if (!Object.hasOwn(RULES, op.type) || incidentOfScope(op.scope) === null) return false
  const { body } = op
  const named = ['mentions', 'ownerId', 'memberId', 'backupId'].some((field) => body[field] !== undefined && body[field] !== null)
  if (op.type === 'entry.record') return named || body['kind'] === 'decision' || body['kind'] === 'statement'
  if (op.type === 'incident.revise') return body['stage'] !== undefined
  return named || (op.type.startsWith('incident.') && op.type !== 'incident.grant-authority')
}

/**
 * The notices that an accepted op gives, by whoever it is. Pure: the same op after the same state gives the same. One who
 * caused it gets none, and of several reasons a member gets the first one of the list alone.
 * @param cause an op that was accepted, with its state before; what is not there any more gives nothing
 * @returns a notice per recipient; whether they may read it is for the caller to see
 */
export function noticesOf(cause: Cause): DueNotice[] {
  const { op, actor } = cause
  const incidentId = incidentOfScope(op.scope)
  const rules = Object.hasOwn(RULES, op.type) ? RULES[op.type] : undefined
  if (incidentId === null || !rules) return []
  const found = rules(cause, () => followersOf(cause.incident, cause.followers))
  const kind = op.entity.kind as NoticeMade['subject']['kind']
  const due = new Map<string, DueNotice>()
  // What is over is no news; only who is named in it is told.
  const wanted = cause.incident?.mode === 'historical' ? found.filter(({ rule }) => rule === 'mentioned') : found
  for (const { to, rule, params } of wanted.toSorted((a, b) => NOTICE_RULES.indexOf(a.rule) - NOTICE_RULES.indexOf(b.rule))) {
    for (const recipient of to) {
      if (!recipient || recipient === actor || due.has(recipient)) continue
      due.set(recipient, {
        recipient,
        content: {
          rule,
          incidentId: incidentId as NoticeMade['incidentId'],
          subject: { kind, id: op.entity.id },
          cause: op.opId,
          params: params ?? {},
        },
      })
    }
  }
  return [...due.values()]
}

/**
 * Whether a notice still says what is so once its cause has been folded: a write that lost against a concurrent one has changed
 * nothing, and nobody is told of it.
 * @param after the entity that the op names, after it
 */
export function stillHolds({ recipient, content }: DueNotice, after: Entity | undefined): boolean {
  if (content.rule === 'stage-changed') return (after?.state as IncidentState | undefined)?.stage === content.params['to']
  if (content.rule === 'task-given') return (after?.state as TaskState | undefined)?.ownerId === recipient
  if (content.rule !== 'role-given') return true
  const { memberId, backupId } = (after?.state ?? {}) as Partial<AssignmentState>
  return memberId === recipient || backupId === recipient
}

/**
 * Everybody whom an op may come to tell, or may make one of those told: more than are told in the end, but never fewer,
 * whatever else is accepted between now and then in the same transaction.
 */
export function possibleRecipients(cause: Cause): string[] {
  const { op } = cause
  if (op.type === 'followers.add') return [(op.body as z.infer<typeof FollowersAdd>).memberId]
  if (!mayCauseNotices(op)) return []
  const { incident, followers } = cause
  const everybody = [...(incident ? [incident.declaredBy, incident.commander] : []), ...Object.keys(followers?.members ?? {})]
  return [...new Set([...noticesOf({ ...cause, before: undefined, incident: undefined }).map(({ recipient }) => recipient), ...everybody])]
}
