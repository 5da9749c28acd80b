import { planWords, type PlanContent, type PlanTask } from '#domain/plans/plan.ts'
import type { PlanLanguage } from './plan-language.ts'

export const DIFFERENCE_FIELDS = [
  'title',
  'purpose',
  'types',
  'hours',
  'phase',
  'detail',
  'department',
  'due',
  'checklist',
  'after',
  'order',
] as const
export type DifferenceField = (typeof DIFFERENCE_FIELDS)[number]

export type PlanDifference = {
  kind: 'added' | 'removed' | 'changed'
  what: 'plan' | 'phase' | 'task'
  key: string
  title: string
  fields: { field: DifferenceField; from: string; to: string }[]
}

/** Formats the parts of a task that are not plain text. */
export type PartWords = { department(task: PlanTask): string; due(task: PlanTask): string; types(plan: PlanContent): string }

type Fields = Partial<Record<DifferenceField, string>>

function changedFields(from: Fields, to: Fields): PlanDifference['fields'] {
  return DIFFERENCE_FIELDS.flatMap((field) => {
    const [before, after] = [from[field] ?? '', to[field] ?? '']
    return before === after ? [] : [{ field, from: before, to: after }]
  })
}

function compareParts(what: 'phase' | 'task', from: ReadonlyMap<string, Fields>, to: ReadonlyMap<string, Fields>): PlanDifference[] {
  const removed = [...from].flatMap(([key, fields]): PlanDifference[] =>
    to.has(key) ? [] : [{ kind: 'removed', what, key, title: fields.title ?? '', fields: [] }],
  )
  const others = [...to].flatMap(([key, fields]): PlanDifference[] => {
    const before = from.get(key)
    if (!before) return [{ kind: 'added', what, key, title: fields.title ?? '', fields: [] }]
    const changed = changedFields(before, fields)
    return changed.length === 0 ? [] : [{ kind: 'changed', what, key, title: fields.title ?? '', fields: changed }]
  })
  return [...removed, ...others]
}

/** The differences between two plans in one language: of the plan itself, its phases and its tasks. */
export function comparePlans(from: PlanContent, to: PlanContent, language: PlanLanguage, parts: PartWords): PlanDifference[] {
  const say = (words: PlanContent['title']) => planWords(words, language)
  const ofPlan = (plan: PlanContent): Fields => ({ title: say(plan.title), purpose: say(plan.purpose), types: parts.types(plan) })
  const phases = (plan: PlanContent) =>
    new Map(
      plan.phases.map((phase): [string, Fields] => [
        phase.key,
        { title: say(phase.title), hours: `${phase.fromHour ?? ''}–${phase.toHour ?? ''}` },
      ]),
    )
  const tasks = (plan: PlanContent) =>
    new Map(
      plan.tasks.map((task): [string, Fields] => [
        task.key,
        {
          title: say(task.title),
          phase: say(plan.phases.find((phase) => phase.key === task.phase)?.title ?? task.phase),
          detail: task.detail === undefined ? '' : say(task.detail),
          department: parts.department(task),
          due: parts.due(task),
          checklist: task.checklist.map(say).join('\n'),
          after: task.after.map((key) => say(plan.tasks.find((one) => one.key === key)?.title ?? key)).join('\n'),
        },
      ]),
    )
  const own = changedFields(ofPlan(from), ofPlan(to))
  const fromOrder = from.tasks.filter((task) => to.tasks.some((one) => one.key === task.key))
  const toOrder = to.tasks.filter((task) => from.tasks.some((one) => one.key === task.key))
  if (fromOrder.some((task, index) => task.key !== toOrder[index]?.key))
    own.push({
      field: 'order',
      from: fromOrder.map((task) => say(task.title)).join('\n'),
      to: toOrder.map((task) => say(task.title)).join('\n'),
    })
  return [
    ...(own.length === 0 ? [] : [{ kind: 'changed' as const, what: 'plan' as const, key: '', title: say(to.title), fields: own }]),
    ...compareParts('phase', phases(from), phases(to)),
    ...compareParts('task', tasks(from), tasks(to)),
  ]
}
