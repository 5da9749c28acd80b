import { MemberRole } from '#domain/members/member.ts'
import { z } from 'zod'
import type { IncidentView } from './incident-api.ts'
import { procedure } from './procedure.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** Who may what in one incident: temporary authority (OR-12), and the named people of a restricted one. */
export const permissionApi = {
  /** `until` in milliseconds since 1970. Granted again, the role's authority gets the new end. */
  'incidents.grantAuthority': procedure(
    IncidentRef.extend({ memberId: z.uuid(), as: MemberRole, until: z.int().min(0), reason: z.string().trim().min(1).max(500) }),
  ).returns<IncidentView>(),
  'incidents.endAuthority': procedure(IncidentRef.extend({ memberId: z.uuid(), as: MemberRole })).returns<IncidentView>(),
  /** Its author and its commander are among the readers without being named. */
  'incidents.restrict': procedure(IncidentRef.extend({ members: z.array(z.uuid()).min(1).max(200) })).returns<IncidentView>(),
  'incidents.unrestrict': procedure(IncidentRef).returns<IncidentView>(),
}
