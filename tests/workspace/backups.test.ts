import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BACKUP_RULE, backupsToDrop } from '#workspace/backups.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { seeded } from '#tests/support/seeded.ts'
import { declareIncident, openReadyWorkspace, openWorkspaceUnderTest, waitForSync } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 2, 15, 2)

test('the rule: the newest 24, and the newest of each of the last 14 days', () => {
  const hourly = Array.from({ length: 30 * 24 }, (_, index) => NOW - index * HOUR)
  const dropped = new Set(backupsToDrop(hourly, NOW))
  const kept = hourly.filter((at) => !dropped.has(at))
  expect(kept.slice(0, 24)).toEqual(hourly.slice(0, 24))
  const days = new Set(kept.map((at) => Math.floor(at / DAY)))
  expect(days.size).toBe(15)
  // For each older day, the last backup is kept.
  for (const at of kept.slice(24)) expect(hourly.includes(at + HOUR) && Math.floor((at + HOUR) / DAY) === Math.floor(at / DAY)).toBe(false)
  expect(kept.length).toBeLessThanOrEqual(BACKUP_RULE.keepHourly + BACKUP_RULE.keepDaily)
})

test('the rule lets nothing go while there are few, and never the newest', () => {
  expect(backupsToDrop([], NOW)).toEqual([])
  expect(
    backupsToDrop(
      Array.from({ length: 24 }, (_, index) => NOW - index * 40 * DAY),
      NOW,
    ),
  ).toEqual([])
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 90 * DAY }), { maxLength: 120 }), (ages) => {
      const taken = ages.map((age) => NOW - age)
      const dropped = backupsToDrop(taken, NOW)
      const kept = taken.filter((at) => !dropped.includes(at)).toSorted((a, b) => b - a)
      expect(kept.slice(0, 24)).toEqual(taken.toSorted((a, b) => b - a).slice(0, 24))
      // Applying it again changes nothing, in any order of input.
      expect(backupsToDrop(kept.toReversed(), NOW)).toEqual([])
      for (const at of taken.filter((one) => NOW - one <= 14 * DAY))
        expect(kept.some((one) => Math.floor(one / DAY) === Math.floor(at / DAY))).toBe(true)
    }),
    seeded(300),
  )
})

test('D8: a backup taken while writing goes on is sound and opens as a whole', { timeout: 120_000 }, async () => {
  const root = makeTempFolder('backup', 'quick')
  const under = await openReadyWorkspace(join(root, 'data'))
  const incidentId = await declareIncident(under)
  const write = (index: number) =>
    under.value('timeline.record', { incidentId, kind: 'observation', text: `第 ${index} 条 ${'字'.repeat(1000)}` })
  for (let index = 0; index < 200; index++) await write(index)
  const backup = under.value('workspace.backUpNow', {})
  let written = 200
  let over = false
  void backup.then(() => (over = true))
  while (!over) {
    await write(written++)
    await new Promise(setImmediate)
  }
  expect(written).toBeGreaterThan(205)
  expect(await backup).toMatchObject({ reason: 'asked', sound: true })
  await under.close()

  const copy = join(root, 'copy')
  cpSync(join(root, 'data', 'backups', (await backup).id), copy, { recursive: true })
  const restored = await openWorkspaceUnderTest(copy)
  await waitForSync(restored)
  const { total } = await restored.value('timeline.outline', { incidentId, filter: { kinds: ['observation'] }, zone: 'utc' })
  expect(total).toBeGreaterThanOrEqual(200)
  expect(total).toBeLessThanOrEqual(written)
  expect(await restored.value('workspace.verify', {})).toMatchObject({ ok: true })
})

test('a backup that was cut short is never listed and cannot be restored; an old one is cleared away', async () => {
  const data = join(makeTempFolder('partial', 'quick'), 'data')
  const under = await openReadyWorkspace(data)
  const whole = await under.value('workspace.backUpNow', {})
  const partial = join(data, 'backups', `.${whole.id}.partial`)
  cpSync(join(data, 'backups', whole.id), partial, { recursive: true })
  const noManifest = join(data, 'backups', '2026-01-01T000000-000Z')
  mkdirSync(noManifest)
  writeFileSync(join(data, 'backups', 'a file'), '')
  expect((await under.value('workspace.backups', {})).map(({ id }) => id)).toEqual([whole.id])
  for (const id of [`.${whole.id}.partial`, '2026-01-01T000000-000Z', '..', '.', '../backups', 'a file', 'nothing']) {
    expect([id, await under.failure('workspace.restoreBackup', { id })]).toEqual([id, 'backup-unknown'])
  }
  utimesSync(partial, 0, 0)
  await under.value('workspace.backUpNow', {})
  expect(existsSync(partial)).toBe(false)
})

