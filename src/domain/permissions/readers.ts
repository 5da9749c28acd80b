import { INCIDENT } from '../incidents/incident-entity.ts'
import type { Entity } from '../log/entity.ts'

/**
 * Who may read the scope of an entity. Only an incident can be restricted; the rest of its scope follows it.
 * @param now milliseconds since 1970, by the clock of the judging side: granted authority ends
 * @returns `everyone` of the team, or the member ids of a restricted incident
 */
export function readersOf(entity: Entity | undefined, now: number): 'everyone' | readonly string[] {
  const named = INCIDENT.as(entity)?.state.restrictedTo ?? 'everyone'
  if (named === 'everyone') return named
  const lent = lentReaders(entity).flatMap(({ memberId, until }) => (now < until ? [memberId] : []))
  return lent.length === 0 ? named : [...named, ...lent]
}

/** Members who read a restricted incident by temporary authority, and until when. */
export function lentReaders(entity: Entity | undefined): { memberId: string; until: number }[] {
  const state = INCIDENT.as(entity)?.state
  const lent = new Map<string, number>()
  for (const { memberId, until, reads } of state?.restrictedTo ? state.authorities : []) {
    if (reads && !state?.restrictedTo?.includes(memberId)) lent.set(memberId, Math.max(until, lent.get(memberId) ?? 0))
  }
  return [...lent].map(([memberId, until]) => ({ memberId, until }))
}
