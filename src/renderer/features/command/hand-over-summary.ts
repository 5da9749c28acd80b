import type { OpenPoints } from '#contract/command-api.ts'
import { byDue } from './by-due.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import type { TFunction } from 'i18next'

const LIMIT = 4000
/** Maximum number of tasks that are not overdue: the summary is read aloud, so it must be short. */
const NEXT_TASKS = 5
/** Maximum number of overdue tasks. */
const LATE_TASKS = 20
const DECISIONS = 5

/** Drafts the hand-over summary: running clocks, overdue tasks and the next ones, and the latest decisions. At most 4,000 characters. */
export function draftSummary({ clocks, tasks, decisions }: OpenPoints, t: TFunction<'command'>, now: number, language: string): string {
  const when = (at: number) => formatMoment(at, now, language)
  const part = (title: string, lines: string[]) =>
    [title, ...(lines.length > 0 ? lines.map((line) => `- ${line}`) : [t('command:summary.none')])].join('\n')
  const clockLines = clocks
    .toSorted((a, b) => a.dueAt - b.dueAt)
    .map((clock) =>
      t(clock.dueAt < now ? 'command:summary.clockLate' : 'command:summary.clock', {
        clock: t(`terms:clock.${clock.id}`),
        when: when(clock.dueAt),
      }),
    )
  const ordered = byDue(tasks)
  const late = ordered.filter((task) => task.dueAt !== null && task.dueAt < now)
  const named = [...late.slice(0, LATE_TASKS), ...ordered.slice(late.length, late.length + NEXT_TASKS)]
  const taskLines = named.map((task) => {
    const more = [
      task.owner,
      task.dueAt === null ? '' : t(task.dueAt < now ? 'command:summary.taskLate' : 'command:summary.due', { when: when(task.dueAt) }),
    ].filter(Boolean)
    return more.length > 0 ? t('command:summary.task', { title: task.title, more: more.join(t('command:summary.comma')) }) : task.title
  })
  if (tasks.length > named.length) taskLines.push(t('command:summary.moreTasks', { count: tasks.length - named.length }))
  const decisionLines = decisions
    .slice(0, DECISIONS)
    .map((one) => `${when(one.happenedAt)} ${one.text.replaceAll(/\s+/g, ' ').slice(0, 160)}`)
  return [
    part(t('command:summary.clocks', { count: clocks.length }), clockLines),
    part(t('command:summary.tasks', { count: tasks.length }), taskLines),
    part(t('command:summary.decisions'), decisionLines),
  ]
    .join('\n')
    .slice(0, LIMIT)
}
