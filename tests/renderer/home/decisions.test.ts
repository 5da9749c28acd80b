import type { IncidentRisk } from '#contract/command-api.ts'
import type { WallTask, WallView } from '#contract/overview-api.ts'
import { expect, test } from 'vitest'
import { decisionsIn } from '../../../src/renderer/features/home/decisions.ts'

function wall(id: string, tasks: Partial<WallTask>[]): WallView {
  return {
    readAt: 0,
    incident: {
      id,
      title: `事件 ${id}`,
      type: 'product-problem',
      level: 2,
      stage: 'platform-spread',
      status: 'open',
      mode: 'real',
      declaredAt: 0,
      commanderName: '林舟',
      clocks: [],
      pending: false,
    },
    entries: [],
    tasks: tasks.map((task, index) => ({
      id: `${id}${index}`,
      title: `任务 ${index}`,
      layer: 'decision',
      dueAt: null,
      waitsFor: 0,
      holdsUp: 0,
      ...task,
    })),
    composite: null,
    curve: null,
    turningPoints: [],
    newestEntryAt: null,
    newestNumberAt: null,
  }
}

const risk = (incidentId: string, offeredLevel: IncidentRisk['offeredLevel']): IncidentRisk => ({
  incidentId,
  composite: 4,
  suggestedLevel: offeredLevel ?? 2,
  offeredLevel,
  evidence: { factors: 4, known: 4, fresh: 4, newestAt: 0 },
})

test('what is to be decided: levels that are suggested, then what the decision layer can do now, by due over all incidents', () => {
  const views = [
    wall('a', [{ title: '晚', dueAt: 20 }, { title: '执行', layer: 'execution', dueAt: 1 }, { title: '没有时限' }]),
    wall('b', [
      { title: '早', dueAt: 10, holdsUp: 2 },
      { title: '等别的', dueAt: 5, waitsFor: 1 },
    ]),
  ]
  const found = decisionsIn(views, [risk('a', null), risk('b', 1), risk('elsewhere', 1)])
  expect(found.map((one) => (one.kind === 'task' ? one.title : `${one.incidentId} ${one.level}`))).toEqual(['b 1', '早', '晚', '没有时限'])
  expect(decisionsIn([], [risk('a', 1)])).toEqual([])
})
