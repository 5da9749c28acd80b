import { FOLLOWERS } from '#domain/incidents/followers-entity.ts'
import { followersOf, type FollowReason } from '#domain/incidents/followers.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { FollowingView } from '#contract/notice-api.ts'
import type { Draft } from '../store/replica-store.ts'
import { memberNames, pendingIds, write, type ServiceContext } from '../context/service-context.ts'

export type FollowingHandlers = Pick<ApiHandlers, 'following.get' | 'following.set'>

function stateOf(context: ServiceContext, incidentId: string) {
  const incident = INCIDENT.read(context.store, incidentId)
  const followers = FOLLOWERS.read(context.store, incidentId)
  return { incident: incident?.state, followers: followers?.state }
}

function followDraft(incidentId: string, memberId: string, why: FollowReason): Draft {
  return { scope: incidentScope(incidentId), kind: 'followers', id: incidentId, type: 'followers.add', body: { memberId, why } }
}

/**
 * The ops by which somebody comes to follow an incident unasked: whoever writes in it, or is named in a role. None for who
 * follows it already, or has said that they do not want to.
 */
export function autoFollowDrafts(
  context: ServiceContext,
  incidentId: string,
  memberIds: readonly (string | null)[],
  why: 'wrote' | 'named',
): Draft[] {
  const { incident, followers } = stateOf(context, incidentId)
  const known = new Set([...followersOf(incident, followers), ...Object.keys(followers?.members ?? {})])
  return [...new Set(memberIds)].flatMap((id) => (id === null || known.has(id) ? [] : [followDraft(incidentId, id, why)]))
}

/** The same for the member of this device, who writes. */
export function writerFollows(context: ServiceContext, incidentId: string): Draft[] {
  return autoFollowDrafts(context, incidentId, [context.store.meta.read('memberId')], 'wrote')
}

/** Which incidents the member of this device follows, and who else does. */
export function followingService(context: ServiceContext): FollowingHandlers {
  const isPending = pendingIds(context, 'followers')

  function view(incidentId: string): Result<FollowingView> {
    const { incident, followers } = stateOf(context, incidentId)
    if (!incident) return fail('not-found')
    const names = memberNames(context)
    const ids = followersOf(incident, followers)
    const list = ids.map((id) => ({ id, name: names(id), why: followers?.members[id]?.why ?? ('place' as const) }))
    return done({ follows: ids.includes(context.store.meta.read('memberId') ?? ''), followers: list, pending: isPending(incidentId) })
  }

  return {
    'following.get': ({ incidentId }) => view(incidentId),
    'following.set': ({ incidentId, follow }) => {
      const now = view(incidentId)
      if (!now.ok || now.value.follows === follow) return now
      const me = context.store.meta.read('memberId')
      if (me === null) return fail('not-set-up')
      const leave: Draft = { scope: incidentScope(incidentId), kind: 'followers', id: incidentId, type: 'followers.leave', body: {} }
      const written = write(context, [follow ? followDraft(incidentId, me, 'chosen') : leave])
      return written.ok ? view(incidentId) : written
    },
  }
}
