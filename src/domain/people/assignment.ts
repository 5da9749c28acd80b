import { z } from 'zod'

/** The three layers of command: decision (OR-06), coordination (OR-07), execution (OR-08). */
export const LAYERS = ['decision', 'coordination', 'execution'] as const
export const Layer = z.enum(LAYERS)
export type Layer = z.infer<typeof Layer>

/** The six departments of the rapid-response group (OR-01). */
export const DEPARTMENTS = ['call-center', 'pr', 'legal', 'business', 'technical', 'social-media'] as const
export const Department = z.enum(DEPARTMENTS)
export type Department = z.infer<typeof Department>

/** Who stands where in an incident. A backup answers when the first does not. */
export type AssignmentState = {
  layer: Layer
  /** Null for the decision and coordination layers, which stand above departments. */
  department: Department | null
  name: string
  backup: string
  /** The members that these names stand for, where they are of the team. */
  memberId?: string | null | undefined
  backupId?: string | null | undefined
  duty: string
  removed: boolean
}
