import type { OpenPoints } from '#contract/board-api.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import type { TFunction } from 'i18next'

const LIMIT = 4000
const TASKS = 20
const DECISIONS = 5

/** The draft of what a new commander is told: clocks that run, tasks that are open, and what was decided last. At most 4,000 characters. */
export function draftSummary({ clocks, tasks, decisions }: OpenPoints, t: TFunction<'command'>, now: number, language: string): string {
  const when = (at: number) => formatMoment(at, now, language)
  const part = (title: string, lines: string[]) => [title, ...(lines.length > 0 ? lines.map((line) => `- ${line}`) : [t('command:summary.none')])].join('\n')
  const clockLines = clocks.map((clock) => t(clock.dueAt < now ? 'command:summary.clockLate' : 'command:summary.clock', { clock: t(`terms:clock.${clock.id}`), when: when(clock.dueAt) }))
  const taskLines = tasks.slice(0, TASKS).map((task) => {
    const more = [task.owner, task.dueAt === null ? '' : t('command:summary.due', { when: when(task.dueAt) })].filter(Boolean)
    return more.length > 0 ? t('command:summary.task', { title: task.title, more: more.join(t('command:summary.comma')) }) : task.title
  })
  if (tasks.length > TASKS) taskLines.push(t('command:summary.moreTasks', { count: tasks.length - TASKS }))
  const decisionLines = decisions.slice(0, DECISIONS).map((one) => `${when(one.happenedAt)} ${one.text.replaceAll(/\s+/g, ' ').slice(0, 160)}`)
  return [
    part(t('command:summary.clocks', { count: clocks.length }), clockLines),
    part(t('command:summary.tasks', { count: tasks.length }), taskLines),
    part(t('command:summary.decisions'), decisionLines),
  ]
    .join('\n')
    .slice(0, LIMIT)
}
