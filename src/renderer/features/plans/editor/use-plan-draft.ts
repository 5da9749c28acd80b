import type { PlanContent } from '#domain/plans/plan.ts'
import { useEffect, useState } from 'react'
import { keepPlanDraft, loadPlanDraft, type PlanDraft } from './plan-draft.ts'

export type PlanDraftHold = {
  draft: PlanDraft
  /** Whether the draft differs from the plan it started from. */
  dirty: boolean
  edit(change: (content: PlanContent) => PlanContent): void
  setNote(note: string): void
  /** Sets the version that editing is based on. */
  rebase(version: number): void
  /** Discards the draft, here and in storage. */
  forget(): void
}

/** The draft of a plan: the stored one, or else the plan itself. It is stored on every change. */
export function usePlanDraft(planId: string, start: { content: PlanContent; version: number }): PlanDraftHold {
  const [begun] = useState(start)
  const [draft, setDraft] = useState<PlanDraft>(() => loadPlanDraft(planId) ?? { ...start, note: '' })
  const dirty = draft.note !== '' || JSON.stringify(draft.content) !== JSON.stringify(begun.content)
  useEffect(() => keepPlanDraft(planId, dirty ? draft : null), [planId, draft, dirty])
  return {
    draft,
    dirty,
    edit: (change) => setDraft((now) => ({ ...now, content: change(now.content) })),
    setNote: (note) => setDraft((now) => ({ ...now, note })),
    rebase: (version) => setDraft((now) => ({ ...now, version })),
    forget: () => {
      keepPlanDraft(planId, null)
      setDraft({ ...begun, note: '' })
    },
  }
}
