import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, type App } from './app.ts'
import { openDashboard } from './open-dashboard.ts'

/** Overwrites the start of the replica's database, as a failing disk would, and deletes the WAL that could repair it. */
async function damage(app: App): Promise<void> {
  const file = await open(join(app.dataFolder, 'replica.db'), 'r+')
  await file.write(Buffer.alloc(8192, 0x5a), 0, 8192, 0)
  await file.close()
  await rm(join(app.dataFolder, 'replica.db-wal'), { force: true })
}

test('a damaged database: a clear screen, no silent new file; a backup brings everything back', async ({ app }) => {
  await openDashboard(app)
  const client = await app.client()
  await client.call('incidents.declare', { title: '不能丢', type: 'system-failure', level: 3, stage: 'initial-complaint' })
  await client.call('workspace.backUpNow', {})
  await app.kill()
  await damage(app)
  await app.restart()
  const { page } = app
  await expect(page.getByRole('heading', { name: '数据库文件损坏，没有打开' })).toBeVisible()
  await expect(page.getByText('原有文件没有被改动。')).toBeVisible()
  await expect(page.getByRole('button', { name: '以只读方式打开' })).toBeVisible()
  await expect(page.getByRole('button', { name: '导出能读的内容' })).toBeVisible()
  await page.getByRole('row', { name: /手动/ }).getByRole('radio').check()
  await page.getByRole('button', { name: /^恢复到 .+ 的备份$/ }).click()
  await expect(page.locator('tbody a')).toHaveText(['不能丢'])
  await expect(page.getByText('原来的文件存放在：', { exact: false })).toBeVisible()
})

test('a database that cannot be opened even read-only says so, beside the ways that are left', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await app.kill()
  await damage(app)
  await app.restart()
  await page.getByRole('button', { name: '以只读方式打开' }).click()
  await expect(page.getByRole('alert')).toContainText('只读也打不开')
  await expect(page.getByRole('heading', { name: '从自动备份恢复' })).toBeVisible()
})

test('what can still be read of a damaged database is saved as one file', async ({ app }) => {
  await openDashboard(app)
  await (await app.client()).call('incidents.declare', { title: '只能看', type: 'system-failure', level: 3, stage: 'initial-complaint' })
  await (await app.client()).call('workspace.backUpNow', {})
  const { page } = app
  await app.kill()
  await damage(app)
  await app.restart()
  await expect(page.getByRole('heading', { name: '数据库文件损坏，没有打开' })).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出能读的内容' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.jsonl$/)
})

test('a database of a newer version: said with both versions, nothing changed; read-only it can be read and searched, and every act says why not', async ({
  app,
}) => {
  await openDashboard(app)
  await (
    await app.client()
  ).call('incidents.declare', { title: '新版写的事件', type: 'system-failure', level: 3, stage: 'initial-complaint' })
  const { page } = app
  await app.kill()
  const file = join(app.dataFolder, 'replica.db')
  const db = new DatabaseSync(file)
  db.exec('PRAGMA user_version = 99')
  db.close()
  await app.restart()
  await expect(page.getByRole('heading', { name: '数据库来自更新的版本' })).toBeVisible()
  await expect(page.getByText(/数据版本 99，本程序支持到 \d+/)).toBeVisible()
  await expect(page.getByText('原有文件没有被改动。')).toBeVisible()
  await page.getByRole('button', { name: '以只读方式打开' }).click()
  await page.getByRole('link', { name: '新版写的事件' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('新版写的事件')
  await expect(page.getByText(/只读/).first()).toBeVisible()
  const declare = page.getByRole('banner').getByRole('button', { name: /启动事件/ })
  await expect(declare).toHaveAttribute('aria-disabled', 'true')
  await expect(declare).toHaveAccessibleDescription(/只读/)
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const again = new DatabaseSync(file, { readOnly: true })
  expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 })
  again.close()
})
