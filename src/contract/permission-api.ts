import { MemberRole } from '#domain/members/member.ts'
import { z } from 'zod'
import type { IncidentView } from './incident-api.ts'
import { command } from './procedure.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** Permissions within one incident: temporary authority (OR-12), and the named members of a restricted incident. */
export const permissionApi = {
  /** `until` in milliseconds since 1970. Granting the same role again replaces the end. */
  'incidents.grantAuthority': command(
    IncidentRef.extend({ memberId: z.uuid(), as: MemberRole, until: z.int().min(0), reason: z.string().trim().min(1).max(500) }),
    { action: 'incident.grant-authority' },
  ).returns<IncidentView>(),
  'incidents.endAuthority': command(IncidentRef.extend({ memberId: z.uuid(), as: MemberRole }), {
    action: 'incident.end-authority',
  }).returns<IncidentView>(),
  /** Author and commander can always read and need not be named. */
  'incidents.restrict': command(IncidentRef.extend({ members: z.array(z.uuid()).min(1).max(200) }), {
    action: 'incident.restrict',
  }).returns<IncidentView>(),
  'incidents.unrestrict': command(IncidentRef, { action: 'incident.restrict' }).returns<IncidentView>(),
}
