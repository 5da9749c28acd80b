import type { OpenPoints } from '#contract/command-api.ts'
import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { draftSummary } from '../../../src/renderer/features/command/hand-over-summary.ts'

const NOW = new Date('2026-11-30T15:00:00').getTime()
const MINUTE = 60_000
/** Returns the requested key with its values instead of a text. */
const t = ((key: string, values?: object) =>
  `${key.split('.').at(-1)}${values ? JSON.stringify(values) : ''}`) as unknown as TFunction<'command'>

const task = (title: string, dueAt: number | null) => ({ id: title, title, dueAt, owner: '' })
const told = (tasks: ReturnType<typeof task>[]) => {
  const text = draftSummary({ clocks: [], tasks, decisions: [], statements: [] } as unknown as OpenPoints, t, NOW, 'zh-Hans')
  return [...text.matchAll(/任务\d+/gu)].map(([title]) => title)
}

test('a hand-over tells what is late and the next five tasks, in the order in which they are due, and counts the rest', () => {
  const tasks = [
    task('任务24', NOW + 24 * MINUTE),
    task('任务14', NOW + 14 * MINUTE),
    task('任务0', null),
    task('任务99', NOW - 9 * MINUTE),
    ...Array.from({ length: 18 }, (_, at) => task(`任务${300 + at}`, NOW + (300 + at) * MINUTE)),
  ]
  expect(told(tasks)).toEqual(['任务99', '任务14', '任务24', '任务300', '任务301', '任务302'])
  expect(draftSummary({ clocks: [], tasks, decisions: [], statements: [] } as unknown as OpenPoints, t, NOW, 'zh-Hans')).toContain(
    'moreTasks{"count":16}',
  )
})

test('everything late is told, however much, and nothing is counted that was told', () => {
  const late = Array.from({ length: 8 }, (_, at) => task(`任务${at}`, NOW - (10 - at) * MINUTE))
  expect(told(late)).toEqual(late.map(({ title }) => title))
  expect(
    draftSummary({ clocks: [], tasks: late, decisions: [], statements: [] } as unknown as OpenPoints, t, NOW, 'zh-Hans'),
  ).not.toContain('moreTasks')
})
