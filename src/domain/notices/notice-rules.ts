import { findOpType, findEntityRules } from '../features.ts'
import { followersOf, type FollowersState } from '../incidents/followers.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { NOTICE_RULES, SubjectKind, type DueNotice, type NoticeMade } from './notice.ts'

/** What the rules look at: an op whose body fits its type, who said it, and what there was before it. */
export type Cause = {
  op: Op
  actor: string
  /** The entity that the op names. */
  before: Entity | undefined
  incident: IncidentState | undefined
  followers: FollowersState | undefined
}

/**
 * Whether an op may give notices at all, told without reading anything: most ops give none, and the hub shall not look for
 * followers because of them.
 */
export function mayCauseNotices(op: Op): boolean {
  return incidentOfScope(op.scope) !== null && (findOpType(op.type, op.version)?.mayNotify(op) ?? false)
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
  const type = findOpType(op.type, op.version)
  const kind = SubjectKind.safeParse(op.entity.kind).data
  if (incidentId === null || !type || kind === undefined) return []
  const { incident } = cause
  const found = type.notices(op, { state: cause.before?.state, incident, followers: () => followersOf(incident, cause.followers) })
  const due = new Map<string, DueNotice>()
  // What is over is no news; only who is named in it is told.
  const wanted = incident?.mode === 'historical' ? found.filter(({ rule }) => rule === 'mentioned') : found
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
  return findEntityRules(content.subject.kind)?.noticeHolds(after, content.rule, recipient, content.params) ?? true
}

/** Whether an op may tell anybody, or make somebody one of those told. */
export function mayReachMembers(op: Op): boolean {
  return mayCauseNotices(op) || addedBy(op).length > 0
}

const addedBy = (op: Op) => findOpType(op.type, op.version)?.adds(op) ?? []

/**
 * Everybody whom an op may come to tell, or may make one of those told: more than are told in the end, but never fewer,
 * whatever else is accepted between now and then in the same transaction.
 */
export function possibleRecipients(cause: Cause): string[] {
  const { op } = cause
  const added = addedBy(op)
  if (!mayCauseNotices(op)) return [...added]
  const { incident, followers } = cause
  const everybody = [...(incident ? [incident.declaredBy, incident.commander] : []), ...Object.keys(followers?.members ?? {})]
  return [
    ...new Set([
      ...added,
      ...noticesOf({ ...cause, before: undefined, incident: undefined }).map(({ recipient }) => recipient),
      ...everybody,
    ]),
  ]
}
