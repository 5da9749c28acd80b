import type { IncidentState } from './incident.ts'

/** Why a member follows an incident: by choice, by writing in it, or by being named in a role. */
export const FOLLOW_REASONS = ['chosen', 'wrote', 'named'] as const
export type FollowReason = (typeof FOLLOW_REASONS)[number]

/**
 * The members who follow an incident or have opted out, by member id. Stored in the incident's scope: the hub needs it to
 * notify followers, the room shows it, and members who may not read the incident do not learn about it.
 */
export type FollowersState = { members: Record<string, { follows: boolean; why: FollowReason; at: number }> }

/** Maximum number of stored followers; larger than any team. */
export const MAX_FOLLOWERS = 1000

/** Whether this many more members cannot be listed. */
export function isFull(followers: FollowersState | undefined, more = 1): boolean {
  return Object.keys(followers?.members ?? {}).length + more > MAX_FOLLOWERS
}

/** The followers: members who chose to follow or wrote in it, the author and the commander, except those who opted out. */
export function followersOf(
  incident: Pick<IncidentState, 'declaredBy' | 'commander'> | undefined,
  followers: FollowersState | undefined,
): string[] {
  const said = Object.entries(followers?.members ?? {})
  const byPlace = incident ? [incident.declaredBy, incident.commander] : []
  const away = new Set(said.flatMap(([id, { follows }]) => (follows ? [] : [id])))
  return [...new Set([...byPlace, ...said.flatMap(([id, { follows }]) => (follows ? [id] : []))])].filter((id) => !away.has(id))
}
