import type { PlanContent, PlanWords } from '#domain/plans/plan.ts'

const tidyWords = (words: PlanWords): PlanWords => (typeof words === 'string' ? words.trim() : words)
const isSaid = (words: PlanWords) => typeof words !== 'string' || words !== ''

/** Normalizes a draft for saving: trims texts, removes empty checklist lines and empty details. */
export function tidyPlan(plan: PlanContent): PlanContent {
  return {
    ...plan,
    title: tidyWords(plan.title),
    purpose: tidyWords(plan.purpose),
    phases: plan.phases.map((phase) => ({ ...phase, title: tidyWords(phase.title) })),
    tasks: plan.tasks.map(({ detail, ...task }) => {
      const said = detail === undefined ? '' : tidyWords(detail)
      return {
        ...task,
        title: tidyWords(task.title),
        checklist: task.checklist.map(tidyWords).filter(isSaid),
        ...(isSaid(said) ? { detail: said } : {}),
      }
    }),
  }
}
