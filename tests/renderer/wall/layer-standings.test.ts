import type { WallTask } from '#contract/overview-api.ts'
import { expect, test } from 'vitest'
import { layerStandings } from '../../../src/renderer/features/wall/layer-standings.ts'

const task = (id: string, more: Partial<WallTask> = {}): WallTask => ({
  id,
  title: id,
  layer: 'execution',
  dueAt: null,
  waitsFor: 0,
  holdsUp: 0,
  ...more,
})

test('OR-06…OR-08: each layer has its count, what is late, what waits, and first what presses most', () => {
  const tasks = [
    task('no date'),
    task('due', { dueAt: 200 }),
    task('holds others up', { holdsUp: 2 }),
    task('late', { dueAt: 99 }),
    task('late, but waits', { dueAt: 50, waitsFor: 1 }),
    task('decide', { layer: 'decision', dueAt: 100 }),
  ]
  const [decision, coordination, execution] = layerStandings(tasks, 100)
  expect(decision).toMatchObject({ layer: 'decision', open: 1, late: 0, waiting: 0, first: { id: 'decide' } })
  expect(coordination).toEqual({ layer: 'coordination', open: 0, late: 0, waiting: 0, first: null })
  expect(execution).toMatchObject({ open: 5, late: 2, waiting: 1, first: { id: 'late' } })
  const order = (of: WallTask[]) => layerStandings(of, 100)[2]?.first?.id
  expect(order(tasks.filter(({ id }) => id !== 'late'))).toBe('holds others up')
  expect(order(tasks.filter(({ id }) => !['late', 'holds others up'].includes(id)))).toBe('due')
})
