import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { HOUR } from '../durations.ts'
import { createEntity, writeField, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { Department, Layer } from '../people/assignment.ts'
import { admits } from './admission.ts'
import { MEMBER } from './member-entity.ts'
import { completePosition, isSameName, LATEST_TERM, MemberName, MemberPosition, MemberRole, Vendor, type MemberState } from './member.ts'
import { standingOf } from './standing.ts'

export const MemberJoin = MemberPosition.extend({ name: MemberName })
export const MemberChange = z.strictObject({
  name: MemberName.optional(),
  role: MemberRole.optional(),
  department: Department.nullable().optional(),
  layer: Layer.optional(),
  vendor: Vendor.nullable().optional(),
})
/** `remaining` names a remaining owner; required when an owner is revoked or steps down, so that a team never loses its last owner. */
export const MemberRevoke = z.strictObject({ reason: z.string().trim().min(1).max(500), remaining: LoggedUuid.optional() })
export const MemberRestore = z.strictObject({})
/** Makes the member an owner as well. The previous owner steps down with a separate op. */
export const MemberPassOwnership = z.strictObject({})
export const MemberStepDown = z.strictObject({ remaining: LoggedUuid })
/** Lets the member approve in the actor's role until a time, milliseconds since 1970; a past time ends it. */
export const MemberDelegate = z.strictObject({ as: MemberRole, until: z.int().min(0).max(LATEST_TERM) })

/** The longest delegation, and how many a member may hold. */
const DELEGATION = { hours: 31 * 24, most: 20 } as const

type Member = Entity<MemberState>

const PLACE_FIELDS = ['role', 'department', 'layer', 'vendor'] as const

function isSelf(member: Member, context: DecisionContext): boolean {
  return member.id === context.actorId
}

/**
 * Whether members who rename themselves take the name of another active one, whom they would keep from approving their texts.
 * Owners see to names of two people, or of two accounts of one.
 */
function takesNameOfAnother(context: DecisionContext, member: Member, name: string): boolean {
  if (!isSelf(member, context) || context.actor?.owner || isSameName(member.state.name, name)) return false
  return (context.memberIds?.() ?? []).some((id) => {
    const other = id === member.id ? undefined : MEMBER.read(context, id)?.state
    return other?.status === 'active' && isSameName(other.name, name)
  })
}

/** An owner can lose ownership only if another owner remains, who is named and checked. */
function ownerRemains(context: DecisionContext, member: Member, remaining: string | undefined): Refusal | null {
  if (!member.state.owner) return null
  const other = remaining === undefined || remaining === member.id ? undefined : (MEMBER.read(context, remaining) as Member | undefined)
  return other?.state.owner && standingOf(other.state, context.now) === null ? null : refuse('last-owner')
}

export const MEMBER_OPS = [
  MEMBER.op('member.join', {
    version: 1,
    body: MemberJoin,
    action: 'admission',
    expects: null,
    notifies: null,
    webhook: null,
    decide: ({ actorId, admission }, member, { name: _name, ...place }, op) => {
      if (member) return refuse('already-exists')
      if (op.entity.id !== actorId || !admission) return refuse('not-invited')
      return admits(admission, place) ? null : refuse('invite-differs')
    },
    // The founder's joining is the first record of the team's log; no one can write before it.
    fold: (member, { name, ...place }, applied, op) =>
      member ??
      createEntity<MemberState>(op, {
        name,
        ...completePosition(place),
        joinedAt: applied.recordedAt,
        owner: (applied.seq ?? applied.baseSeq + 1) === 1,
        status: 'active',
        revoked: null,
      }),
  }),
  MEMBER.op('member.change', {
    version: 1,
    body: MemberChange,
    // Only owners may change owners.
    action: (body, member) => {
      if (member?.state.owner) return 'owner.change'
      return PLACE_FIELDS.some((field) => body[field] !== undefined) ? 'member.place' : 'member.rename'
    },
    own: isSelf,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, member, body) => {
      if (!member) return refuse('not-found')
      if (body.name !== undefined && takesNameOfAnother(context, member, body.name)) return refuse('name-taken')
      if (body.vendor && body.vendor.until > LATEST_TERM) return refuse('malformed', { detail: 'vendor.until' })
      // A vendor's membership ends with its period, which could leave the team without an owner; pass ownership on first.
      return member.state.owner && body.vendor ? refuse('not-an-heir') : null
    },
    fold: (member, body, applied) => {
      if (!member) return undefined
      let next: Member = member
      // A new role sets its department and layer unless they are given.
      const change = body.role === undefined ? body : { ...completePosition({ role: body.role }), vendor: undefined, ...body }
      for (const [field, value] of Object.entries(change)) {
        if (value !== undefined) next = writeField(next, field as keyof MemberState & string, value, applied)
      }
      return next
    },
  }),
  MEMBER.op('member.revoke', {
    version: 1,
    body: MemberRevoke,
    action: (_body, member) => (member?.state.owner ? 'owner.change' : 'member.revoke'),
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, member, body) => {
      if (!member) return refuse('not-found')
      if (member.state.status === 'revoked') return refuse('nothing-changes')
      return ownerRemains(context, member, body.remaining)
    },
    fold: (member, body, applied) =>
      member
        ? {
            ...member,
            state: {
              ...member.state,
              owner: false,
              status: 'revoked',
              revoked: { by: applied.actor, at: applied.recordedAt, reason: body.reason },
            },
          }
        : undefined,
  }),
  MEMBER.op('member.restore', {
    version: 1,
    body: MemberRestore,
    action: (_body, member) => (member?.state.owner ? 'owner.change' : 'member.revoke'),
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, member) => {
      if (!member) return refuse('not-found')
      return member.state.status === 'active' ? refuse('nothing-changes') : null
    },
    fold: (member) => (member ? { ...member, state: { ...member.state, status: 'active', revoked: null } } : undefined),
  }),
  MEMBER.op('member.pass-ownership', {
    version: 1,
    body: MemberPassOwnership,
    action: 'owner.change',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, member) => {
      if (!member) return refuse('not-found')
      if (member.state.owner) return refuse('nothing-changes')
      return member.state.status !== 'revoked' && !member.state.vendor ? null : refuse('not-an-heir')
    },
    fold: (member) => (member ? { ...member, state: { ...member.state, owner: true } } : undefined),
  }),
  MEMBER.op('member.step-down', {
    version: 1,
    body: MemberStepDown,
    action: 'owner.change',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, member, body) => {
      if (!member) return refuse('not-found')
      if (member.id !== context.actorId || !member.state.owner) return refuse('nothing-changes')
      return ownerRemains(context, member, body.remaining)
    },
    fold: (member) => (member ? { ...member, state: { ...member.state, owner: false } } : undefined),
  }),
  MEMBER.op('member.delegate', {
    version: 1,
    body: MemberDelegate,
    action: 'wording.delegate',
    expects: null,
    notifies: null,
    webhook: null,
    decide(context, member, { as, until }) {
      if (!member || isSelf(member, context)) return refuse('not-found')
      const { actor, actorId, now } = context
      const held = (member.state.delegated ?? []).some((one) => one.by === actorId && one.as === as && one.until > now)
      if (until <= now) return held ? null : refuse('authority-none')
      if (member.state.vendor || standingOf(member.state, now) !== null) return refuse('not-an-heir')
      // Only the own role is handed on, not one that was lent.
      if (actor?.role !== as) return refuse('not-an-approver', { as })
      return until <= now + DELEGATION.hours * HOUR ? null : refuse('authority-period', { hours: DELEGATION.hours })
    },
    fold: (member, { as, until }, { actor: by, recordedAt: at }) => {
      if (!member) return undefined
      const others = (member.state.delegated ?? []).filter((one) => one.until > at && !(one.by === by && one.as === as))
      const delegated = until > at ? [...others, { by, as, until, at }].slice(-DELEGATION.most) : others
      return { ...member, state: { ...member.state, delegated } }
    },
  }),
]
