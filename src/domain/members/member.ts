import { z } from 'zod'
import { DEPARTMENTS, Department, Layer } from '../people/assignment.ts'

/**
 * The part a member plays in the rapid-response group: the six departments of OR-01, the commander (OR-07), and the
 * executives who decide (OR-06).
 */
export const MEMBER_ROLES = ['commander', 'call-center', 'pr', 'legal', 'business', 'technical', 'social-media', 'executive'] as const
export const MemberRole = z.enum(MEMBER_ROLES)
export type MemberRole = z.infer<typeof MemberRole>

export const MemberName = z.string().trim().min(1).max(40)

/** An outside vendor and the period of its contract, milliseconds since 1970, `until` not included (000-20: the list changes monthly). */
export const Vendor = z
  .strictObject({ company: z.string().trim().min(1).max(80), from: z.int().min(0), until: z.int().min(0) })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'a period ends after it begins' })
export type Vendor = z.infer<typeof Vendor>

/** The end of the year 2100: no contract lasts longer, and no page can show dates without bounds. */
export const LATEST_TERM = 4_133_980_800_000

/** Where a member stands in the team; an invite fixes it, so that who joins chooses nothing but the name. */
export const MemberPlace = z.strictObject({
  role: MemberRole,
  department: Department.nullable().optional(),
  layer: Layer.optional(),
  vendor: Vendor.nullable().optional(),
})
export type MemberPlace = z.infer<typeof MemberPlace>

export type MemberState = {
  name: string
  role: MemberRole
  joinedAt: number
  department: Department | null
  layer: Layer
  /** Owners look after the team itself: who is in it, its rules, its data. The founder is the first. */
  owner: boolean
  vendor: Vendor | null
  status: 'active' | 'revoked'
  /** Who took the membership away, when and why; null while it stands. */
  revoked: { by: string; at: number; reason: string } | null
}

/** The department that a role belongs to; commander and executives stand above departments. */
export function departmentOfRole(role: MemberRole): Department | null {
  return DEPARTMENTS.find((department) => department === role) ?? null
}

/** The layer of command that a role stands in: executives decide (OR-06), the commander coordinates (OR-07), departments execute (OR-08). */
export function layerOfRole(role: MemberRole): Layer {
  if (role === 'executive') return 'decision'
  return role === 'commander' ? 'coordination' : 'execution'
}

/** A place with everything said that follows from the role. */
export function wholePlace(
  place: MemberPlace,
): Required<MemberPlace> & { department: Department | null; layer: Layer; vendor: Vendor | null } {
  const { role, department, layer, vendor } = place
  return {
    role,
    department: department === undefined ? departmentOfRole(role) : department,
    layer: layer ?? layerOfRole(role),
    vendor: vendor ?? null,
  }
}
