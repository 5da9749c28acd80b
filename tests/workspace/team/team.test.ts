import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const PASSWORD = '一只猫走过屋顶 42'

/** Polls until the condition holds; the wait is the test's and no promise of the product. */
async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (await isSo()) return
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

/** 安 commands and hosts her team on this machine. */
async function openHost(now?: () => number): Promise<WorkspaceUnderTest> {
  const host = await openWorkspaceUnderTest(makeTempFolder('host', 'quick'), now)
  await host.value('workspace.setUp', { name: '安', role: 'commander', language: 'zh-Hans' })
  await host.value('membership.host', { teamName: '清风小组', port: 0, login: 'an@example.com', password: PASSWORD })
  return host
}

async function invite(host: WorkspaceUnderTest, role: 'legal' | 'pr' = 'legal'): Promise<string> {
  return (await host.value('team.invite', { role, vendor: null, note: '法务', hours: 24 })).code
}

const joinBy = (guest: WorkspaceUnderTest, code: string, login = 'li@example.com') =>
  guest.call('membership.join', { code, name: '李律师', login, password: PASSWORD, device: '李的电脑', language: 'zh-Hans' })

/** 李, of legal, joins from his own machine. */
async function openGuest(host: WorkspaceUnderTest, now?: () => number): Promise<WorkspaceUnderTest> {
  const guest = await openWorkspaceUnderTest(makeTempFolder('guest', 'quick'), now)
  const joined = await joinBy(guest, await invite(host))
  if (!joined.ok) throw new Error(JSON.stringify(joined.failure))
  await until(async () => (await guest.value('workspace.members', {})).length === 2, 'the guest sees both members')
  return guest
}

const declare = (workspace: WorkspaceUnderTest, title: string, restrictedTo?: string[]) =>
  workspace.value('incidents.declare', {
    title,
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    ...(restrictedTo ? { restrictedTo } : {}),
  })
const titles = async (workspace: WorkspaceUnderTest) => (await workspace.value('incidents.list', {})).map(({ title }) => title).toSorted()
const settled = (workspace: WorkspaceUnderTest) =>
  until(async () => (await workspace.value('workspace.status', {})).sync.pending === 0, 'nothing waits to be sent')

test('one machine hosts the team, another joins with an invite; what either writes is on the other', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  expect(await guest.value('workspace.status', {})).toMatchObject({
    phase: 'ready',
    me: { name: '李律师', role: 'legal', owner: false },
    sync: { connected: true },
  })
  const incident = await declare(host, '净化器起火')
  await until(async () => (await titles(guest)).includes('净化器起火'), 'the incident is at the guest')
  await guest.value('timeline.record', { incidentId: incident.id, kind: 'observation', text: '法务：先不要承认缺陷' })
  await until(
    async () =>
      (await host.value('timeline.page', { incidentId: incident.id, filter: { kinds: ['observation'], order: 'happened' }, page: 0 })).rows
        .length === 1,
    'the entry is at the host',
  )
  expect([host.faults, guest.faults]).toEqual([[], []])
})

