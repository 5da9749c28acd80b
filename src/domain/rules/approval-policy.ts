import { z } from 'zod'
import { IncidentLevel } from '../incidents/incident-level.ts'
import { MemberRole } from '../members/member.ts'

/** Roles that may be keys of an approval. Agents' vendors never are. */
export const APPROVER_ROLES = ['pr', 'legal', 'call-center', 'commander', 'executive'] as const
export const ApproverRole = MemberRole.extract(APPROVER_ROLES)
export type ApproverRole = z.infer<typeof ApproverRole>

/** Who must approve a text: one member per role, all different; in the given order or in parallel (MS-15). */
export const ApprovalPolicy = z
  .strictObject({
    roles: z.array(ApproverRole).min(1).max(APPROVER_ROLES.length),
    inOrder: z.boolean(),
    /** Time for the decision, minutes. */
    dueMinutes: z
      .int()
      .min(1)
      .max(7 * 24 * 60),
  })
  .refine(({ roles }) => new Set(roles).size === roles.length, { path: ['roles'], message: 'a role is named twice' })
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>

const POLICY_KINDS = ['script', 'faq', 'statement', 'notice', 'handover'] as const

/** The team's own policies: by kind of text, by level of the incident, or both; the most specific one applies. `0`: the standing library. */
export const ApprovalPolicies = z
  .array(
    z.strictObject({
      kind: z.enum(POLICY_KINDS).nullable(),
      level: z.union([IncidentLevel, z.literal(0)]).nullable(),
      policy: ApprovalPolicy,
    }),
  )
  .max(40)
export type ApprovalPolicies = z.infer<typeof ApprovalPolicies>

/** PR and legal, in parallel. The time is shorter the more serious the incident is; the standing library has a day. */
const DUE_MINUTES = { 0: 24 * 60, 1: 30, 2: 60, 3: 4 * 60 } as const

/** The policy in force for a text. `level`: that of its incident, 0 for the standing library. */
export function policyFor(
  own: ApprovalPolicies | undefined,
  kind: (typeof POLICY_KINDS)[number],
  level: IncidentLevel | 0,
): ApprovalPolicy {
  const fitting = (own ?? []).filter((one) => (one.kind === null || one.kind === kind) && (one.level === null || one.level === level))
  const weight = (one: ApprovalPolicies[number]) => Number(one.kind !== null) + Number(one.level !== null) * 2
  const [best] = fitting.toSorted((a, b) => weight(b) - weight(a))
  return best?.policy ?? { roles: ['pr', 'legal'], inOrder: false, dueMinutes: DUE_MINUTES[level] }
}
