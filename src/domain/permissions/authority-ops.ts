import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { HOUR } from '../durations.ts'
import type { Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { MemberRole } from '../members/member.ts'
import { RULES, RULES_ID, hoursOf } from '../rules/team-rules.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import type { GrantedAuthority, IncidentState } from '../incidents/incident.ts'

/**
 * Temporary authority by level during a crisis (OR-12): a member acts in a role, in this incident, until a time in
 * milliseconds since 1970.
 */
export const IncidentGrantAuthority = z.strictObject({
  memberId: LoggedUuid,
  as: MemberRole,
  until: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
})
export const IncidentEndAuthority = z.strictObject({ memberId: LoggedUuid, as: MemberRole })

type Incident = Entity<IncidentState>

const KEPT_AUTHORITIES = 50

function hoursAllowed(context: DecisionContext): number {
  const rules = RULES.read(context, RULES_ID)
  return hoursOf(rules?.state.rules ?? {}, 'authorityHours')
}

function isOf({ memberId, as }: { memberId: string; as: MemberRole }): (one: GrantedAuthority) => boolean {
  return (one) => one.memberId === memberId && one.as === as
}

export const INCIDENT_AUTHORITY_OPS = [
  INCIDENT.op('incident.grant-authority', {
    version: 1,
    body: IncidentGrantAuthority,
    action: 'incident.grant-authority',
    expects: null,
    notifies: {
      may: () => true,
      calls: ({ memberId, as, until }) => [{ to: [memberId], rule: 'authority-given', params: { as, until } }],
    },
    webhook: null,
    decide: (context, incident, body) => {
      const member = MEMBER.read(context, body.memberId)
      if (!incident || !member || member.state.status === 'revoked') return refuse('not-found')
      // A vendor never gets the command, neither lent nor handed over.
      if (member.state.vendor && body.as === 'commander') return refuse('vendor-commands')
      const hours = hoursAllowed(context)
      return body.until > context.now && body.until <= context.now + hours * HOUR ? null : refuse('authority-period', { hours })
    },
    // Ended authority is dropped, because the timeline keeps its history. In a restricted incident authority includes
    // reading until it ends.
    fold: (incident, body, applied): Incident | undefined => {
      if (!incident) return undefined
      const { authorities, restrictedTo } = incident.state
      const others = authorities.filter((one) => one.until > applied.recordedAt && !isOf(body)(one))
      const granted = [
        ...others,
        { ...body, by: applied.actor, at: applied.recordedAt, ...(restrictedTo ? { reads: true as const } : {}) },
      ].slice(-KEPT_AUTHORITIES)
      return { ...incident, state: { ...incident.state, authorities: granted } }
    },
  }),
  INCIDENT.op('incident.end-authority', {
    version: 1,
    body: IncidentEndAuthority,
    action: 'incident.end-authority',
    own: (_incident, context, body) => body.memberId === context.actorId,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, incident, body) => {
      if (!incident) return refuse('not-found')
      return incident.state.authorities.some(isOf(body)) ? null : refuse('authority-none')
    },
    fold: (incident, body): Incident | undefined => {
      if (!incident) return undefined
      const ends = isOf(body)
      return { ...incident, state: { ...incident.state, authorities: incident.state.authorities.filter((one) => !ends(one)) } }
    },
  }),
]
