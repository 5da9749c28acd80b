import { z } from 'zod'
import { DEPARTMENTS, Department, Layer } from '../people/assignment.ts'

/**
 * A member's role in the rapid-response group: the six departments of OR-01, the commander (OR-07), and the executives who
 * decide (OR-06).
 */
export const MEMBER_ROLES = ['commander', 'call-center', 'pr', 'legal', 'business', 'technical', 'social-media', 'executive'] as const
export const MemberRole = z.enum(MEMBER_ROLES)
export type MemberRole = z.infer<typeof MemberRole>

export const MemberName = z.string().trim().min(1).max(40)

/** An outside vendor and its contract period, milliseconds since 1970, `until` exclusive (000-20: the list changes monthly). */
export const Vendor = z
  .strictObject({ company: z.string().trim().min(1).max(80), from: z.int().min(0), until: z.int().min(0) })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'a period ends after it begins' })
export type Vendor = z.infer<typeof Vendor>

/** The end of the year 2100: limits contracts to dates that pages can display. */
export const LATEST_TERM = 4_133_980_800_000

/** A member's place in the team. It is fixed by the invite, so that the person who joins chooses only the name. */
export const MemberPosition = z.strictObject({
  role: MemberRole,
  department: Department.nullable().optional(),
  layer: Layer.optional(),
  vendor: Vendor.nullable().optional(),
})
export type MemberPosition = z.infer<typeof MemberPosition>

export type MemberState = {
  name: string
  role: MemberRole
  joinedAt: number
  department: Department | null
  layer: Layer
  /** Owners manage the team itself: its members, rules and data. The founder is the first owner. */
  owner: boolean
  vendor: Vendor | null
  status: 'active' | 'revoked'
  /** Who revoked the membership, when and why; null while it is active. */
  revoked: { by: string; at: number; reason: string } | null
  /** Who lets this member approve wordings in their role, until a time. Missing: nobody. */
  delegated?: readonly Delegation[]
}

/** A role of an approver that another member holds as well until a time (MS-15), milliseconds since 1970. */
export type Delegation = { by: string; as: MemberRole; until: number; at: number }

/** The department of a role; commander and executives are above departments. */
export function departmentOfRole(role: MemberRole): Department | null {
  return DEPARTMENTS.find((department) => department === role) ?? null
}

/** The command layer of a role: executives decide (OR-06), the commander coordinates (OR-07), departments execute (OR-08). */
export function layerOfRole(role: MemberRole): Layer {
  if (role === 'executive') return 'decision'
  return role === 'commander' ? 'coordination' : 'execution'
}

/** A place with the fields that follow from the role filled in. */
export function completePosition(
  place: MemberPosition,
): Required<MemberPosition> & { department: Department | null; layer: Layer; vendor: Vendor | null } {
  const { role, department, layer, vendor } = place
  return {
    role,
    department: department === undefined ? departmentOfRole(role) : department,
    layer: layer ?? layerOfRole(role),
    vendor: vendor ?? null,
  }
}

const plainName = (name: string) => name.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase()

/** Whether two names read the same. Two accounts of one name are those of one person, who does not approve what they wrote. */
export const isSameName = (one: string, other: string): boolean => plainName(one) === plainName(other)
