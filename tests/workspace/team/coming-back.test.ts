import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openHubApart } from './hub-apart.ts'

const PASSWORD = '一只猫走过屋顶 42'

async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (await isSo()) return
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

const comeIn = (workspace: WorkspaceUnderTest, code: string, name: string, login: string, password = PASSWORD) =>
  workspace.call('membership.join', { code, name, login, password, device: `${name}的电脑`, language: 'zh-Hans' })

async function enter(code: string, name: string, login: string): Promise<WorkspaceUnderTest> {
  const workspace = await openWorkspaceUnderTest(makeTempFolder(login, 'quick'))
  const joined = await comeIn(workspace, code, name, login)
  if (!joined.ok) throw new Error(JSON.stringify(joined.failure))
  await until(async () => (await workspace.value('workspace.status', {})).me !== null, `${name} is in`)
  return workspace
}

const phase = async (workspace: WorkspaceUnderTest) => (await workspace.value('workspace.status', {})).phase
const invite = async (workspace: WorkspaceUnderTest, role: 'legal' | 'pr' = 'legal') =>
  (await workspace.value('team.invite', { role, vendor: null, note: '', hours: 24 })).code
const record = (workspace: WorkspaceUnderTest, incidentId: string, text: string) =>
  workspace.value('timeline.record', { incidentId, kind: 'observation', text })
const texts = async (workspace: WorkspaceUnderTest, incidentId: string) =>
  (await workspace.value('timeline.page', { incidentId, filter: { kinds: ['observation'], order: 'happened' }, page: 0 })).rows
    .map((row) => row.text)
    .toSorted()
const sent = (workspace: WorkspaceUnderTest) =>
  until(async () => (await workspace.value('workspace.status', {})).sync.pending === 0, 'nothing waits to be sent')
const lockedOut = (workspace: WorkspaceUnderTest) =>
  until(
    async () => (await workspace.value('workspace.status', {})).locked?.reason === 'session-unknown',
    'the device is told that it is not known',
  )

async function openTeam() {
  const hub = await openHubApart()
  const ann = await enter(await hub.founding(), '安', 'an')
  const incident = await ann.value('incidents.declare', {
    title: '净化器起火',
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
  })
  await sent(ann)
  return { hub, ann, incidentId: incident.id }
}

test('P4: whom a restored hub does not know is told so, and comes in again by a new invite as who they were: what it had confirmed goes back, what waited goes out', async () => {
  const { hub, ann, incidentId } = await openTeam()
  const backup = await hub.backUp()
  const li = await enter(await invite(ann), '李律师', 'li')
  const memberId = (await li.value('workspace.status', {})).me?.id
  await until(async () => (await li.value('incidents.list', {})).length === 1, 'the incident is at 李')
  await record(li, incidentId, '中枢确认过的')
  await sent(li)
  await until(async () => (await texts(ann, incidentId)).length === 1, 'the entry is at 安')

  await hub.stop()
  await record(li, incidentId, '还没送出的')
  await hub.restore(backup)
  await hub.start()
  for (const workspace of [ann, li]) await workspace.value('membership.tryAgain', {})
  await lockedOut(li)
  // The restored hub does not know the login either: a password cannot help, and trying loses nothing.
  const address = (await li.value('workspace.status', {})).locked?.address ?? ''
  expect(
    await li.failure('membership.signIn', {
      address,
      fingerprint: null,
      login: 'li',
      password: PASSWORD,
      device: '李',
      language: 'zh-Hans',
    }),
  ).toBe('sign-in-failed')
  expect((await li.value('workspace.status', {})).locked?.unsent).toBe(1)

  await until(async () => (await ann.value('workspace.status', {})).sync.connected, '安 is in touch')
  const joined = await comeIn(li, await invite(ann), '李律师', 'li')
  expect(joined).toMatchObject({ ok: true, value: { kind: 'joined', login: 'li' } })
  await until(async () => (await phase(li)) === 'ready' && (await li.value('workspace.status', {})).sync.connected, '李 is in again')
  await sent(li)
  const both = ['中枢确认过的', '还没送出的'].toSorted()
  await until(async () => (await texts(ann, incidentId)).length === 2, '安 has both')
  expect([await texts(ann, incidentId), await texts(li, incidentId)]).toEqual([both, both])
  expect(await li.value('workspace.attention', {})).toEqual([])
  const members = await ann.value('workspace.members', {})
  expect(members.find(({ name }) => name === '李律师')).toMatchObject({ id: memberId, role: 'legal' })
  expect(members).toHaveLength(2)
  expect([ann.faults, li.faults]).toEqual([[], []])
})

