import { MemberName, MemberRole, Vendor } from '#domain/members/member.ts'
import { Department, Layer } from '#domain/people/assignment.ts'
import { z } from 'zod'
import { command } from './procedure.ts'
import type { MemberView } from './workspace-api.ts'

const MemberRef = z.strictObject({ memberId: z.uuid() })

/** Who is in the team and as what: ops of the team's log, so they work offline like any other. */
export const memberApi = {
  /** What is left out stays. A new role brings its department and layer along, unless they are said. */
  'members.change': command(
    MemberRef.extend({
      name: MemberName.optional(),
      role: MemberRole.optional(),
      department: Department.nullable().optional(),
      layer: Layer.optional(),
      vendor: Vendor.nullable().optional(),
    }),
  ).returns<MemberView>(),
  /** An owner can be revoked only while another one stays. */
  'members.revoke': command(MemberRef.extend({ reason: z.string().trim().min(1).max(500) })).returns<MemberView>(),
  'members.restore': command(MemberRef, { action: 'member.revoke' }).returns<MemberView>(),
  /** Makes the member an owner; with `stepDown` whoever passes it on is none afterwards. */
  'members.passOwnership': command(MemberRef.extend({ stepDown: z.boolean() }), { action: 'owner.change' }).returns<MemberView>(),
}
