import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { rowSum } from '#storage/row-sum.ts'
import { completePosition } from '#domain/members/member.ts'
import { recoverOwner } from '#workspace/standalone-hub/hub-admin.ts'
import { readInviteCode } from '#hub/accounts/invite-code.ts'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openHubApart } from './hub-apart.ts'

const [PASSWORD, NEW_PASSWORD] = ['一只猫走过屋顶 42', 'ein-neues-passwort']
const EDGE = { version: 'test', now: Date.now }

async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (await isSo()) return
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

const me = async (workspace: WorkspaceUnderTest) => (await workspace.value('workspace.status', {})).me
const comeIn = (workspace: WorkspaceUnderTest, code: string, name: string, login: string, password = PASSWORD) =>
  workspace.call('membership.join', { code, name, login, password, device: `${name}的电脑`, language: 'zh-Hans' })

async function enter(code: string, name: string, login: string): Promise<WorkspaceUnderTest> {
  const workspace = await openWorkspaceUnderTest(makeTempFolder(login, 'quick'))
  const joined = await comeIn(workspace, code, name, login)
  if (!joined.ok) throw new Error(JSON.stringify(joined.failure))
  await until(async () => (await me(workspace)) !== null, `${name} is in`)
  return workspace
}

const invite = async (workspace: WorkspaceUnderTest) =>
  (await workspace.value('team.invite', { role: 'legal', vendor: null, note: '', hours: 24 })).code

test("whoever has the hub's machine makes a named member an owner, who then looks after the team; the owner of before stays one, and it is on record", async () => {
  const hub = await openHubApart()
  const ann = await enter(await hub.founding(), '安', 'an')
  const li = await enter(await invite(ann), '李律师', 'li')
  expect(await me(li)).toMatchObject({ owner: false })
  expect(await li.failure('team.invite', { role: 'pr', vendor: null, note: '', hours: 1 })).toBe('not-permitted')

  // Recovery refuses to run beside a hub that is running.
  expect(await recoverOwner(hub.config(), '李律师', EDGE)).toMatchObject({ ok: false, failure: { code: 'already-served' } })
  await hub.stop()
  const recovered = await recoverOwner(hub.config(), '李律师', EDGE)
  if (!recovered.ok) throw new Error(JSON.stringify(recovered))
  expect(recovered.value.name).toBe('李律师')
  await hub.start()

  // The code names the hub's regular address, not the temporary one of the recovery.
  expect(readInviteCode(recovered.value.code)?.a).toEqual([`http://127.0.0.1:${hub.config().port}`])
  const fresh = await openWorkspaceUnderTest(makeTempFolder('fresh', 'quick'))
  expect(await comeIn(fresh, recovered.value.code, '李律师', 'li', NEW_PASSWORD)).toMatchObject({ ok: true })
  await until(async () => (await me(fresh))?.owner === true, '李 is an owner')
  expect((await me(fresh))?.id).toBe((await me(li))?.id)
  expect(await fresh.call('team.invite', { role: 'pr', vendor: null, note: '', hours: 1 })).toMatchObject({ ok: true })
  // Sessions that began with the old password are revoked.
  await li.value('membership.tryAgain', {})
  await until(
    async () => (await li.value('workspace.status', {})).locked?.reason === 'session-revoked',
    'the device of before is signed out',
  )

  await ann.value('membership.tryAgain', {})
  await until(async () => (await ann.value('workspace.members', {})).filter(({ owner }) => owner).length === 2, '安 sees both owners')
  expect(await me(ann)).toMatchObject({ owner: true })
  const log = await fresh.value('team.accessLog', { before: null, memberId: null })
  expect(log.filter(({ what }) => what === 'owner-recovered')).toMatchObject([{ memberId: null, about: (await me(li))?.id, device: 'hub' }])
})

test('the code lets the only owner in whatever an earlier version let be done to them: a contract that is over, a membership taken away', async () => {
  const hub = await openHubApart()
  const ann = await enter(await hub.founding(), '安', 'an')
  const id = (await me(ann))?.id ?? ''
  for (const [done, changes] of [
    ['contract', { vendor: { company: 'x', from: 0, until: 1 } }],
    ['revoked', { status: 'revoked', owner: false, revoked: { by: id, at: 1, reason: '夺权' } }],
  ] as const) {
    await hub.stop()
    const db = new Database(join(hub.data, 'hub.db'))
    const row = db
      .prepare<[string], { scope: string; body: string }>("SELECT scope, body FROM entity WHERE kind = 'member' AND id = ?")
      .get(id)
    const member = JSON.parse(row?.body ?? '') as { state: object }
    const body = JSON.stringify({ ...member, state: { ...member.state, ...changes } })
    db.prepare("UPDATE entity SET body = ?, sum = ? WHERE kind = 'member' AND id = ?").run(
      body,
      rowSum('member', id, row?.scope ?? '', body),
      id,
    )
    db.close()
    const recovered = await recoverOwner(hub.config(), done === 'revoked' ? '安' : null, EDGE)
    if (!recovered.ok) throw new Error(JSON.stringify(recovered))
    await hub.start()
    expect(await hub.team.readMember(id), done).toMatchObject({ owner: true, status: 'active', vendor: null, revoked: null })
    const secret = readInviteCode(recovered.value.code)?.s ?? ''
    expect(await hub.team.accounts.useInvite(secret, { name: '', login: 'an', password: NEW_PASSWORD, device: 'x' }), done).toMatchObject({
      ok: true,
      value: { memberId: id },
    })
    expect(await hub.team.accounts.signIn('an', NEW_PASSWORD, 'y', '127.0.0.1'), done).toMatchObject({ ok: true })
  }
})

test('without a name it is the only owner; a name that nobody or more than one has, and a member who cannot own, are refused', async () => {
  const hub = await openHubApart()
  const ann = await enter(await hub.founding(), '安', 'an')
  await enter(await invite(ann), '李', 'li-1')
  const second = await enter(await invite(ann), '李', 'li-2')
  const secondId = (await me(second))?.id ?? ''
  const { secret } = await hub.team.accounts.invites.make(
    completePosition({ role: 'pr', vendor: { company: '清风公关', from: 0, until: Date.now() + 86_400_000 } }),
    '',
    1,
    (await me(ann))?.id ?? '',
  )
  const vendor = await hub.team.accounts.useInvite(secret, { name: '外部', login: 'vendor', password: PASSWORD, device: 'x' })
  expect(vendor.ok).toBe(true)
  await hub.stop()

  for (const named of ['没有这个人', '李', ''])
    expect(await recoverOwner(hub.config(), named, EDGE), named).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  expect(await recoverOwner(hub.config(), '外部', EDGE)).toMatchObject({ ok: false, failure: { code: 'not-an-heir' } })
  // By id where the name is ambiguous.
  expect(await recoverOwner(hub.config(), secondId, EDGE)).toMatchObject({ ok: true, value: { name: '李' } })
  // Now there are two owners: one must be named.
  expect(await recoverOwner(hub.config(), null, EDGE)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  const own = await recoverOwner(hub.config(), '安', EDGE)
  if (!own.ok) throw new Error(JSON.stringify(own))
  await hub.start()
  expect(await comeIn(ann, own.value.code, '安', 'an', NEW_PASSWORD)).toMatchObject({ ok: true, value: { kind: 'joined' } })
  await until(
    async () => (await me(ann))?.owner === true && (await ann.value('workspace.status', {})).sync.connected,
    '安 is in with the new password',
  )
})
