import { expect, test } from 'vitest'
import { setFollowing } from '#domain/commands/follow-commands.ts'
import { Uuid } from '#domain/log/ids.ts'
import { commentOnEntry } from '#domain/commands/entry-commands.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, opText } from '#tests/support/log-texts.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { openTwoWays, type TwoWays } from './two-ways.ts'

const TASK = idOf(0x21)
const ENTRY = idOf(0x22)
const path = `/incidents/${INCIDENT}`
const of = { incidentId: INCIDENT }
const AT_ANN = { memberId: Uuid.parse(ANN), name: '安' }
const AT_BEN = { memberId: Uuid.parse(BEN), name: '本' }

/** An incident of 安, with a task and an entry of 安 in it. 本 has written nothing in it yet. */
async function open(): Promise<TwoWays> {
  const ways = await openTwoWays()
  const task = { title: '封存样机', detail: '', phase: '预警期', department: null, owner: '', dueAt: null, blockedBy: [] }
  const texts = [
    declareText(),
    entryText(ENTRY, '首批投诉'),
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

test('an entry is the same by screen and by API: it names who is mentioned, and whoever writes it follows the incident', async () => {
  const { byScreen, byApi } = await open()
  const entry = {
    kind: 'decision' as const,
    text: '先停售，@安 请签',
    happenedAt: TWO_AT_NIGHT - 60_000,
    decision: { decidedBy: '安', reason: '未查清' },
    tags: ['停售'],
    mentions: [AT_ANN],
  }
  const recorded = await byScreen(BEN, (handlers) => handlers['timeline.record']({ ...of, ...entry }))
  expect(recorded).toMatchObject([
    { type: 'entry.record', body: { mentions: [AT_ANN] } },
    { type: 'followers.add', body: { memberId: BEN, why: 'wrote' } },
  ])
  expect(await byApi(BEN, 'POST', `${path}/entries`, entry)).toEqual(recorded)
  // A member who follows already does not follow again.
  const now = { kind: 'action' as const, text: '已停售' }
  const second = await byScreen(BEN, (handlers) => handlers['timeline.record']({ ...of, ...now }))
  expect(second).toMatchObject([{ type: 'entry.record', body: { happenedAt: TWO_AT_NIGHT } }])
  expect(await byApi(BEN, 'POST', `${path}/entries`, now)).toEqual(second)
})

test('a correction is the same by screen and by API', async () => {
  const { byScreen, byApi } = await open()
  const corrected = {
    content: { kind: 'observation' as const, text: '首批投诉 12 条，@本 核对', happenedAt: TWO_AT_NIGHT },
    reason: '数目补上',
    mentions: [AT_BEN],
  }
  const wanted = await byScreen(ANN, (handlers) => handlers['timeline.correct']({ ...of, entryId: ENTRY, ...corrected }))
  expect(await byApi(ANN, 'POST', `${path}/entries/${ENTRY}/corrections`, corrected)).toEqual(wanted)
})

test('a comment, and following, are the same by screen and by a command at the hub', async () => {
  const { byScreen, byCommand } = await open()
  const comment = { ...of, entryId: ENTRY, text: '@安 已核对', mentions: [AT_ANN] }
  const wanted = await byScreen(BEN, (handlers) => handlers['timeline.comment'](comment))
  expect(wanted.map(({ type }) => type)).toEqual(['entry.comment', 'followers.add'])
  expect(await byCommand(BEN, (read, edge) => commentOnEntry(read, { ...comment, commentId: edge.uuid() }, edge))).toEqual(wanted)
  for (const follow of [false, true]) {
    const chosen = await byScreen(BEN, (handlers) => handlers['following.set']({ ...of, follow }))
    expect(chosen).toHaveLength(1)
    expect(await byCommand(BEN, (read, edge) => setFollowing(read, { ...of, follow }, edge))).toEqual(chosen)
  }
})

test('followers are told of what the API writes, and who writes through it is told of what others write next', async () => {
  const { api } = await open()
  const [ann, ben] = [await api.token(ANN), await api.token(BEN)]
  const rules = async (memberId: string) =>
    (await api.team.hub.log.readAfter(memberId, `private:${memberId}`, 0, 10)).map(({ bytes }) => JSON.parse(bytes).body.rule)
  const decided = { kind: 'decision', text: '停售', decision: { decidedBy: '安', reason: '未查清' } }
  expect((await api.call('POST', `${path}/entries`, ben.secret, { kind: 'action', text: '@安 已下架', mentions: [AT_ANN] })).status).toBe(
    201,
  )
  expect(await rules(ANN)).toEqual(['mentioned'])
  expect((await api.call('POST', `${path}/entries`, ann.secret, decided)).status).toBe(201)
  expect(await rules(BEN)).toEqual(['decision'])
})

test('whose entry is refused does not follow by it', async () => {
  const { api } = await open()
  const { secret } = await api.token(BEN)
  const [closed] = await api.team.submit(
    [opText({ type: 'incident.set-status', kind: 'incident', id: INCIDENT, body: { from: 'open', to: 'closed', reason: '完' } })],
    ANN,
    null,
  )
  expect(closed?.outcome.kind).toBe('accepted')
  expect(await api.call('POST', `${path}/entries`, secret, { kind: 'action', text: '下架' })).toMatchObject({
    status: 409,
    body: { code: 'incident-closed' },
  })
  expect(await api.team.hub.log.readEntity('followers', INCIDENT)).toBeUndefined()
})
