import type { Entity } from '../log/entity.ts'
import type { DecisionContext } from '../log/op-type.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import type { IncidentState } from './incident.ts'

/** Anyone of the group may work on an incident that is there and open. */
export function incidentOpenFor(_context: DecisionContext, incident: Entity<IncidentState> | undefined): Refusal | null {
  if (!incident) return refuse('not-found')
  return incident.state.status === 'closed' ? refuse('incident-closed') : null
}

/** Only the incident's commander, or a member whose role is commander, may do this. */
export function mayCommand(context: DecisionContext, incident: Entity<IncidentState> | undefined): Refusal | null {
  if (!incident) return refuse('not-found')
  return incident.state.commander === context.actorId || context.actor?.role === 'commander' ? null : refuse('only-commander')
}

/** Corrections belong to who wrote the thing and to the commander. */
export function mayCorrect(context: DecisionContext, author: string): Refusal | null {
  return author === context.actorId || context.actor?.role === 'commander' ? null : refuse('only-author-or-commander')
}
