import type { IncidentRisk } from '#contract/command-api.ts'
import { expect, test } from 'vitest'
import { decisionsIn } from '../../../src/renderer/features/home/decisions.ts'

const DECIDERS = [
  { name: '林舟', memberId: 'lin', layer: 'decision' },
  { name: '许岚', layer: 'coordination' },
] as const

type Task = Parameters<typeof decisionsIn>[2][number]['tasks'][number]

const incident = (id: string) => ({ id, title: `事件 ${id}`, commander: 'chen', commanderPerson: null, commanderName: '陈屿' })

function work(incidentId: string, tasks: Partial<Task>[]) {
  return {
    incidentId,
    people: DECIDERS,
    tasks: tasks.map((task, index): Task => ({
      id: `${incidentId}${index}`,
      title: `任务 ${index}`,
      owner: '林舟',
      department: null,
      dueAt: null,
      blockedBy: [],
      waitingFor: [],
      ...task,
    })),
  }
}

const risk = (incidentId: string, offeredLevel: IncidentRisk['offeredLevel']): IncidentRisk => ({
  incidentId,
  composite: 4,
  suggestedLevel: offeredLevel ?? 2,
  offeredLevel,
  evidence: { factors: 4, known: 4, fresh: 4, newestAt: 0 },
})

const named = (found: ReturnType<typeof decisionsIn>) =>
  found.map((one) => (one.kind === 'level' ? `${one.incidentId} ${one.level}` : one.title))

test('what is to be decided: levels that are suggested, then what the decision layer can do now, by due over all incidents', () => {
  const tasks = [
    work('a', [{ title: '晚', dueAt: 20 }, { title: '执行', owner: '', department: 'pr', dueAt: 1 }, { title: '没有时限' }]),
    work('b', [
      { title: '早', dueAt: 10 },
      { title: '等别的', dueAt: 5, blockedBy: ['b0'], waitingFor: [{ id: 'b0', title: '早' }] },
      { title: '协调', owner: '许岚', dueAt: 1 },
      { title: '指挥的', owner: '陈屿', dueAt: 12 },
    ]),
  ]
  const found = decisionsIn([incident('a'), incident('b')], [risk('a', null), risk('b', 1), risk('elsewhere', 1)], tasks)
  expect(named(found)).toEqual(['b 1', '早', '指挥的', '晚', '没有时限'])
  expect(found.flatMap((one) => (one.kind === 'task' ? [one.holdsUp] : []))).toEqual([1, 0, 0, 0])
  expect(decisionsIn([], [risk('a', 1)], [])).toEqual([])
})

test('a fourth incident counts as well, and one whose tasks were not read still has its suggested level', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const tasks = ['a', 'b', 'c', 'd'].map((id) => work(id, [{ title: `决定 ${id}` }]))
  const found = decisionsIn(ids.map(incident), [risk('d', 2), risk('e', 1)], tasks)
  expect(named(found)).toEqual(['d 2', 'e 1', '决定 a', '决定 b', '决定 c', '决定 d'])
})

test('a task is decided by its owner, not by a namesake: by id where the task and the person have one', () => {
  const tasks = [
    work('a', [
      { title: '林舟的', ownerId: 'lin' },
      { title: '另一个林舟的', ownerId: 'other-lin', department: 'pr' },
      { title: '另一个陈屿的', owner: '陈屿', ownerId: 'other-chen', department: 'pr' },
      { title: '总指挥的', owner: '陈屿（旧名）', ownerId: 'chen' },
    ]),
  ]
  expect(named(decisionsIn([incident('a')], [], tasks))).toEqual(['林舟的', '总指挥的'])
})

test('a text in approval, or released before it, is to be decided before tasks, the first due first', () => {
  const inReview = (dueAt: number) => ({ id: 'r', number: 1, dueAt })
  const wordings = [
    { id: 'w1', title: '审批中', live: null, inReview: inReview(20) },
    { id: 'w2', title: '已放行', live: { unapproved: true } as never, inReview: inReview(10) },
    { id: 'w3', title: '草稿', live: null, inReview: null },
  ]
  const found = decisionsIn([incident('a')], [], [work('a', [{ title: '任务' }])], [{ incidentId: 'a', wordings }])
  expect(found.map(({ kind }) => kind)).toEqual(['unapproved', 'review', 'task'])
  expect(named(found)).toEqual(['已放行', '审批中', '任务'])
})
