import { expect, test } from 'vitest'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import type { CallName, CallOutput } from '#contract/api.ts'
import {
  declareIncident,
  openReadyWorkspace,
  openWorkspaceUnderTest,
  waitForSync,
  type WorkspaceUnderTest,
} from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const PASSWORD = 'drei-kurze-wellen'

/** Polls until the answer is as wanted; the test runner's timeout ends a wait in vain. */
async function until<Name extends CallName>(
  under: WorkspaceUnderTest,
  name: Name,
  input: Parameters<typeof under.value<Name>>[1],
  fits: (value: CallOutput<Name>) => boolean,
): Promise<CallOutput<Name>> {
  for (;;) {
    const answer = await under.call(name, input)
    if (answer.ok && fits(answer.value)) return answer.value
    await new Promise((resolve) => void setTimeout(resolve, 20))
  }
}

async function openTeam(now?: () => number) {
  const host = await openReadyWorkspace(makeTempFolder(), now)
  await host.value('membership.host', { teamName: '清泉应急组', port: 0, login: 'an', password: PASSWORD })
  const { code } = await host.value('team.invite', { role: 'legal', vendor: null, note: '', hours: 24 })
  const folder = makeTempFolder()
  const guest = await openWorkspaceUnderTest(folder, now)
  await guest.value('membership.join', { code, name: '周敏', login: 'zhou', password: PASSWORD, device: '会议室电脑', language: 'zh-Hans' })
  const { me } = await until(guest, 'workspace.status', {}, (status) => status.me !== null && status.sync.connected)
  const guestId = me?.id ?? ''
  await until(host, 'workspace.members', {}, (members) => members.some(({ id }) => id === guestId))
  const incidentId = await declareIncident(host)
  return { host, guest, folder, guestId, incidentId }
}

const unread = (count: number) => (answer: { count: number }) => answer.count === count

test('P12: named, given a task, put into a role and handed the command: told of each with its words, called once on a device, read offline', async () => {
  const { host, guest, folder, guestId, incidentId } = await openTeam()
  const mentions = [{ memberId: guestId, name: '周敏' }]
  const entry = await host.value('timeline.record', { incidentId, kind: 'observation', text: '@周敏 合同里怎么写', mentions })
  expect(entry.mentions).toEqual(mentions)
  await host.value('timeline.comment', { incidentId, entryId: entry.id, text: '@周敏 见第三条', mentions })
  await host.value('timeline.correct', {
    incidentId,
    entryId: entry.id,
    content: { kind: 'observation', text: '@周敏 合同第三条怎么写', happenedAt: entry.happenedAt },
    reason: '补充',
    mentions,
  })
  const task = { title: '审声明', detail: '', phase: '预警', department: null, owner: '周敏', dueAt: null, checklist: [], blockedBy: [] }
  const given = await host.value('tasks.create', { incidentId, task })
  expect(given.ownerId).toBe(guestId)
  await host.value('tasks.revise', { incidentId, taskId: given.id, change: { detail: '今晚' } })
  await host.value('people.assign', { incidentId, layer: 'execution', department: 'legal', name: '周敏', backup: '', duty: '' })
  await host.value('incidents.handOver', { incidentId, memberId: guestId, name: '周敏', summary: '声明待发' })
  await until(guest, 'notices.unread', {}, unread(5))
  const { rows, ...page } = await guest.value('notices.list', {})
  expect(page).toEqual({ page: 0, pages: 1, total: 5, unread: 5 })
  expect(rows.map(({ rule, text, byName }) => [rule, text, byName])).toEqual([
    ['command-given', '', '安'],
    ['role-given', '', '安'],
    ['task-given', '审声明', '安'],
    ['mentioned', '@周敏 见第三条', '安'],
    ['mentioned', '@周敏 合同第三条怎么写', '安'],
  ])
  expect(rows[3]).toMatchObject({ incidentId, subject: { kind: 'entry', id: entry.id }, params: { where: 'comment' } })
  expect((await host.value('notices.list', {})).total).toBe(0)

  // Announced once on this device, however often it is reopened; a role change is not announced.
  expect((await guest.value('notices.takeNew', {})).map(({ rule }) => rule)).toEqual([
    'mentioned',
    'mentioned',
    'task-given',
    'command-given',
  ])
  expect(await guest.value('notices.takeNew', {})).toEqual([])
  await guest.close()
  await host.value('membership.stopHosting', {})
  const again = await openWorkspaceUnderTest(folder)
  expect(await again.value('notices.takeNew', {})).toEqual([])
  expect(await again.value('notices.unread', {})).toEqual({ count: 5 })
  await again.value('notices.read', { ids: [rows[0]?.id ?? ''], read: true })
  expect((await again.value('notices.list', { order: 'unread' })).rows.map(({ read, pending }) => [read, pending])).toEqual([
    ...Array.from({ length: 4 }, () => [false, false]),
    [true, true],
  ])
  const { ids } = await again.value('notices.readAll', { incidentId })
  expect([ids.length, await again.value('notices.unread', {})]).toEqual([4, { count: 0 }])
  await again.value('notices.read', { ids, read: false })
  expect(await again.value('notices.unread', {})).toEqual({ count: 4 })
})