test('an invite works once, says what it is before it is used, and a wrong, withdrawn or expired one is told as what it is', async () => {
  let time = Date.now()
  const host = await openHost(() => time)
  const guest = await openWorkspaceUnderTest(makeTempFolder('guest', 'quick'), () => time)
  const code = await invite(host)
  expect(await guest.value('membership.readInvite', { code: `请用这个加入：\n${code}\n谢谢` })).toMatchObject({
    teamName: '清风小组',
    role: 'legal',
    kind: 'invite',
  })
  expect(await guest.failure('membership.readInvite', { code: '没有邀请码' })).toBe('invite-malformed')
  const withdrawn = await host.value('team.invite', { role: 'pr', vendor: null, note: '', hours: 1 })
  await host.value('team.withdrawInvite', { id: withdrawn.id })
  expect(await guest.failure('membership.readInvite', { code: withdrawn.code })).toBe('invite-withdrawn')
  const expiring = await host.value('team.invite', { role: 'pr', vendor: null, note: '', hours: 1 })
  time += 3_600_001
  expect(await guest.failure('membership.readInvite', { code: expiring.code })).toBe('invite-expired')
  expect((await joinBy(guest, code)).ok).toBe(true)
  const other = await openWorkspaceUnderTest(makeTempFolder('other', 'quick'), () => time)
  expect(await joinBy(other, code, 'wu@example.com')).toMatchObject({ ok: false, failure: { code: 'invite-used' } })
  expect(await joinBy(other, await invite(host), 'li@example.com')).toMatchObject({ ok: false, failure: { code: 'login-taken' } })
  expect((await host.value('team.invites', {})).map(({ state }) => state).toSorted()).toEqual(['expired', 'open', 'used', 'withdrawn'])
})

test('who is not the hub of the invite is not talked to', async () => {
  const [host, impostor] = [await openHost(), await openHost()]
  const code = await invite(host)
  const wrong = await impostor.value('team.about', {})
  const { readInviteCode, writeInviteCode } = await import('#hub/accounts/invite-code.ts')
  const read = readInviteCode(code)
  if (!read) throw new Error('no code')
  const guest = await openWorkspaceUnderTest(makeTempFolder('guest', 'quick'))
  expect(await guest.failure('membership.readInvite', { code: writeInviteCode({ ...read, a: wrong.addresses }) })).toBe(
    'hub-certificate-differs',
  )
})

test('the hub goes away and comes back: work goes on at both ends, nothing is lost, both end the same', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  const incident = await declare(host, '断网前')
  await until(async () => (await titles(guest)).length === 1, 'the incident is at the guest')
  await host.close()
  await until(async () => !(await guest.value('workspace.status', {})).sync.connected, 'the guest knows that it is cut off')
  for (const text of ['断网时写的一', '断网时写的二'])
    await guest.value('timeline.record', { incidentId: incident.id, kind: 'observation', text })
  await declare(guest, '断网时发现的')
  // Two entries, the follow of their author, a declaration and its note.
  expect((await guest.value('workspace.status', {})).sync).toMatchObject({ pending: 5, connected: false })
  expect(await guest.failure('team.sessions', { memberId: null })).toBe('hub-unreachable')
  // It hosts again on the same port after the restart, because it hosted when it was closed.
  const again = await openWorkspaceUnderTest(host.dataFolder)
  await settled(guest)
  // When the hub has the record, the host's own replica may not have it yet.
  await until(async () => (await titles(again)).length === 2, 'what was found while cut off is at the host')
  expect(await titles(again)).toEqual(['断网前', '断网时发现的'].toSorted())
  expect((await guest.value('workspace.verify', {})).ok).toBe(true)
  expect((await again.value('workspace.verify', {})).ok).toBe(true)
})

test('a restricted incident does not exist for others, not even by count; named later, it comes; unnamed, it is forgotten (P10)', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  const me = (await host.value('workspace.members', {})).find(({ name }) => name === '安')
  const li = (await host.value('workspace.members', {})).find(({ name }) => name === '李律师')
  if (!me || !li) throw new Error('no members')
  const hidden = await declare(host, '内部调查', [me.id])
  await declare(host, '公开的')
  await until(async () => (await titles(guest)).includes('公开的'), 'what is open has come')
  expect(await titles(guest)).toEqual(['公开的'])
  expect(await guest.failure('incidents.get', { incidentId: hidden.id })).toBe('not-found')
  await host.value('incidents.restrict', { incidentId: hidden.id, members: [me.id, li.id] })
  await until(async () => (await titles(guest)).includes('内部调查'), 'the named one sees it')
  await host.value('incidents.restrict', { incidentId: hidden.id, members: [me.id] })
  await until(async () => !(await titles(guest)).includes('内部调查'), 'it is forgotten again')
  expect((await guest.value('search.query', { text: '内部调查' })).hits).toEqual([])
})

