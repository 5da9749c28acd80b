import { z } from 'zod'
import type { Entity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { INCIDENT } from './incident-entity.ts'
import { RestrictedTo, type GrantedAuthority, type IncidentState } from './incident.ts'

/** The members who may read the incident from now on, by id; author and commander need not be named. */
export const IncidentRestrict = z.strictObject({ members: RestrictedTo })
export const IncidentUnrestrict = z.strictObject({})

type Incident = Entity<IncidentState>

/** The new list of readers replaces reading by authority granted before. */
function withoutReading(authorities: readonly GrantedAuthority[]): GrantedAuthority[] {
  return authorities.map(({ reads: _reads, ...one }) => one)
}

export const INCIDENT_RESTRICT_OPS = [
  INCIDENT.op('incident.restrict', {
    version: 1,
    body: IncidentRestrict,
    action: 'incident.restrict',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, incident, body) => (incident && body.members.every((id) => MEMBER.read(context, id)) ? null : refuse('not-found')),
    fold: (incident, body, applied): Incident | undefined => {
      if (!incident) return undefined
      const { declaredBy, commander } = incident.state
      return {
        ...incident,
        state: {
          ...incident.state,
          restrictedTo: [...new Set([declaredBy, commander, applied.actor, ...body.members])],
          authorities: withoutReading(incident.state.authorities),
        },
      }
    },
  }),
  INCIDENT.op('incident.unrestrict', {
    version: 1,
    body: IncidentUnrestrict,
    action: 'incident.restrict',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, incident) => {
      if (!incident) return refuse('not-found')
      return incident.state.restrictedTo === null ? refuse('nothing-changes') : null
    },
    fold: (incident): Incident | undefined =>
      incident
        ? { ...incident, state: { ...incident.state, restrictedTo: null, authorities: withoutReading(incident.state.authorities) } }
        : undefined,
  }),
]
