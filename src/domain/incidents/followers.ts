import type { IncidentState } from './incident.ts'

/** How somebody came to follow an incident: by choice, by having written in it, or by being named in a role. */
export const FOLLOW_REASONS = ['chosen', 'wrote', 'named'] as const
export type FollowReason = (typeof FOLLOW_REASONS)[number]

/**
 * Who follows an incident, and who no longer wants to, by member id. It stands in the incident's own scope: the hub has to know
 * it to tell the followers, the room shows it, and nobody learns of it who may not read the incident.
 */
export type FollowersState = { members: Record<string, { follows: boolean; why: FollowReason; at: number }> }

/** Who follows: who said so or wrote in it, its author and its commander, all of them until they say that they do not. */
export function followersOf(
  incident: Pick<IncidentState, 'declaredBy' | 'commander'> | undefined,
  followers: FollowersState | undefined,
): string[] {
  const said = Object.entries(followers?.members ?? {})
  const byPlace = incident ? [incident.declaredBy, incident.commander] : []
  const away = new Set(said.flatMap(([id, { follows }]) => (follows ? [] : [id])))
  return [...new Set([...byPlace, ...said.flatMap(([id, { follows }]) => (follows ? [id] : []))])].filter((id) => !away.has(id))
}