test('a member who is revoked sees nothing from the next contact on; what was written and not sent is still theirs to read', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  const li = (await host.value('workspace.members', {})).find(({ name }) => name === '李律师')
  await declare(host, '给李看的')
  await until(async () => (await titles(guest)).length === 1, 'the incident is at the guest')
  await host.value('members.revoke', { memberId: li?.id ?? '', reason: '离职' })
  await until(async () => (await guest.value('workspace.status', {})).phase === 'locked', 'the guest is locked')
  expect(await guest.value('workspace.status', {})).toMatchObject({ locked: { reason: 'member-revoked', teamName: '清风小组' } })
  expect(await guest.failure('incidents.list', {})).toBe('locked')
  expect(await guest.value('membership.unsent', {})).toEqual([])
  const again = await guest.call('membership.signIn', {
    address: (await host.value('team.about', {})).addresses[0] ?? '',
    fingerprint: null,
    login: 'li@example.com',
    password: PASSWORD,
    device: 'x',
    language: 'zh-Hans',
  })
  expect(again).toMatchObject({ ok: false, failure: { code: 'member-revoked' } })
})

test('evidence that one adds is fetched by the other when it is to be seen, and not by who may not read its incident', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  const me = (await host.value('workspace.members', {})).find(({ name }) => name === '安')
  const path = join(makeTempFolder('files', 'quick'), '截图说明.txt')
  writeFileSync(path, '起火点在滤芯仓')
  const secret = join(makeTempFolder('files', 'quick'), '内部.txt')
  writeFileSync(secret, '内部调查的内容')
  const open = await declare(host, '公开')
  const hidden = await declare(host, '内部', [me?.id ?? ''])
  const { hash } = await host.value('evidence.keepPath', { path })
  const kept = await host.value('evidence.keepPath', { path: secret })
  await host.value('timeline.record', { incidentId: open.id, kind: 'observation', text: '见附件', evidence: [hash] })
  await host.value('timeline.record', { incidentId: hidden.id, kind: 'observation', text: '见附件', evidence: [kept.hash] })
  await settled(host)
  await until(
    async () =>
      (await guest.value('timeline.page', { incidentId: open.id, filter: { kinds: ['observation'], order: 'happened' }, page: 0 })).rows
        .length === 1,
    'the entry has come',
  )
  expect(await guest.failure('evidence.read', { hash, offset: 0 })).toBe('evidence-missing')
  const kept21 = { files: 1, hereBytes: 21, missing: 0, missingBytes: 0 }
  expect(await guest.value('evidence.keptFiles', { incidentId: open.id })).toEqual({
    keep: false,
    files: 1,
    hereBytes: 0,
    missing: 1,
    missingBytes: 21,
  })
  expect(await host.value('evidence.keptFiles', { incidentId: open.id })).toEqual({ keep: false, ...kept21 })
  await until(async () => (await guest.call('evidence.fetch', { hash })).ok, 'the file has come')
  expect(await guest.value('evidence.keptFiles', { incidentId: open.id })).toEqual({ keep: false, ...kept21 })
  expect((await guest.value('evidence.availability', { hashes: [hash] }))[hash]).toEqual({
    here: true,
    arrived: 0,
    atHub: 'whole',
    size: 21,
    received: 21,
  })
  expect(new TextDecoder().decode((await guest.value('evidence.read', { hash, offset: 0 })).bytes)).toBe('起火点在滤芯仓')
  expect((await guest.call('evidence.fetch', { hash: kept.hash })).ok).toBe(false)
  expect(await guest.failure('evidence.read', { hash: kept.hash, offset: 0 })).toBe('evidence-missing')
})

