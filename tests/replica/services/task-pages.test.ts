import type { TaskFilter, TaskView } from '#contract/task-api.ts'
import { isOpenTask, isTaskOf, TASK_STATES } from '#domain/tasks/task.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from './open-incident.ts'

const NOW = Date.UTC(2026, 2, 1)
const PHASES = ['预警期', '爆发期', '致电 13876543210', '致电 13876543219']
const FILTERS: readonly TaskFilter[] = ['open', 'mine', 'overdue', 'all']

type Task = { phase: number; owner: string; department: 'pr' | 'legal' | null; due: number | null }
type Act =
  { do: 'add'; task: Task } | { do: 'move'; which: number; to: TaskView['progress'] } | { do: 'rename'; which: number; phase: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    task: fc.record({
      phase: fc.nat(PHASES.length - 1),
      owner: fc.constantFrom('', '林舟', '赵敏'),
      department: fc.constantFrom('pr' as const, 'legal' as const, null),
      due: fc.option(fc.integer({ min: -5, max: 5 })),
    }),
  }),
  fc.record({ do: fc.constant('move' as const), which: fc.nat(40), to: fc.constantFrom(...TASK_STATES) }),
  fc.record({ do: fc.constant('rename' as const), which: fc.nat(40), phase: fc.nat(PHASES.length - 1) }),
)

async function openTasks() {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  const { me } = await done(handlers['workspace.status']({}))
  if (!me) throw new Error('no member')
  const ids: string[] = []
  const perform = async (one: Act): Promise<void> => {
    const taskId = ids[('which' in one ? one.which : 0) % Math.max(1, ids.length)]
    if (one.do === 'add') {
      const { phase, owner, department, due } = one.task
      const task = { title: `任务 ${ids.length}`, detail: '', phase: PHASES[phase] ?? '', department, owner, checklist: [], blockedBy: [] }
      const dueAt = due === null ? null : NOW + due * 3_600_000
      ids.push((await done(handlers['tasks.create']({ incidentId, task: { ...task, dueAt } }))).id)
    } else if (taskId !== undefined && one.do === 'move') {
      await handlers['tasks.move']({ incidentId, taskId, to: one.to, note: '理由' })
    } else if (taskId !== undefined && one.do === 'rename') {
      await handlers['tasks.revise']({ incidentId, taskId, change: { phase: PHASES[one.phase] ?? '' } })
    }
  }
  const shows: Record<TaskFilter, (task: TaskView) => boolean> = {
    all: () => true,
    open: isOpenTask,
    overdue: (task) => isOpenTask(task) && task.dueAt !== null && task.dueAt < NOW,
    mine: (task) => isOpenTask(task) && (isTaskOf(task, me) || (me.role === 'commander' && task.owner === '' && task.department === null)),
  }
  /** The whole list, grouped and filtered here. */
  const plainly = async (filter: TaskFilter): Promise<string[]> => {
    const all = await done(handlers['tasks.list']({ incidentId }))
    const phaseOf = new Map(all.map((task) => [task.id, task.phase]))
    return [...Map.groupBy(all, ({ id }) => phaseOf.get(id)).values()].flat().flatMap((task) => (shows[filter](task) ? [task.id] : []))
  }
  const page = (filter: TaskFilter, after: string | null, limit: number) =>
    done(handlers['tasks.page']({ incidentId, filter, now: NOW, after, limit }))
  return { handlers, incidentId, ids, perform, plainly, page, shows }
}

test('the pages of every filter joined are the whole list by phase, and the counts are those of the list', async () => {
  const at = await openTasks()
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), fc.integer({ min: 1, max: 6 }), async (acts, limit) => {
      for (const one of acts) await at.perform(one)
      const { counts, phases } = await done(at.handlers['tasks.summary']({ incidentId: at.incidentId, now: NOW }))
      const all = await done(at.handlers['tasks.list']({ incidentId: at.incidentId }))
      for (const filter of FILTERS) {
        const joined: string[] = []
        let after: string | null = null
        do {
          const page: Awaited<ReturnType<typeof at.page>> = await at.page(filter, after, limit)
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          joined.push(...page.rows.map(({ id }) => id))
          after = page.next
        } while (after !== null)
        const expected = await at.plainly(filter)
        expect(joined.toSorted()).toEqual(expected.toSorted())
        // Phases that differ only behind the mask are one phase in the list that is grouped here.
        const told = new Set(all.flatMap(({ id, phase }) => (phase.startsWith('致电') ? [] : [id])))
        expect(joined.filter((id) => told.has(id))).toEqual(expected.filter((id) => told.has(id)))
        expect(counts[filter]).toBe(joined.length)
      }
      const counted = all.filter((task) => task.progress !== 'dropped')
      expect(phases.reduce((sum, phase) => sum + phase.counted, 0)).toBe(counted.length)
      expect(phases.reduce((sum, phase) => sum + phase.done, 0)).toBe(counted.filter((task) => task.progress === 'done').length)
      expect(phases.reduce((sum, phase) => sum + phase.open, 0)).toBe(all.filter(isOpenTask).length)
    }),
    { numRuns: 20, seed: 20260302 },
  )
  expect(at.ids.length).toBeGreaterThan(15)
})