test('whoever is asked to approve a text of the standing library is told of it, without an incident', async () => {
  const { host, guest } = await openTeam()
  const place = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
  const content = { ...EMPTY_CONTENT, title: '退款说明', core: '我们正在核实。' }
  const { id: wordingId } = await host.value('wordings.create', { incidentId: null, place, content })
  await host.value('wordings.save', { incidentId: null, wordingId, note: '', overruled: [], ask: true })
  await until(guest, 'notices.unread', {}, unread(1))
  const { rows } = await guest.value('notices.list', {})
  expect(rows).toMatchObject([
    { rule: 'review-asked', incidentId: null, incidentTitle: null, mode: 'real', text: '退款说明', over: null, params: { wordingId } },
  ])
  expect((await guest.value('notices.takeNew', {})).map(({ rule }) => rule)).toEqual(['review-asked'])
})

test('one follows what one writes in until one says no; what one may not read any more one is not told, not even by number', async () => {
  const { host, guest, guestId, incidentId } = await openTeam()
  await until(guest, 'incidents.list', {}, (list) => list.length === 1)
  expect(await guest.value('following.get', { incidentId })).toMatchObject({ follows: false, followers: [{ name: '安', why: 'place' }] })
  await guest.value('timeline.record', { incidentId, kind: 'observation', text: '已收到投诉函' })
  expect(await guest.value('following.get', { incidentId })).toMatchObject({
    follows: true,
    followers: [{ name: '安' }, { id: guestId, why: 'wrote' }],
  })
  await waitForSync(guest)
  await host.value('incidents.changeLevel', { incidentId, to: 2, reason: '扩散' })
  await until(guest, 'notices.unread', {}, unread(1))
  expect((await guest.value('notices.list', {})).rows).toMatchObject([
    { rule: 'level-changed', params: { from: 1, to: 2 }, subject: { kind: 'incident', id: incidentId } },
  ])
  expect(await guest.value('notices.takeNew', {})).toEqual([])

  expect(await guest.value('following.set', { incidentId, follow: false })).toMatchObject({ follows: false, followers: [{ name: '安' }] })
  await guest.value('timeline.record', { incidentId, kind: 'observation', text: '再记一条' })
  await waitForSync(guest)
  expect(await guest.value('following.get', { incidentId })).toMatchObject({ follows: false })
  const decision = await host.value('timeline.record', {
    incidentId,
    kind: 'decision',
    text: '先不回应',
    decision: { reason: '未核实', decidedBy: '安' },
  })
  await until(guest, 'timeline.entry', { incidentId, entryId: decision.id }, (entry) => entry.kind === 'decision')
  expect(await guest.value('notices.unread', {})).toEqual({ count: 1 })

  const me = (await host.value('workspace.status', {})).me?.id ?? ''
  await host.value('incidents.restrict', { incidentId, members: [me] })
  await until(guest, 'incidents.list', {}, (list) => list.length === 0)
  expect(await guest.value('notices.list', {})).toMatchObject({ total: 0, unread: 0, rows: [] })
  await host.value('incidents.unrestrict', { incidentId })
  await until(guest, 'notices.unread', {}, unread(1))
})

test('P12, EN-03: whoever had the app closed when a clock ran out is told when it opens again, once; what is met since is past', async () => {
  let ahead = 0
  const now = () => Date.now() + ahead
  const { host, guest, folder, incidentId } = await openTeam(now)
  await until(guest, 'incidents.list', {}, (list) => list.length === 1)
  await guest.value('following.set', { incidentId, follow: true })
  await waitForSync(guest)
  await guest.close()
  ahead = 61 * 60_000
  await until(host, 'notices.unread', {}, unread(1))
  const again = await openWorkspaceUnderTest(folder, now)
  await until(again, 'notices.unread', {}, unread(1))
  expect((await again.value('notices.list', {})).rows).toMatchObject([
    { rule: 'clock-due', incidentId, subject: { kind: 'incident', id: incidentId }, params: { clock: 'response' }, over: null },
  ])
  // The app's own alarm sounds instead of the notice.
  expect(await again.value('notices.takeNew', {})).toEqual([])
  const { id: entryId } = await host.value('timeline.record', { incidentId, kind: 'action', text: '已开始处置' })
  await host.value('incidents.meetClock', { incidentId, clock: 'response', entryId })
  await until(again, 'notices.list', {}, ({ rows }) => rows[0]?.over === 'met')
  expect((await again.value('notices.list', {})).total).toBe(1)
})