test('a device that has not met its hub for the length of its lease shows nothing, until it does', async () => {
  let time = Date.now()
  const host = await openHost()
  const guest = await openGuest(host, () => time)
  await declare(host, '租约')
  await until(async () => (await titles(guest)).length === 1, 'the incident is at the guest')
  await host.close()
  await until(async () => !(await guest.value('workspace.status', {})).sync.connected, 'the guest knows that it is cut off')
  time += 23 * 3_600_000
  expect((await guest.value('workspace.status', {})).phase).toBe('ready')
  time += 2 * 3_600_000
  expect(await guest.value('workspace.status', {})).toMatchObject({ phase: 'locked', locked: { reason: 'lease-over' } })
  expect(await guest.failure('incidents.list', {})).toBe('locked')
  await openWorkspaceUnderTest(host.dataFolder)
  await until(async () => (await guest.value('workspace.status', {})).phase === 'ready', 'the guest shows everything again')
  expect(await titles(guest)).toEqual(['租约'])
})

test('a device is signed out by its owner and signs in again; nothing that waited is lost', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  const session = (await host.value('team.sessions', { memberId: null })).find(({ device }) => device === '李的电脑')
  await host.value('team.revokeSession', { id: session?.id ?? '' })
  await until(async () => (await guest.value('workspace.status', {})).phase === 'locked', 'the guest is locked')
  expect(await guest.value('workspace.status', {})).toMatchObject({ locked: { reason: 'session-revoked' } })
  const about = await host.value('team.about', {})
  const signIn = (password: string) =>
    guest.call('membership.signIn', {
      address: about.addresses.at(-1) ?? '',
      fingerprint: null,
      login: 'LI@example.com',
      password,
      device: '李的电脑',
      language: 'zh-Hans',
    })
  expect(await signIn('wrong password')).toMatchObject({ ok: false, failure: { code: 'sign-in-failed' } })
  expect(await signIn(PASSWORD)).toMatchObject({ ok: true, value: { kind: 'joined' } })
  await until(async () => (await guest.value('workspace.status', {})).phase === 'ready', 'the guest is in again')
  for (let wrong = 0; wrong < 5; wrong++) await signIn('guess')
  expect(await signIn(PASSWORD)).toMatchObject({ ok: false, failure: { code: 'locked-out' } })
})

test('leaving forgets everything of the team, and is refused while something waits', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  await declare(host, '离开之前')
  await until(async () => (await titles(guest)).length === 1, 'the incident is at the guest')
  await host.close()
  await until(async () => !(await guest.value('workspace.status', {})).sync.connected, 'the guest knows that it is cut off')
  await declare(guest, '还没送出')
  expect(await guest.failure('membership.leave', { force: false })).toBe('still-pending')
  await guest.value('membership.leave', { force: true })
  expect(await guest.value('workspace.status', {})).toMatchObject({ phase: 'first-run', me: null })
  expect(readdirSync(guest.dataFolder)).not.toContain('joined')
})

test('presence: who is here is told, and where, but not into incidents that one may not read', async () => {
  const host = await openHost()
  const guest = await openGuest(host)
  const me = (await host.value('workspace.members', {})).find(({ name }) => name === '安')
  const hidden = await declare(host, '内部', [me?.id ?? ''])
  const open = await declare(host, '公开')
  await until(async () => (await titles(guest)).length === 1, 'what is open has come')
  await host.value('membership.look', { place: { page: 'room', incidentId: open.id, part: null, entityId: null, writing: false } })
  await until(
    async () => (await guest.value('membership.present', {})).some(({ place }) => place?.incidentId === open.id),
    'the guest sees where the host is',
  )
  await host.value('membership.look', { place: { page: 'room', incidentId: hidden.id, part: null, entityId: null, writing: true } })
  await until(
    async () => (await guest.value('membership.present', {})).every(({ place }) => place === null),
    'the guest is not told of the hidden room',
  )
  await guest.close()
  await until(async () => (await host.value('membership.present', {})).length === 0, 'the host sees that the guest has gone')
  expect([host.faults, guest.faults]).toEqual([[], []])
})