test('a task that keeps its place is neither skipped nor repeated by changes between two pages', async () => {
  const at = await openTasks()
  const task: Task = { phase: 0, owner: '', department: null, due: null }
  for (let index = 0; index < 24; index += 1) await at.perform({ do: 'add', task: { ...task, phase: index % 2 } })
  const before = await at.plainly('all')
  const seen: string[] = []
  let after: string | null = null
  let change = 0
  do {
    const page: Awaited<ReturnType<typeof at.page>> = await at.page('all', after, 5)
    seen.push(...page.rows.map(({ id }) => id))
    after = page.next
    await at.perform({ do: 'add', task: { ...task, phase: change % 2 } })
    await at.perform({ do: 'move', which: change * 3, to: 'done' })
    change += 1
  } while (after !== null)
  expect(seen.filter((id) => before.includes(id))).toEqual(before)
})

test('phases that change places between two pages are all read', async () => {
  const at = await openTasks()
  const task: Task = { phase: 0, owner: '', department: null, due: null }
  for (const phase of [0, 1, 2, 0, 1, 2]) await at.perform({ do: 'add', task: { ...task, phase } })
  const first = await at.page('all', null, 3)
  expect(first.rows.map(({ phase }) => phase)).toEqual(['预警期', '预警期', '爆发期'])
  // The first task of the third phase becomes that of the second, so that the third one stands last no more.
  const rest: string[] = []
  await at.perform({ do: 'rename', which: 0, phase: 2 })
  for (let after = first.next; after !== null;) {
    const page: Awaited<ReturnType<typeof at.page>> = await at.page('all', after, 2)
    rest.push(...page.rows.map(({ id }) => id))
    after = page.next
  }
  const read = new Set([...first.rows.map(({ id }) => id), ...rest])
  expect(at.ids.filter((id) => !read.has(id))).toEqual([])
})

test('phases stand in the order of their first task, whatever page is read', async () => {
  const at = await openTasks()
  const task: Task = { phase: 1, owner: '', department: null, due: null }
  for (const phase of [1, 0, 1, 0]) await at.perform({ do: 'add', task: { ...task, phase } })
  expect((await at.page('all', null, 3)).rows.map(({ phase }) => phase)).toEqual(['爆发期', '爆发期', '预警期'])
  expect((await done(at.handlers['tasks.summary']({ incidentId: at.incidentId, now: NOW }))).phases).toMatchObject([
    { phase: '爆发期', open: 2 },
    { phase: '预警期', open: 2 },
  ])
})

test('a cursor that was not made here is refused, and a page shows no number that is masked', async () => {
  const at = await openTasks()
  const task: Task = { phase: 2, owner: '', department: null, due: null }
  for (let index = 0; index < 3; index += 1) await at.perform({ do: 'add', task })
  const page = await at.page('all', null, 1)
  expect(JSON.stringify(page)).not.toContain('13876543210')
  expect((await at.page('all', page.next, 5)).rows).toHaveLength(2)
  for (const after of ['x', '[]', '[0,"x",[]]']) {
    expect(await refused(at.handlers['tasks.page']({ incidentId: at.incidentId, filter: 'all', after, limit: 5 }))).toMatchObject({
      code: 'bad-input',
    })
  }
})

test('a plan is there with the keys of its tasks', async () => {
  const { handlers, incidentId } = await openTasks()
  expect(await done(handlers['tasks.plans']({ incidentId }))).toEqual([])
  const plan = (await done(handlers['plans.list']({}))).find((one) => one.content.types.includes('product-problem'))
  const planId = plan?.id ?? ''
  await done(handlers['plans.apply']({ incidentId, planId, language: 'zh-Hans' }))
  const [found] = await done(handlers['tasks.plans']({ incidentId }))
  expect(found).toEqual({ planId, keys: plan?.content.tasks.map(({ key }) => key).toSorted() })
})

test('what waits: due tasks of the member and of their department, none that waits for another, counted beyond the limit', async () => {
  const { handlers, incidentId } = await openTasks()
  await done(handlers['incidents.handOver']({ incidentId, memberId: null, name: '外部指挥', summary: '交接' }))
  const soon = Date.now() + 600_000
  const make = (title: string, more: Partial<Parameters<(typeof handlers)['tasks.create']>[0]['task']>) =>
    done(
      handlers['tasks.create']({
        incidentId,
        task: { title, detail: '', phase: '预警期', department: null, owner: '林舟', dueAt: soon, checklist: [], blockedBy: [], ...more },
      }),
    )
  const first = await make('先做', {})
  await make('后做', { blockedBy: [first.id], dueAt: soon - 1000 })
  await make('别人的', { owner: '赵敏' })
  await make('以后', { dueAt: soon + 86_400_000 })
  await make('不限时', { dueAt: null })
  await make('逾期', { dueAt: soon - 86_400_000 })
  const waiting = async (limit: number) => {
    const { items, total } = await done(handlers['incidents.waiting']({ limit }))
    return { titles: items.flatMap((item) => (item.kind === 'task' ? [item.task.title] : [])), total }
  }
  expect(await waiting(10)).toEqual({ titles: ['逾期', '先做'], total: 2 })
  expect(await waiting(1)).toEqual({ titles: ['逾期'], total: 2 })
  await done(handlers['tasks.move']({ incidentId, taskId: first.id, to: 'done', note: '' }))
  expect(await waiting(10)).toEqual({ titles: ['逾期', '后做'], total: 2 })
})
