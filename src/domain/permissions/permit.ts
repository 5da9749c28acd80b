import type { IncidentState } from '../incidents/incident.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import type { MemberState } from '../members/member.ts'
import { standingOf } from '../members/standing.ts'
import { rowOf, whoMay, type Action, type Party } from './matrix.ts'

/** The acting member, and the time: milliseconds since 1970 by the clock of the judging side. */
export type Actor = { id: string; state: MemberState; now: number }

export type About = {
  /** The incident in which the action is done. */
  incident?: Pick<IncidentState, 'status' | 'commander' | 'authorities'> | undefined
  /** Whether the target is the actor's own; null if the target does not exist, which the matrix does not decide. */
  own?: boolean | null
}

/**
 * The parties that a member acts as: their own role (or vendor), commander in an incident that they command, and the roles
 * that temporary authority grants there until it ends (OR-12).
 */
export function partiesOf({ id, state, now }: Actor, incident: About['incident'], withLent = true): Set<Party> {
  const parties = new Set<Party>([state.vendor ? 'vendor' : state.role])
  if (!incident) return parties
  if (incident.commander === id) parties.add('commander')
  if (withLent) for (const lent of incident.authorities) if (lent.memberId === id && now < lent.until) parties.add(lent.as)
  return parties
}

/** The roles in which others let a member approve wordings now. Whether these others may is judged with the approval. */
function delegatedRoles({ state, now }: Actor): Party[] {
  return (state.delegated ?? []).flatMap(({ as, until }) => (now < until ? [as] : []))
}

/**
 * The only permission check: reads the matrix for the actor.
 * @returns the refusal, naming who may instead (`params.roles`, comma-separated), or null
 */
export function permit(actor: Actor, action: Action, about: About = {}): Refusal | null {
  const standing = standingOf(actor.state, actor.now)
  if (standing) return standing
  const { who, owner, when, lent, vendors, library } = rowOf(action)
  if (when !== null) {
    if (!about.incident && !library) return refuse('not-found')
    if (about.incident && !when.includes(about.incident.status)) return refuse('incident-closed')
  }
  if (owner && actor.state.owner) return null
  const parties: Iterable<Party> = actor.state.vendor && !vendors ? ['vendor'] : partiesOf(actor, about.incident, lent)
  const held = action === 'wording.approve' && !actor.state.vendor ? [...parties, ...delegatedRoles(actor)] : [...parties]
  const cells = held.map((party) => who[party])
  if (cells.includes('any')) return null
  if (cells.includes('own') && about.own !== false && about.own !== undefined) return null
  return refuse('not-permitted', { action, roles: whoMay(action).join(',') })
}
