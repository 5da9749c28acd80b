import { z } from 'zod'

/** The three layers of command: decision (OR-06), coordination (OR-07), execution (OR-08). */
export const LAYERS = ['decision', 'coordination', 'execution'] as const
export const Layer = z.enum(LAYERS)
export type Layer = z.infer<typeof Layer>

/** The six departments of the rapid-response group (OR-01). */
export const DEPARTMENTS = ['call-center', 'pr', 'legal', 'business', 'technical', 'social-media'] as const
export const Department = z.enum(DEPARTMENTS)
export type Department = z.infer<typeof Department>

/** An assignment of a person in an incident. A backup takes over when the first person does not respond. */
export type AssignmentState = {
  layer: Layer
  /** Null for the decision and coordination layers, which are above departments. */
  department: Department | null
  name: string
  backup: string
  /** The members with these names, if they are in the team. */
  memberId?: string | null | undefined
  backupId?: string | null | undefined
  duty: string
  removed: boolean
}
