import { shelfOfRoom } from '#client/demo-room.ts'
import { ClockId } from '#domain/incidents/clocks.ts'
import { IncidentType } from '#domain/incidents/incident.ts'
import { Department } from '#domain/people/assignment.ts'
import type { PlanContent } from '#domain/plans/plan.ts'
import { z } from 'zod'

const Words = z.union([z.string(), z.strictObject({ 'zh-Hans': z.string(), en: z.string() })])

/** A plan being edited: the shape of a plan, but possibly with gaps that cannot be saved. */
const DraftContent = z.object({
  title: Words,
  purpose: Words,
  types: z.array(IncidentType),
  phases: z.array(z.object({ key: z.string(), title: Words, fromHour: z.number().nullable(), toHour: z.number().nullable() })),
  tasks: z.array(
    z.object({
      key: z.string(),
      phase: z.string(),
      title: Words,
      detail: Words.optional(),
      department: Department.nullable(),
      due: z.union([z.object({ afterDeclarationMin: z.number() }), z.object({ beforeClock: ClockId, minutes: z.number() })]).nullable(),
      checklist: z.array(Words),
      after: z.array(z.string()),
    }),
  ),
  source: z.string(),
})
const Draft = z.object({ content: DraftContent, note: z.string(), version: z.number() })

/** The plan being edited, the note for its version, and the version that editing started from. */
export type PlanDraft = { content: PlanContent; note: string; version: number }

/** The id under which the draft of a new plan is stored. */
export const NEW_PLAN = 'new'

const keyOf = (planId: string) => `stormroom.plan-draft.${planId}`

/** The unsaved draft of a plan; it survives leaving the page and closing the app. */
export function loadPlanDraft(planId: string): PlanDraft | null {
  try {
    const kept = shelfOfRoom(localStorage).getItem(keyOf(planId))
    // JSON omits undefined, so a parsed draft has the exact shape of a plan.
    return kept === null ? null : ((Draft.safeParse(JSON.parse(kept)).data as PlanDraft | undefined) ?? null)
  } catch {
    // Storage may be denied or hold invalid data: no draft then.
    return null
  }
}

/** Whether a draft of the plan is stored. */
export function hasPlanDraft(planId: string): boolean {
  return loadPlanDraft(planId) !== null
}

/** Stores a draft; null removes it. */
export function keepPlanDraft(planId: string, draft: PlanDraft | null): void {
  try {
    if (draft === null) shelfOfRoom(localStorage).removeItem(keyOf(planId))
    else shelfOfRoom(localStorage).setItem(keyOf(planId), JSON.stringify(draft))
  } catch {
    // Storage full or denied: the text is still on the screen.
  }
}

/** The initial content of a new plan: one phase with one empty task. */
export function emptyPlan(): PlanContent {
  return {
    title: '',
    purpose: '',
    types: [],
    phases: [{ key: 'phase-1', title: '', fromHour: 0, toHour: null }],
    tasks: [{ key: 'task-1', phase: 'phase-1', title: '', department: null, due: null, checklist: [], after: [] }],
    source: '',
  }
}

/** A key for a new part. Keys are never reused, even after a part is removed, because incidents refer to tasks by key. */
export function freeKey(kind: 'phase' | 'task'): string {
  return `${kind}-${crypto.randomUUID().slice(0, 8)}`
}
