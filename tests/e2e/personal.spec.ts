import { AxeBuilder } from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import { expect, test } from './app.ts'
import { composerText, entryRow, openEntry, openRoom } from './room.ts'

// R1, R8, T3, LI-03: personal data is masked everywhere; one text at a time is revealed for a minute, with a recorded reason.

test('a number is masked as soon as it is written, shown with a reason for a minute, kept by a correction, and on record', async ({
  app,
}) => {
  await app.setUp()
  const { page } = app
  await page.clock.install()
  const { id } = await openRoom(app)
  await page.keyboard.press('e')
  await composerText(page).fill('客户 13812345678 来电，要求致歉')
  await expect(page.getByText('这里的电话号码会被遮盖，大家看到的是 138****5678。')).toBeVisible()
  await composerText(page).fill('客户 13812345678 来电，证件 11010519491231002X')
  await expect(
    page.getByText('这里像是身份证号。', { exact: false }).and(page.getByText('这里的电话号码会被遮盖', { exact: false })),
  ).toBeVisible()
  await composerText(page).fill('客户 13812345678 来电，要求致歉')
  await page.keyboard.press('Control+Enter')

  const row = entryRow(page, '138****5678')
  await expect(row).toBeVisible()
  await row.click()
  const entry = openEntry(page)
  await expect(entry.getByText('138****5678')).toBeVisible()
  await page.keyboard.press('y')
  const dialog = page.getByRole('dialog', { name: '显示被遮盖的内容' })
  await dialog.getByRole('radio', { name: '核对订单或个案' }).check()
  await dialog.getByRole('button', { name: '记录并显示 60 秒' }).click()
  await expect(dialog.getByText('请写一句具体说明')).toBeVisible()
  await dialog.getByRole('textbox', { name: '具体说明' }).fill('核对首批投诉人')
  await page.keyboard.press('Enter')
  await expect(entry.getByText('客户 13812345678 来电，要求致歉')).toBeVisible()
  await expect(row.getByText('138****5678')).toBeVisible()

  // After a minute the page shows none of it.
  await page.clock.runFor(61_000)
  await expect(entry.getByText('138****5678')).toBeVisible()
  expect(await page.content()).not.toContain('13812345678')

  // Correcting another word keeps the number, although it is masked in the editor.
  await entry.getByRole('button', { name: '更正', exact: false }).first().click()
  const form = page.getByRole('form', { name: '更正记录' })
  await expect(form.getByText('星号处的原号码会保留')).toBeVisible()
  await form.getByRole('textbox', { name: '内容', exact: true }).fill('客户 138****5678 两次来电，要求致歉')
  await form.getByRole('textbox', { name: '为什么更正' }).fill('次数写错')
  await form.getByRole('button', { name: '保存更正' }).click()
  await expect(form).toHaveCount(0)
  await expect(entry.getByText('138****5678').first()).toBeVisible()
  const stored = await (await app.client()).call('search.query', { text: '13812345678' })
  expect(stored).toMatchObject({ ok: true, value: { hits: [{ excerpt: expect.stringContaining('两次来电') as unknown }] } })

  await page.goto(`${app.origin}#/incidents/${id}/reveals`)
  const line = page.getByRole('row').filter({ hasText: '核对首批投诉人' })
  await expect(line).toContainText('林舟')
  await expect(line).toContainText('核对订单或个案')
  await expect(line).toContainText('138****5678')
  const faults = (await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(faults.map((fault) => [fault.id, fault.nodes.map((node) => node.html)])).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出为 CSV' }).click()])
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv).toContain('核对首批投诉人')
  expect(csv).not.toContain('13812345678')
  await line.getByRole('link').click()
  await expect(openEntry(page).getByText('138****5678').first()).toBeVisible()
})
