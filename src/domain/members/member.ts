import { z } from 'zod'

/**
 * The part a member plays in the rapid-response group: the six departments of OR-01, the commander (OR-07), and the
 * executives who decide (OR-06).
 */
export const MEMBER_ROLES = ['commander', 'call-center', 'pr', 'legal', 'business', 'technical', 'social-media', 'executive'] as const
export const MemberRole = z.enum(MEMBER_ROLES)
export type MemberRole = z.infer<typeof MemberRole>

export const MemberName = z.string().trim().min(1).max(40)

export type MemberState = { name: string; role: MemberRole; joinedAt: number }
