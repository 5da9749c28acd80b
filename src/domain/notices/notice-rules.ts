import { findOpType, findEntityRules } from '../features.ts'
import { followersOf, type FollowersState } from '../incidents/followers.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope, isNoticedScope } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { NOTICE_RULES, SubjectKind, type DueNotice, type NoticeMade } from './notice.ts'

/** The inputs of the rules: an op whose body fits its type, its author, and the state before it. */
export type Cause = {
  op: Op
  actor: string
  /** The entity that the op names. */
  before: Entity | undefined
  incident: IncidentState | undefined
  followers: FollowersState | undefined
}

/**
 * Whether an op may cause notices, decided without reading anything: most ops cause none, and the hub should not load
 * followers for them.
 */
export function mayCauseNotices(op: Op): boolean {
  return isNoticedScope(op.scope) && (findOpType(op.type, op.version)?.mayNotify(op) ?? false)
}

/**
 * The notices that an accepted op causes. Pure: the same op on the same state gives the same notices. The actor gets none,
 * and a member gets only one notice per op, by the first matching rule of the list.
 * @param cause an accepted op with the state before it; missing entities cause no notices
 * @returns a notice per recipient; the caller checks whether they may read it
 */
export function noticesOf(cause: Cause): DueNotice[] {
  const { op, actor } = cause
  const incidentId = incidentOfScope(op.scope)
  const type = findOpType(op.type, op.version)
  const kind = SubjectKind.safeParse(op.entity.kind).data
  if (!isNoticedScope(op.scope) || !type || kind === undefined) return []
  const { incident } = cause
  const found = type.notices(op, { state: cause.before?.state, incident, followers: () => followersOf(incident, cause.followers) })
  const due = new Map<string, DueNotice>()
  // A historical incident is no news; only members mentioned in it are notified.
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
 * Whether a notice is still true after its cause was folded: a write that lost against a concurrent one changed nothing, and
 * nobody is notified.
 * @param after the entity that the op names, after the op
 */
export function stillHolds({ recipient, content }: DueNotice, after: Entity | undefined): boolean {
  return findEntityRules(content.subject.kind)?.noticeHolds(after, content.rule, recipient, content.params) ?? true
}

/** Whether an op may notify anybody, or add a member to those notified. */
export function mayReachMembers(op: Op): boolean {
  return mayCauseNotices(op) || addedBy(op).length > 0
}

const addedBy = (op: Op) => findOpType(op.type, op.version)?.adds(op) ?? []

/**
 * All members that an op may notify, or may add to those notified: a superset of the final recipients, whatever else is
 * accepted in the same transaction before the op.
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