test('P4: also a hub that was put back by hand, without saying that it is another one, gets what it had confirmed', async () => {
  const { hub, ann } = await openTeam()
  const backup = await hub.backUp()
  const li = await enter(await invite(ann), '李律师', 'li')
  const own = await li.value('incidents.declare', { title: '李自己宣布的', type: 'product-problem', level: 1, stage: 'initial-complaint' })
  await sent(li)
  const epoch = await hub.team.hub.epoch()
  await hub.stop()
  await hub.restore(backup)
  await hub.start()
  await hub.team.hub.database.kysely.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute()
  hub.team.pollExternalWrites()
  await li.value('membership.tryAgain', {})
  await lockedOut(li)
  await ann.value('membership.tryAgain', {})
  await until(async () => (await ann.value('workspace.status', {})).sync.connected, '安 is in touch')
  expect(await comeIn(li, await invite(ann), '李律师', 'li')).toMatchObject({ ok: true })
  await sent(li)
  await until(async () => (await ann.value('incidents.list', {})).some(({ id }) => id === own.id), 'it is at 安 again')
  expect(await li.value('workspace.attention', {})).toEqual([])
})

test('whom the hub knows needs no invite: it says so and keeps it; and nobody takes up the place of a known member', async () => {
  const { hub, ann } = await openTeam()
  const li = await enter(await invite(ann), '李律师', 'li')
  const memberId = (await li.value('workspace.status', {})).me?.id ?? ''
  const code = await invite(ann, 'pr')
  expect(await comeIn(li, code, '李律师', 'li-2')).toMatchObject({ ok: false, failure: { code: 'member-known' } })
  const secret = (JSON.parse(Buffer.from(code.split('.')[1] ?? '', 'base64url').toString()) as { s: string }).s
  expect(
    await hub.team.accounts.useInvite(secret, { name: '冒名', login: 'mao', password: PASSWORD, device: 'x', formerId: memberId }),
  ).toMatchObject({ ok: false, failure: { code: 'member-known' } })
  await expect(enter(code, '吴', 'wu')).resolves.toBeDefined()
  expect((await li.value('workspace.status', {})).me).toMatchObject({ id: memberId, role: 'legal' })
})

test('A6: a device that was signed out comes in by a code that sets a new password, with what waited; a code for somebody else is not used up', async () => {
  const { hub, ann, incidentId } = await openTeam()
  const li = await enter(await invite(ann), '李律师', 'li')
  const wu = await enter(await invite(ann, 'pr'), '吴', 'wu')
  const memberId = (await li.value('workspace.status', {})).me?.id ?? ''
  const wuId = (await wu.value('workspace.status', {})).me?.id ?? ''
  await until(async () => (await li.value('incidents.list', {})).length === 1, 'the incident is at 李')
  await hub.team.accounts.sessions.revoke({ memberId })
  await hub.stop()
  await record(li, incidentId, '还没送出的')
  await hub.start()
  for (const workspace of [ann, li]) await workspace.value('membership.tryAgain', {})
  await until(async () => (await li.value('workspace.status', {})).locked?.reason === 'session-revoked', '李 is signed out')
  expect((await li.value('workspace.status', {})).locked?.unsent).toBe(1)
  await until(async () => (await ann.value('workspace.status', {})).sync.connected, '安 is in touch')
  const forWu = await ann.value('team.resetPassword', { memberId: wuId })
  expect(await comeIn(li, forWu.code, 'wu', 'wu', 'ein-anderes-passwort')).toMatchObject({
    ok: false,
    failure: { code: 'code-of-another' },
  })
  expect(await wu.value('membership.readInvite', { code: forWu.code })).toMatchObject({ kind: 'reset' })
  const mine = await ann.value('team.resetPassword', { memberId })
  expect(await comeIn(li, mine.code, 'li', 'li', 'ein-neues-passwort')).toMatchObject({ ok: true, value: { kind: 'joined' } })
  await until(async () => (await phase(li)) === 'ready', '李 is in again')
  await sent(li)
  await until(async () => (await texts(ann, incidentId)).includes('还没送出的'), 'what waited is at 安')
  expect((await li.value('workspace.status', {})).me?.id).toBe(memberId)
  expect(await li.value('workspace.attention', {})).toEqual([])
})
