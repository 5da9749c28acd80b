import { planWords, type PlanContent, type PlanTask } from '#domain/plans/plan.ts'

export const PLAN_PROBLEMS = [
  'title-missing',
  'title-long',
  'purpose-missing',
  'types-missing',
  'hours-backwards',
  'detail-long',
  'item-long',
  'too-many-items',
  'due-unfit',
  'waits-in-ring',
  'too-many-tasks',
] as const
export type PlanProblem = (typeof PLAN_PROBLEMS)[number]

/** The path of a problem: `title`, `types`, `phase.<key>.title`, `task.<key>.due`, … */
export type PlanProblems = ReadonlyMap<string, PlanProblem>

// The limits of an incident's tasks; a plan that exceeds them could not be started.
const TITLE = 200
const PHASE = 60
const ITEM = 300
const ITEMS = 60
const TASKS = 120
const DETAIL = 4000

/** Whether a task waits for itself through others. */
function waitsForItself(key: string, tasks: readonly PlanTask[]): boolean {
  const seen = new Set<string>()
  const open = [...(tasks.find((task) => task.key === key)?.after ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === key) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...(tasks.find((task) => task.key === next)?.after ?? []))
  }
  return false
}

function dueFits(due: PlanTask['due']): boolean {
  if (due === null) return true
  const minutes = 'afterDeclarationMin' in due ? due.afterDeclarationMin : due.minutes
  return Number.isInteger(minutes) && minutes >= 0
}

/** All problems that prevent a draft from being saved, by path. */
export function findPlanProblems(plan: PlanContent, language: 'zh-Hans' | 'en'): PlanProblems {
  const found = new Map<string, PlanProblem>()
  const note = (wrong: boolean, place: string, problem: PlanProblem) => {
    if (wrong && !found.has(place)) found.set(place, problem)
  }
  const say = (words: PlanContent['title']) => planWords(words, language).trim()
  note(say(plan.title) === '', 'title', 'title-missing')
  note(say(plan.title).length > TITLE, 'title', 'title-long')
  note(say(plan.purpose) === '', 'purpose', 'purpose-missing')
  note(plan.types.length === 0, 'types', 'types-missing')
  note(plan.tasks.length > TASKS, 'tasks', 'too-many-tasks')
  for (const phase of plan.phases) {
    const at = `phase.${phase.key}`
    note(say(phase.title) === '', `${at}.title`, 'title-missing')
    note(say(phase.title).length > PHASE, `${at}.title`, 'title-long')
    note(phase.toHour !== null && phase.toHour < (phase.fromHour ?? 0), `${at}.hours`, 'hours-backwards')
  }
  for (const task of plan.tasks) {
    const at = `task.${task.key}`
    note(say(task.title) === '', `${at}.title`, 'title-missing')
    note(say(task.title).length > TITLE, `${at}.title`, 'title-long')
    note(task.detail !== undefined && say(task.detail).length > DETAIL, `${at}.detail`, 'detail-long')
    note(task.checklist.length > ITEMS, `${at}.checklist`, 'too-many-items')
    note(
      task.checklist.some((item) => say(item).length > ITEM),
      `${at}.checklist`,
      'item-long',
    )
    note(!dueFits(task.due), `${at}.due`, 'due-unfit')
    note(waitsForItself(task.key, plan.tasks), `${at}.after`, 'waits-in-ring')
  }
  return found
}
