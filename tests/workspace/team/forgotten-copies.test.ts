import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openHubApart } from './hub-apart.ts'

const PASSWORD = '一只猫走过屋顶 42'
const SECRET = '绝密配方QXZTAINT'

async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (await isSo()) return
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

async function enter(code: string, name: string, login: string): Promise<WorkspaceUnderTest> {
  const workspace = await openWorkspaceUnderTest(makeTempFolder(login, 'quick'), undefined, { scrubQuietMs: 40 })
  const joined = await workspace.call('membership.join', { code, name, login, password: PASSWORD, device: 'x', language: 'zh-Hans' })
  if (!joined.ok) throw new Error(JSON.stringify(joined.failure))
  await until(async () => (await workspace.value('workspace.status', {})).me !== null, `${name} is in`)
  return workspace
}

/** The content of a file; empty if the file was removed meanwhile. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** The files of a folder that contain a text, as it is or in the form of the search index. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => [text, text.toLowerCase()].some((one) => contentOf(path).includes(one)))
}

const titles = async (workspace: WorkspaceUnderTest) => (await workspace.value('incidents.list', {})).map(({ title }) => title).toSorted()

async function openTeam() {
  const hub = await openHubApart()
  const ann = await enter(await hub.founding(), '安', 'an')
  const li = await enter((await ann.value('team.invite', { role: 'legal', vendor: null, note: '', hours: 24 })).code, '李', 'li')
  const declare = (title: string) =>
    ann.value('incidents.declare', { title, type: 'product-problem', level: 1, stage: 'initial-complaint' })
  const secret = await declare(SECRET)
  await declare('大家都看得到的')
  for (let n = 1; n <= 60; n++)
    await ann.value('timeline.record', { incidentId: secret.id, kind: 'observation', text: `${SECRET} 第 ${n} 条 ${'细节'.repeat(n * 7)}` })
  await until(
    async () =>
      (await titles(li)).length === 2 &&
      (await li.value('timeline.page', { incidentId: secret.id, filter: { kinds: ['observation'], order: 'happened' }, page: 0 })).rows
        .length > 40,
    '李 has both',
  )
  return { hub, ann, li, secret }
}

test(
  'P10: an incident that one may no longer see is taken out of every file of the device: the database, its backups, what a restoring set aside, and damaged ones',
  { timeout: 60_000 },
  async () => {
    const { ann, li, secret } = await openTeam()
    await li.value('workspace.backUpNow', {})
    const { id } = await li.value('workspace.backUpNow', {})
    await li.value('workspace.restoreBackup', { id })
    const folder = li.dataFolder
    // Three bad backups: one that is not a database any more, one of a newer version, and one that was being rewritten.
    const whole = join(folder, 'backups', id)
    for (const name of ['damaged', 'half']) cpSync(whole, join(folder, 'backups', name), { recursive: true })
    const damaged = readFileSync(join(whole, 'replica.db'))
    damaged.fill(0x51, 0, 100)
    writeFileSync(join(folder, 'backups', 'damaged', 'replica.db'), damaged)
    cpSync(join(whole, 'replica.db'), join(folder, 'backups', 'half', 'replica.db.fresh'))
    mkdirSync(join(folder, 'set-aside', 'torn'), { recursive: true })
    writeFileSync(join(folder, 'set-aside', 'torn', 'replica.db'), damaged)
    appendFileSync(join(folder, 'set-aside', 'torn', 'replica.db-wal'), `incident:${secret.id}`)
    await until(async () => (await li.value('workspace.status', {})).sync.connected, '李 is in touch again')
    expect(filesWith(folder, 'QXZTAINT').length).toBeGreaterThan(6)

    const me = (await ann.value('workspace.status', {})).me?.id ?? ''
    await ann.value('incidents.restrict', { incidentId: secret.id, members: [me] })
    await until(async () => (await titles(li)).length === 1, 'it is gone from the board')
    const left = () => [SECRET, 'QXZTAINT', secret.id].flatMap((trace) => filesWith(folder, trace))
    await until(() => left().length === 0, `nothing of it is left`).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${left().join(' ')}`)
    })

    // The rewritten backup is sound and keeps everything else, the damaged one is gone, and the next backup is clean.
    const backups = await li.value('workspace.backups', {})
    expect(backups.map((one) => one.id)).not.toContain('damaged')
    expect(backups.map((one) => one.id)).toContain(id)
    expect(await li.value('workspace.backUpNow', {})).toMatchObject({ sound: true })
    expect(left()).toEqual([])
    await li.value('workspace.restoreBackup', { id })
    await until(async () => (await titles(li)).join() === '大家都看得到的', 'the backup still holds the rest')
    expect(left()).toEqual([])
    expect((await li.value('workspace.verify', {})).ok).toBe(true)
    expect([ann.faults, li.faults]).toEqual([[], []])
  },
)

test('A6: a device that was shut out stays shut out when its user restores a backup from before', async () => {
  const { hub, ann, li } = await openTeam()
  const { id } = await li.value('workspace.backUpNow', {})
  const liId = (await li.value('workspace.status', {})).me?.id ?? ''
  await ann.value('members.revoke', { memberId: liId, reason: '离开团队' })
  await until(async () => (await li.value('workspace.status', {})).locked?.reason === 'member-revoked', '李 is shut out')
  await hub.stop()
  const before = (await li.value('workspace.status', {})).sync.lastContactAt
  await li.value('workspace.restoreBackup', { id })
  const { phase, locked, sync } = await li.value('workspace.status', {})
  expect({ phase, reason: locked?.reason, lastContactAt: sync.lastContactAt }).toEqual({
    phase: 'locked',
    reason: 'member-revoked',
    lastContactAt: before,
  })
  expect(await li.failure('incidents.list', {})).toBe('locked')
})
