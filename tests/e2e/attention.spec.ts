import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from './app.ts'
import { openRoom, record } from './room.ts'

// Reliability: text that the hub rejects is never lost silently: it stays, with the reason, until its author dismisses it.

test('an entry that was not accepted waits with its text and the reason; it is copied, dismissed, and then gone', async ({ app }) => {
  await app.setUp()
  const { id } = await openRoom(app)
  await record(app, id, { kind: 'observation', text: '客户称已住院' })
  const { page } = app
  await app.kill()
  // Simulates a rejection by the hub: the op as sent, with the refusal.
  const db = new DatabaseSync(join(app.dataFolder, 'replica.db'))
  const rows = db
    .prepare(
      `SELECT scope, bytes FROM record WHERE instr(bytes, '客户称已住院') > 0 UNION ALL SELECT scope, bytes FROM outbox WHERE instr(bytes, '客户称已住院') > 0`,
    )
    .all() as { scope: string; bytes: string }[]
  const [sent] = rows
  if (!sent) throw new Error('nothing was written')
  db.prepare('INSERT INTO attention (op_id, scope, bytes, code, params, at) VALUES (?, ?, ?, ?, ?, ?)').run(
    '0197e1f0-0000-7000-8000-0000000000aa',
    sent.scope,
    sent.bytes,
    'incident-closed',
    '{}',
    Date.now(),
  )
  db.close()
  await app.restart()
  await page.getByRole('button', { name: /1 条需要处理/ }).click()
  const panel = page.getByRole('dialog').filter({ hasText: '1 条内容没有被接受' })
  await expect(panel.getByRole('listitem')).toContainText('客户称已住院')
  await expect(panel.getByRole('listitem')).toContainText(/事件已关闭/)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.getByRole('button', { name: /复制/ }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('客户称已住院')
  await panel.getByRole('button', { name: /放弃|不再保留/ }).click()
  await expect(page.getByRole('button', { name: /已同步/ })).toBeVisible()
  await app.restart()
  await expect(page.getByRole('button', { name: /已同步/ })).toBeVisible()
})
