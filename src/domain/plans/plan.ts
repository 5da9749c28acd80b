import { z } from 'zod'
import { ClockId } from '../incidents/clocks.ts'
import { IncidentType } from '../incidents/incident.ts'
import { Department } from '../people/assignment.ts'

/** Texts of a plan: in both languages if shipped, in one language if written by a team. */
export const PlanWords = z.union([
  z.string().trim().min(1).max(4000),
  z.strictObject({ 'zh-Hans': z.string().min(1), en: z.string().min(1) }),
])
export type PlanWords = z.infer<typeof PlanWords>

const Key = z.string().regex(/^[a-z0-9-]{1,60}$/)

/** A task of a plan. Its due time is relative: minutes after the declaration, or before a clock runs out. */
export const PlanTask = z.strictObject({
  key: Key,
  phase: Key,
  title: PlanWords,
  detail: PlanWords.optional(),
  department: Department.nullable(),
  due: z
    .union([z.strictObject({ afterDeclarationMin: z.int().min(0) }), z.strictObject({ beforeClock: ClockId, minutes: z.int().min(0) })])
    .nullable(),
  checklist: z.array(PlanWords).max(60),
  after: z.array(Key).max(30),
})
export type PlanTask = z.infer<typeof PlanTask>

/** A plan (预案): what to do, by whom and by when, for one kind of crisis (OR-11, 002-09). */
export const PlanContent = z
  .strictObject({
    title: PlanWords,
    purpose: PlanWords,
    types: z.array(IncidentType).min(1),
    /** Phases in order; hours count from the declaration and are only informative. */
    phases: z
      .array(z.strictObject({ key: Key, title: PlanWords, fromHour: z.number().min(0).nullable(), toHour: z.number().min(0).nullable() }))
      .min(1)
      .max(12),
    tasks: z.array(PlanTask).min(1).max(120),
    source: z.string().max(120),
  })
  .refine((plan) => plan.tasks.every((task) => plan.phases.some((phase) => phase.key === task.phase)), {
    path: ['tasks'],
    message: 'a task names a phase that the plan does not have',
  })
  .refine((plan) => new Set(plan.tasks.map((task) => task.key)).size === plan.tasks.length, {
    path: ['tasks'],
    message: 'two tasks have the same key',
  })
  .refine((plan) => plan.tasks.every((task) => task.after.every((key) => plan.tasks.some((other) => other.key === key))), {
    path: ['tasks'],
    message: 'a task waits for one that the plan does not have',
  })
export type PlanContent = z.infer<typeof PlanContent>

/** A plan as a team stores it: every save is a version, and the version that an incident used is identified by its number. */
export type PlanState = { content: PlanContent; version: number; savedAt: number; savedBy: string; note: string; retired: boolean }

/** The text in a language; a text in a single language is returned for every language. */
export function planWords(words: PlanWords, language: 'zh-Hans' | 'en'): string {
  return typeof words === 'string' ? words : words[language]
}
