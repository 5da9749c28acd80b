import { FOLLOWERS } from '#domain/incidents/followers-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { setFollowing } from '#domain/commands/follow-commands.ts'
import { followersOf } from '#domain/incidents/followers.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { FollowingView } from '#contract/notice-api.ts'
import { runCommand } from '../context/run-command.ts'
import { memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

export type FollowingHandlers = Pick<ApiHandlers, 'following.get' | 'following.set'>

function stateOf(context: ServiceContext, incidentId: string) {
  const incident = INCIDENT.read(context.store, incidentId)
  const followers = FOLLOWERS.read(context.store, incidentId)
  return { incident: incident?.state, followers: followers?.state }
}

/** Which incidents the member of this device follows, and who else follows them. */
export function followingService(context: ServiceContext): FollowingHandlers {
  const isPending = pendingIds(context, FOLLOWERS.kind)

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
    'following.set': (input) => {
      if (context.store.meta.read('memberId') === null) return fail('not-set-up')
      const written = runCommand(context, setFollowing, input)
      return written.ok ? view(input.incidentId) : written
    },
  }
}
