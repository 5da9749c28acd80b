import type { Department, Layer } from '#domain/people/assignment.ts'

/** A position: a layer, and in the execution layer a department. */
export type Position = { layer: Layer; department: Department | null }
