import { expect, test } from 'vitest'
import { Uuid } from '#domain/log/ids.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, opText } from '#tests/support/log-texts.ts'
import { openTwoWays, type TwoWays } from './two-ways.ts'

const TASK = idOf(0x21)
const path = `/incidents/${INCIDENT}`
const of = { incidentId: INCIDENT }
const AT_BEN = { memberId: Uuid.parse(BEN), name: '本' }

/** An incident of 安's, with a task in it. 本 has written nothing in it yet. */
async function open(): Promise<TwoWays> {
  const ways = await openTwoWays()
  const task = { title: '封存样机', detail: '', phase: '预警期', department: null, owner: '', dueAt: null, blockedBy: [] }
  const texts = [
    declareText(),
    opText({ type: 'task.create', kind: 'task', id: TASK, body: { ...task, checklist: [{ id: '0', text: '贴封条' }], order: 3 } }),
  ]
  const records = await ways.api.team.submit(texts, ANN, null)
  expect(records.map(({ outcome }) => outcome.kind)).toEqual(texts.map(() => 'accepted'))
  return ways
}

const NEW_TASK = { title: '回访首批投诉人', detail: '@本 一起', phase: '爆发期', department: null, dueAt: null, blockedBy: [TASK] }

test('a task given to a member is the same task by screen and by API: it names its owner and who is mentioned', async () => {
  const { byScreen, byApi } = await open()
  const task = { ...NEW_TASK, owner: '本', mentions: [AT_BEN], checklist: ['名单'] }
  const bySc = await byScreen(ANN, (handlers) => handlers['tasks.create']({ ...of, task }))
  expect(bySc).toMatchObject([{ type: 'task.create', body: { ownerId: BEN, mentions: [{ memberId: BEN }], order: 4 } }])
  expect(await byApi(ANN, 'POST', `${path}/tasks`, task)).toEqual(bySc)
})

test('a task given to a department, or to a member by id, is the same by API', async () => {
  const { byScreen, byApi } = await open()
  const forDepartment = { ...NEW_TASK, department: 'legal' as const, owner: '', checklist: [] }
  const wanted = await byScreen(ANN, (handlers) => handlers['tasks.create']({ ...of, task: forDepartment }))
  expect(await byApi(ANN, 'POST', `${path}/tasks`, forDepartment)).toEqual(wanted)
  const byName = await byScreen(ANN, (handlers) => handlers['tasks.create']({ ...of, task: { ...forDepartment, owner: '本' } }))
  const { owner: _owner, ...nobody } = forDepartment
  expect(await byApi(ANN, 'POST', `${path}/tasks`, { ...nobody, ownerId: BEN })).toEqual(byName)
})

test('a task that is moved on is noted alike', async () => {
  const { byScreen, byApi } = await open()
  for (const [to, types] of [
    ['doing', ['task.move']],
    ['done', ['task.move', 'entry.record']],
    ['dropped', ['task.move']],
  ] as const) {
    const moved = await byScreen(ANN, (handlers) => handlers['tasks.move']({ ...of, taskId: TASK, to, note: '改了' }))
    expect(moved.map(({ type }) => type)).toEqual(types)
    expect(await byApi(ANN, 'POST', `${path}/tasks/${TASK}/moves`, { to, note: '改了' })).toEqual(moved)
  }
})

test('whoever is given a task through the API is told, and an owner who is nobody is refused', async () => {
  const { api } = await open()
  const { secret } = await api.token(ANN)
  const given = await api.call('POST', `${path}/tasks`, secret, { title: '回访', ownerId: BEN })
  expect(given.status).toBe(201)
  const [notice] = await api.team.hub.log.readAfter(BEN, `private:${BEN}`, 0, 10)
  expect(JSON.parse(notice?.bytes ?? '{}')).toMatchObject({
    type: 'notice.made',
    body: { rule: 'task-given', subject: { id: given.body['id'] } },
  })
  expect(await api.call('POST', `${path}/tasks`, secret, { title: '回访', ownerId: idOf(0x99) })).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  })
})
