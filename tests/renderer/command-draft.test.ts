import type { OpenPoints } from '#contract/command-api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { expect, test } from 'vitest'
import { byDue } from '../../src/renderer/features/command/by-due.ts'
import { draftSummary } from '../../src/renderer/features/command/hand-over-summary.ts'
import { withFile } from '../../src/renderer/features/timeline/evidence/with-file.ts'
import { wordsIn } from './words-in.ts'

const MINUTE = 60_000
const NOW = Date.parse('2026-03-15T02:00:00')
const task = (title: string, dueIn: number | null): TaskView =>
  ({ title, owner: '', dueAt: dueIn === null ? null : NOW + dueIn * MINUTE }) as TaskView

test('a hand-over names what is overdue first, then the next five by their time, and counts the rest', () => {
  const tasks = [
    task('无期', null),
    task('一小时后', 60),
    ...Array.from({ length: 20 }, (_, index) => task(`任务${index}`, 100 + index)),
    task('刚逾期', -5),
    task('早逾期', -50),
    task('十分钟后', 10),
  ]
  const clock = (id: 'response' | 'handling', dueIn: number) => ({ id, limitMs: 1, dueAt: NOW + dueIn * MINUTE, met: null })
  const open: OpenPoints = { clocks: [clock('handling', 90), clock('response', -3)], tasks, decisions: [], statements: [] }
  const lines = draftSummary(open, wordsIn('zh-Hans'), NOW, 'zh-Hans').split('\n')
  expect(lines.findIndex((line) => line.includes('首次响应'))).toBeLessThan(lines.findIndex((line) => line.includes('24 小时处置')))
  const named = lines.filter((line) => /任务\d|逾期|分钟后|小时后|另有/.test(line) && !line.includes('首次响应'))
  expect(named.map((line) => line.replace(/（.*/, ''))).toEqual([
    '- 早逾期',
    '- 刚逾期',
    '- 十分钟后',
    '- 一小时后',
    '- 任务0',
    '- 任务1',
    '- 任务2',
    '- 另有 18 项',
  ])
})

test('what is due at no time stands last and keeps its order', () => {
  expect(
    byDue([
      { id: 'a', dueAt: null },
      { id: 'b', dueAt: 2 },
      { id: 'c', dueAt: null },
      { id: 'd', dueAt: 1 },
    ]).map(({ id }) => id),
  ).toEqual(['d', 'b', 'a', 'c'])
})

test('the same content under two names is one file with both', () => {
  const file = (hash: string, name: string) => ({ hash, name, size: 1, mime: 'text/plain' })
  const one = withFile([file('a', '通话.txt')], file('a', '通话记录.txt'))
  expect(one.map(({ name }) => name)).toEqual(['通话.txt = 通话记录.txt'])
  expect(withFile(one, file('a', '通话.txt'))).toEqual(one)
  expect(withFile(one, file('b', 'x')).length).toBe(2)
})
