import { z } from 'zod'
import { createEntity, type Entity } from '../log/entity.ts'
import { incidentScope, LoggedUuid } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { FOLLOWERS } from './followers-entity.ts'
import { FOLLOW_REASONS, isFull, MAX_FOLLOWERS, type FollowersState } from './followers.ts'

/** Naming a member in a role also makes that member follow; otherwise members only decide for themselves. */
export const FollowersAdd = z.strictObject({ memberId: LoggedUuid, why: z.enum(FOLLOW_REASONS) })
export const FollowersLeave = z.strictObject({})

type Followers = Entity<FollowersState>

function withMember(followers: Followers, memberId: string, entry: FollowersState['members'][string]): Followers {
  return { ...followers, state: { members: { ...followers.state.members, [memberId]: entry } } }
}

export const FOLLOW_OPS = [
  FOLLOWERS.op('followers.add', {
    version: 1,
    body: FollowersAdd,
    action: (body) => (body.why === 'named' ? 'people.assign' : 'incident.follow'),
    expects: null,
    notifies: null,
    adds: ({ memberId }) => [memberId],
    webhook: null,
    decide: (context, followers, body, op) => {
      if (op.scope !== incidentScope(op.entity.id)) return refuse('wrong-scope')
      if (!MEMBER.read(context, body.memberId)) return refuse('not-found')
      if (body.why !== 'named' && body.memberId !== context.actorId)
        return refuse('not-permitted', { action: 'incident.follow', roles: 'author' })
      const listed = Object.hasOwn(followers?.state.members ?? {}, body.memberId)
      return !listed && isFull(followers?.state) ? refuse('too-many', { limit: MAX_FOLLOWERS }) : null
    },
    fold: (followers, body, applied, op) => {
      const known = followers ?? createEntity<FollowersState>(op, { members: {} })
      // A member's own choice takes precedence over automatic following.
      if (body.why !== 'chosen' && Object.hasOwn(known.state.members, body.memberId)) return known
      return withMember(known, body.memberId, { follows: true, why: body.why, at: applied.recordedAt })
    },
  }),
  FOLLOWERS.op('followers.leave', {
    version: 1,
    body: FollowersLeave,
    action: 'incident.follow',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, _followers, _body, op) => (op.scope === incidentScope(op.entity.id) ? null : refuse('wrong-scope')),
    fold: (followers, _body, applied, op) =>
      withMember(followers ?? createEntity<FollowersState>(op, { members: {} }), applied.actor, {
        follows: false,
        why: 'chosen',
        at: applied.recordedAt,
      }),
  }),
]
