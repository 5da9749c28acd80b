import type { TaskView } from '#contract/task-api.ts'
import type { Workspace } from '#workspace/workspace.ts'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from './open-incident.ts'

type Content = Parameters<Workspace['handlers']['tasks.create']>[0]['task']

const PLAIN: Content = { title: '', detail: '', phase: '预警期', department: null, owner: '', dueAt: null, checklist: [], blockedBy: [] }

async function openTasks() {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  return {
    handlers,
    incidentId,
    make: (title: string, more: Partial<Content> = {}): Promise<TaskView> =>
      done(handlers['tasks.create']({ incidentId, task: { ...PLAIN, title, ...more } })),
    list: (): Promise<TaskView[]> => done(handlers['tasks.list']({ incidentId })),
    move: (taskId: string, to: TaskView['progress'], note = '') => handlers['tasks.move']({ incidentId, taskId, to, note }),
  }
}

test('OR-11: tasks made by hand stand in the order in which they were made, to do, with their checklist open', async () => {
  const { make, list } = await openTasks()
  await make('封存样机', { department: 'technical', owner: '赵敏', dueAt: 1_800_000_000_000, checklist: ['同批次', '贴封条'] })
  await make('社媒静默')
  const tasks = await list()
  expect(tasks.map((task) => [task.title, task.progress, task.plan])).toEqual([
    ['封存样机', 'todo', null],
    ['社媒静默', 'todo', null],
  ])
  expect(tasks[0]).toMatchObject({ department: 'technical', owner: '赵敏', dueAt: 1_800_000_000_000 })
  expect(tasks[0]?.checklist.map(({ text, done: ticked }) => [text, ticked])).toEqual([
    ['同批次', false],
    ['贴封条', false],
  ])
})

test('OR-11: a task done says who did it and stands in the timeline; reopened, it is to do again', async () => {
  const { handlers, incidentId, make, list, move } = await openTasks()
  const task = await make('联系首位投诉人')
  await done(move(task.id, 'doing'))
  await done(move(task.id, 'done'))
  expect((await list())[0]).toMatchObject({ progress: 'done', endedByName: '林舟', endedAt: expect.any(Number) })
  const page = await done(handlers['timeline.page']({ incidentId, filter: { order: 'happened' }, page: 0 }))
  expect(page.rows.filter((row) => row.event?.code === 'task-done').map((row) => row.event?.params['task'])).toEqual(['联系首位投诉人'])
  await done(move(task.id, 'todo'))
  expect((await list())[0]).toMatchObject({ progress: 'todo', endedAt: null, endedByName: null })
})

test('a dropped task keeps its reason; the same state twice is refused', async () => {
  const { make, list, move } = await openTasks()
  const task = await make('登报致歉')
  await done(move(task.id, 'dropped', '改为线上公告'))
  expect((await list())[0]).toMatchObject({ progress: 'dropped', note: '改为线上公告', endedByName: '林舟' })
  expect(await refused(move(task.id, 'dropped'))).toMatchObject({ code: 'nothing-changes' })
})

test('a task that waits cannot begin until what it waits for is done or dropped, and none may wait for itself', async () => {
  const { handlers, incidentId, make, list, move } = await openTasks()
  const first = await make('查清批次')
  const second = await make('定召回范围', { blockedBy: [first.id] })
  const third = await make('发布召回公告', { blockedBy: [first.id, second.id] })
  expect((await list()).find((task) => task.id === third.id)?.waitingFor.map((one) => one.title)).toEqual(['查清批次', '定召回范围'])
  expect(await refused(move(third.id, 'doing'))).toMatchObject({ code: 'task-blocked', params: { count: 2 } })
  await done(move(first.id, 'done'))
  expect(await refused(move(third.id, 'done'))).toMatchObject({ code: 'task-blocked', params: { count: 1 } })
  expect(await refused(handlers['tasks.revise']({ incidentId, taskId: first.id, change: { blockedBy: [third.id] } }))).toMatchObject({
    code: 'task-cycle',
  })
  await done(move(second.id, 'dropped', '由监管划定'))
  await done(move(third.id, 'doing'))
  expect((await list()).find((task) => task.id === third.id)).toMatchObject({ progress: 'doing', waitingFor: [] })
})

test('C1-06: a checklist is ticked and unticked item by item, with who did it', async () => {
  const { handlers, incidentId, make, list } = await openTasks()
  const task = await make('员工社媒静默', { checklist: ['发通知', '收回执'] })
  const item = task.checklist[1]?.id ?? ''
  await done(handlers['tasks.tick']({ incidentId, taskId: task.id, item, done: true }))
  expect((await list())[0]?.checklist.map((one) => [one.done, one.by !== null])).toEqual([
    [false, false],
    [true, true],
  ])
  await done(handlers['tasks.tick']({ incidentId, taskId: task.id, item, done: false }))
  expect((await list())[0]?.checklist.map((one) => [one.done, one.by])).toEqual([
    [false, null],
    [false, null],
  ])
  expect(await refused(handlers['tasks.tick']({ incidentId, taskId: task.id, item: '没有', done: true }))).toMatchObject({
    code: 'not-found',
  })
})

test('revising changes only what it names; in a closed incident nothing of a task changes', async () => {
  const { handlers, incidentId, make, list, move } = await openTasks()
  const task = await make('起草声明', { owner: '赵敏', department: 'pr' })
  await done(handlers['tasks.revise']({ incidentId, taskId: task.id, change: { owner: '周航', dueAt: 1_800_000_000_000 } }))
  expect((await list())[0]).toMatchObject({ title: '起草声明', department: 'pr', owner: '周航', dueAt: 1_800_000_000_000 })
  await done(handlers['incidents.setStatus']({ incidentId, to: 'closed', reason: '处理完毕' }))
  expect(await refused(move(task.id, 'done'))).toMatchObject({ code: 'incident-closed' })
  expect(await refused(handlers['tasks.revise']({ incidentId, taskId: task.id, change: { owner: '' } }))).toMatchObject({
    code: 'incident-closed',
  })
})

test('an undo restores the owner as the member that was meant, whatever others are called', async () => {
  const { handlers, incidentId, make } = await openTasks()
  const task = await make('封存样机', { owner: '林舟' })
  expect(task.ownerId).toEqual(expect.any(String))
  const revise = (change: Parameters<Workspace['handlers']['tasks.revise']>[0]['change']) =>
    done(handlers['tasks.revise']({ incidentId, taskId: task.id, change }))
  expect(await revise({ owner: '外聘专家' })).toMatchObject({ owner: '外聘专家', ownerId: null })
  await done(handlers['workspace.updateMe']({ name: '林一舟' }))
  expect(await revise({ owner: '林舟', ownerId: task.ownerId ?? null })).toMatchObject({ owner: '林舟', ownerId: task.ownerId })
  expect(
    (await refused(handlers['tasks.revise']({ incidentId, taskId: task.id, change: { owner: '甲', ownerId: incidentId } }))).code,
  ).toBe('not-found')
})
