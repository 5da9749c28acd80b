import { MemberName, MemberRole, Vendor } from '#domain/members/member.ts'
import { Department, Layer } from '#domain/people/assignment.ts'
import { z } from 'zod'
import { command } from './procedure.ts'
import type { MemberView } from './workspace-api.ts'

const MemberRef = z.strictObject({ memberId: z.uuid() })

/** The members of the team and their roles. Written as ops of the team's log, so these calls also work offline. */
export const memberApi = {
  /** Omitted fields keep their values. A new role sets its department and layer unless they are given. */
  'members.change': command(
    MemberRef.extend({
      name: MemberName.optional(),
      role: MemberRole.optional(),
      department: Department.nullable().optional(),
      layer: Layer.optional(),
      vendor: Vendor.nullable().optional(),
    }),
  ).returns<MemberView>(),
  /** An owner can be revoked only while another owner remains. */
  'members.revoke': command(MemberRef.extend({ reason: z.string().trim().min(1).max(500) })).returns<MemberView>(),
  'members.restore': command(MemberRef, { action: 'member.revoke' }).returns<MemberView>(),
  /** Makes the member an owner; with `stepDown` the caller stops being one. */
  'members.passOwnership': command(MemberRef.extend({ stepDown: z.boolean() }), { action: 'owner.change' }).returns<MemberView>(),
}
