import { FOLLOWERS } from '../incidents/followers-entity.ts'
import type { CommandEdge, CommandRead, CommandRefusal, Draft } from './command.ts'
import { incidentScope } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { followersOf, isFull, type FollowReason } from '../incidents/followers.ts'
import { readIncident } from './incident-read.ts'

function followDraft(incidentId: string, memberId: string, why: FollowReason): Draft {
  return { scope: incidentScope(incidentId), kind: 'followers', id: incidentId, type: 'followers.add', body: { memberId, why } }
}

/**
 * The drafts that make a member follow an incident automatically, because they wrote in it or were named in a role. Empty if
 * the member already follows it or has opted out, and when the list is full: the act itself must not be refused for it.
 */
export function autoFollowDrafts(
  read: CommandRead,
  incidentId: string,
  memberIds: readonly (string | null)[],
  why: 'wrote' | 'named',
): Draft[] {
  const followers = read.one(FOLLOWERS, incidentId)?.state
  const known = new Set([...followersOf(readIncident(read, incidentId)?.state, followers), ...Object.keys(followers?.members ?? {})])
  const fresh = [...new Set(memberIds)].flatMap((id) => (id === null || known.has(id) ? [] : [id]))
  return fresh.flatMap((id, index) => (isFull(followers, index + 1) ? [] : [followDraft(incidentId, id, why)]))
}

/** Makes the actor follow or unfollow an incident; no drafts if nothing changes. */
export function setFollowing(
  read: CommandRead,
  { incidentId, follow }: { incidentId: string; follow: boolean },
  { actorId }: CommandEdge,
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  if (!incident) return refuse('not-found')
  const follows = actorId !== null && followersOf(incident.state, read.one(FOLLOWERS, incidentId)?.state).includes(actorId)
  if (follows === follow || actorId === null) return []
  return follow
    ? [followDraft(incidentId, actorId, 'chosen')]
    : [{ scope: incidentScope(incidentId), kind: 'followers', id: incidentId, type: 'followers.leave', body: {} }]
}
