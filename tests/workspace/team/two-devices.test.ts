import { expect, test } from 'vitest'
import type { CallName, CallOutput } from '#contract/api.ts'
import { createRooms } from '#workspace/rooms.ts'
import { openReadyWorkspace, openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
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

/** A commander who hosts, and a member of legal who has joined over a real socket. */
async function openTeam(): Promise<{ host: WorkspaceUnderTest; guest: WorkspaceUnderTest; guestId: string; code: string }> {
  const host = await openReadyWorkspace(makeTempFolder())
  expect(await host.value('membership.host', { teamName: '清泉应急组', port: 0, login: 'an', password: PASSWORD })).toMatchObject({
    kind: 'hosting',
  })
  const { code } = await host.value('team.invite', { role: 'legal', vendor: null, note: '给周律师', hours: 24 })
  const guest = await openWorkspaceUnderTest(makeTempFolder())
  expect(await guest.value('membership.readInvite', { code })).toMatchObject({ teamName: '清泉应急组', role: 'legal', kind: 'invite' })
  await guest.value('membership.join', { code, name: '周敏', login: 'zhou', password: PASSWORD, device: '会议室电脑', language: 'zh-Hans' })
  const { me } = await until(guest, 'workspace.status', {}, (status) => status.me !== null && status.sync.connected)
  return { host, guest, guestId: me?.id ?? '', code }
}

test('000-01: an invite is read before anything is done, lets one in as what it says, and works once', async () => {
  const { guest, code } = await openTeam()
  const status = await guest.value('workspace.status', {})
  expect(status).toMatchObject({ phase: 'ready', me: { name: '周敏', role: 'legal' }, sync: { to: { teamName: '清泉应急组' } } })
  const other = await openWorkspaceUnderTest(makeTempFolder())
  expect(
    await other.failure('membership.join', { code, name: '别人', login: 'other', password: PASSWORD, device: 'x', language: 'zh-Hans' }),
  ).toBe('invite-used')
  expect((await other.value('workspace.status', {})).phase).toBe('first-run')
  expect(await other.failure('membership.readInvite', { code: '你好' })).toBe('invite-malformed')
})

test('a sign-in name that is taken is said before the invite is used up', async () => {
  const { host } = await openTeam()
  const { code } = await host.value('team.invite', { role: 'pr', vendor: null, note: '', hours: 1 })
  const third = await openWorkspaceUnderTest(makeTempFolder())
  const who = { code, name: '韩雪', password: PASSWORD, device: 'x', language: 'zh-Hans' as const }
  expect(await third.failure('membership.join', { ...who, login: 'zhou' })).toBe('login-taken')
  expect(await third.value('membership.join', { ...who, login: 'han' })).toMatchObject({ kind: 'joined' })
})

test('a member is placed, revoked and let in again; the revoked device shows nothing and keeps what was not sent', async () => {
  const { host, guest, guestId } = await openTeam()
  await until(host, 'workspace.members', {}, (members) => members.some((one) => one.id === guestId))
  expect(await host.value('members.change', { memberId: guestId, role: 'pr' })).toMatchObject({
    role: 'pr',
    department: 'pr',
    layer: 'execution',
  })
  await until(guest, 'workspace.status', {}, (status) => status.me?.role === 'pr')
  expect(await guest.failure('members.change', { memberId: guestId, role: 'commander' })).toBe('not-permitted')

  const { address } = (await guest.value('membership.state', {})) as { address: string }
  await host.value('members.revoke', { memberId: guestId, reason: '项目结束' })
  const locked = await until(guest, 'workspace.status', {}, (status) => status.phase === 'locked')
  expect(locked.locked).toMatchObject({ reason: 'member-revoked', teamName: '清泉应急组', login: 'zhou' })
  expect(await guest.failure('incidents.list', {})).toBe('locked')
  expect(await guest.failure('workspace.members', {})).toBe('locked')
  expect(await guest.failure('workspace.exportReadable', {})).toBe('locked')
  expect(await guest.value('membership.unsent', {})).toEqual([])

  await host.value('members.restore', { memberId: guestId })
  await until(host, 'workspace.status', {}, (status) => status.sync.pending === 0)
  await guest.value('membership.tryAgain', {})
  // Restoring the membership does not restore the sessions that were signed in before.
  await until(guest, 'workspace.status', {}, (status) => status.locked?.reason === 'session-revoked')
  await guest.value('membership.signIn', {
    address,
    fingerprint: null,
    login: 'zhou',
    password: PASSWORD,
    device: '周工的电脑',
    language: 'zh-Hans',
  })
  await until(guest, 'workspace.status', {}, (status) => status.phase === 'ready' && status.sync.connected)
})

test('the last owner stays, and ownership that is passed on is held by exactly one', async () => {
  const { host, guest, guestId } = await openTeam()
  await until(host, 'workspace.members', {}, (members) => members.some((one) => one.id === guestId))
  const own = (await host.value('workspace.status', {})).me?.id ?? ''
  expect(await host.failure('members.revoke', { memberId: own, reason: '试试' })).toBe('last-owner')
  await host.value('members.passOwnership', { memberId: guestId, stepDown: true })
  await until(
    guest,
    'workspace.members',
    {},
    (members) =>
      members
        .filter((one) => one.owner)
        .map((one) => one.id)
        .join() === guestId,
  )
})

test('a device that is signed out locks, and the same member signs in again with what it wrote still there', async () => {
  const { host, guest, guestId } = await openTeam()
  const { address } = (await guest.value('membership.state', {})) as { address: string }
  const session = (await host.value('team.sessions', { memberId: guestId }))[0]
  await host.value('team.revokeSession', { id: session?.id ?? '' })
  await until(guest, 'workspace.status', {}, (status) => status.phase === 'locked')
  expect(
    await guest.failure('membership.signIn', {
      address,
      fingerprint: null,
      login: 'zhou',
      password: 'falsch-falsch',
      device: 'x',
      language: 'zh-Hans',
    }),
  ).toBe('sign-in-failed')
  await guest.value('membership.signIn', {
    address,
    fingerprint: null,
    login: 'zhou',
    password: PASSWORD,
    device: '会议室电脑',
    language: 'zh-Hans',
  })
  await until(guest, 'workspace.status', {}, (status) => status.phase === 'ready' && status.sync.connected)
})

test('how long a device shows data without the team is a rule of the team, and holds from its next contact', async () => {
  const { host, guest } = await openTeam()
  const { version, rules } = await host.value('rules.get', {})
  await host.value('rules.set', { version, rules: { ...rules, leaseHours: 2 } })
  const endsIn = ({ leaseEndsAt, lastContactAt }: CallOutput<'workspace.status'>['sync']) =>
    ((leaseEndsAt ?? 0) - (lastContactAt ?? 0)) / 3_600_000
  await until(guest, 'rules.get', {}, (now) => now.rules.leaseHours === 2)
  await guest.value('membership.tryAgain', {})
  const { sync } = await until(guest, 'workspace.status', {}, (status) => endsIn(status.sync) < 24)
  expect(endsIn(sync)).toBe(2)
})

test('who is here is told to the others, with the entry they look at, again after the line was lost, and no longer once their last page is closed', async () => {
  const { host, guest, guestId } = await openTeam()
  const { id: incidentId } = await host.value('incidents.declare', {
    title: '净化器冒烟',
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
  })
  const entry = await host.value('timeline.record', { incidentId, kind: 'observation', text: '门店来电' })
  await until(guest, 'timeline.entry', { incidentId, entryId: entry.id }, () => true)
  let closePage = () => {}
  const rooms = createRooms({ workspace: guest.workspace, openDemo: () => Promise.reject(new Error('no demo here')), log: () => {} })
  rooms.receive({ send: () => {}, onMessage: () => {}, onClose: (listener) => void (closePage = listener), close: () => {} }, null)

  const place = { page: 'incidents', incidentId, part: 'correction', entityId: entry.id, writing: true }
  await guest.value('membership.look', { place })
  const ofGuest = (list: CallOutput<'membership.present'>) => list.find(({ memberId }) => memberId === guestId)
  const present = await until(host, 'membership.present', {}, (list) => ofGuest(list)?.place?.entityId === entry.id)
  expect(ofGuest(present)).toMatchObject({ device: '会议室电脑', place })

  const { port } = (await host.value('membership.state', {})) as { port: number }
  await host.value('membership.stopHosting', {})
  await until(host, 'membership.present', {}, (list) => list.length === 0)
  expect(await host.value('membership.host', { teamName: '清泉应急组', port, login: 'an', password: PASSWORD })).toMatchObject({
    kind: 'hosting',
  })
  await until(host, 'membership.present', {}, (list) => ofGuest(list)?.place?.part === 'correction')

  closePage()
  await until(host, 'membership.present', {}, (list) => ofGuest(list)?.place === null)
  await rooms.close()
})

test('R1, T3: who looked at personal data is seen by the team; what was looked at while the hub is away waits on record', async () => {
  const { host, guest, guestId } = await openTeam()
  const { id: incidentId } = await host.value('incidents.declare', {
    title: '滤芯异味',
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    known: '投诉人 13812345678',
  })
  await until(guest, 'incidents.list', {}, (incidents) => incidents.some(({ id }) => id === incidentId))
  const of = { kind: 'incident' as const, id: incidentId, field: 'known' }
  expect((await guest.value('personal.reveal', { incidentId, of, reason: 'authority-asks', words: '市监局询问' })).text).toBe(
    '投诉人 13812345678',
  )
  const all = { incidentId, memberId: null, before: null }
  const seen = await until(host, 'personal.reveals', all, ({ reveals }) => reveals.length === 1)
  expect(seen.reveals[0]).toMatchObject({
    by: guestId,
    byName: '周敏',
    reason: 'authority-asks',
    words: '市监局询问',
    excerpt: '投诉人 138****5678',
    pending: false,
  })

  // The team may see the reveal before its author learns that it is on record.
  await until(guest, 'personal.reveals', all, ({ reveals }) => reveals.every(({ pending }) => !pending))
  await host.value('membership.stopHosting', {})
  await until(guest, 'workspace.status', {}, ({ sync }) => !sync.connected)
  await guest.value('personal.reveal', { incidentId, of, reason: 'call-back', words: '回访' })
  expect((await guest.value('personal.reveals', all)).reveals.map(({ pending }) => pending)).toEqual([true, false])
})
