import type { PlanContent } from '#domain/plans/plan.ts'
import { useEffect, useState } from 'react'
import { keepPlanDraft, loadPlanDraft, type PlanDraft } from './plan-draft.ts'

export type PlanDraftHold = {
  draft: PlanDraft
  /** Whether it holds anything that the plan it began with does not. */
  dirty: boolean
  edit(change: (content: PlanContent) => PlanContent): void
  setNote(note: string): void
  /** Takes another version as the one that was edited. */
  rebase(version: number): void
  /** Forgets the draft, here and where it is kept. */
  forget(): void
}

/** The draft of a plan: the one that was kept, or the plan as it stands. It is kept with every change. */
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