test('two backups in one moment are two backups', async () => {
  const clock = createFakeClock()
  const under = await openReadyWorkspace(join(makeTempFolder('moment', 'quick'), 'data'), clock.now)
  const first = await under.value('workspace.backUpNow', {})
  const second = await under.value('workspace.backUpNow', {})
  expect(second.id).not.toBe(first.id)
  expect(await under.value('workspace.backups', {})).toHaveLength(2)
})

test('a damaged backup is refused, and everything stays as it is', async () => {
  const data = join(makeTempFolder('bad-backup', 'quick'), 'data')
  const under = await openReadyWorkspace(data)
  const incidentId = await declareIncident(under)
  const backup = await under.value('workspace.backUpNow', {})
  writeFileSync(join(data, 'backups', backup.id, 'hub.db'), 'rubbish')
  expect(await under.failure('workspace.restoreBackup', { id: backup.id })).toBe('backup-damaged')
  expect((await under.value('incidents.get', { incidentId })).id).toBe(incidentId)
  await under.value('timeline.record', { incidentId, kind: 'observation', text: '照常' })
  expect(existsSync(join(data, 'set-aside'))).toBe(false)
})

test('D8, S10: a restore goes back to the backup, begins a new epoch, keeps the files of before, and work goes on', async () => {
  const data = join(makeTempFolder('restore', 'quick'), 'data')
  const under = await openReadyWorkspace(data)
  const incidentId = await declareIncident(under)
  await under.value('timeline.record', { incidentId, kind: 'observation', text: '备份之前' })
  await waitForSync(under)
  const epoch = () => metaOf(join(data, 'replica.db'))
  const before = await epoch()
  const backup = await under.value('workspace.backUpNow', {})
  await under.value('timeline.record', { incidentId, kind: 'observation', text: '备份之后' })
  await waitForSync(under)

  const { setAside } = await under.value('workspace.restoreBackup', { id: backup.id })
  const texts = async () =>
    (await under.value('timeline.page', { incidentId, filter: { kinds: ['observation'] }, page: 0 })).rows.map((row) => row.text)
  expect(await texts()).toEqual(['备份之前'])
  expect(
    readdirSync(setAside)
      .filter((name) => name.endsWith('.db'))
      .toSorted(),
  ).toEqual(['hub.db', 'replica.db'])
  await waitForEpoch(epoch, before)
  await under.value('timeline.record', { incidentId, kind: 'observation', text: '恢复之后' })
  await waitForSync(under)
  expect(await texts()).toEqual(['备份之前', '恢复之后'])
  expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
  await under.close()

  // The set-aside files are a complete data folder.
  const aside = await openWorkspaceUnderTest(setAside)
  const page = await aside.value('timeline.page', { incidentId, filter: { kinds: ['observation'] }, page: 0 })
  expect(page.rows.map((row) => row.text)).toEqual(['备份之前', '备份之后'])
  expect(under.faults).toEqual([])
})

async function metaOf(file: string): Promise<string> {
  const { default: Database } = await import('better-sqlite3')
  const db = new Database(file, { readonly: true })
  const { value } = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'epoch'").get() ?? { value: '' }
  db.close()
  return value
}

async function waitForEpoch(epoch: () => Promise<string>, before: string): Promise<void> {
  await expect.poll(epoch).not.toBe(before)
}

test('a backup names what it holds in a manifest that can be read without the app', async () => {
  const data = join(makeTempFolder('manifest', 'quick'), 'data')
  const under = await openReadyWorkspace(data)
  const backup = await under.value('workspace.backUpNow', {})
  const folder = join(data, 'backups', backup.id)
  expect(readdirSync(folder).toSorted()).toEqual(['hub.db', 'hub.key', 'manifest.json', 'replica.db'])
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>
  expect(manifest).toMatchObject({ reason: 'asked', sound: true, takenAt: backup.takenAt, bytes: backup.bytes })
  rmSync(folder, { recursive: true })
  expect((await under.value('workspace.status', {})).lastBackupAt).toBeNull()
})
