import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './app.ts'

const MATRIX = [
  '场景,愤怒,失望,怀疑,平静,情绪',
  '重复扣款,"这笔钱我现在就查，今天 18:00 前给您答复。",对不起让您失望了,您可以在订单页核对流水,您好，我来帮您看,',
  '断货,,非常抱歉，{product} 暂时缺货,,,',
].join('\n')

const FILE = { name: '客服话术矩阵.csv', mimeType: 'text/csv', buffer: Buffer.from(MATRIX) }

test('MS-01: a script matrix is imported after a preview, undone, imported again and exported', async ({ app }) => {
  const { page } = app
  await app.setUp()
  await page.goto(`${app.origin}#/wording`)
  await page.getByRole('button', { name: '从文件导入' }).click()
  const dialog = page.getByRole('dialog', { name: '导入口径' })
  const choose = () => dialog.locator('input[type=file]').setInputFiles(FILE)
  await choose()
  await expect(dialog.getByRole('status')).toContainText('新增 5 份')
  await expect(dialog.getByRole('row', { name: /重复扣款 · 愤怒/ })).toContainText('今天 18:00 前')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
  await dialog.getByRole('button', { name: '写入 5 份草稿' }).click()
  await expect(page.getByText('已导入：新增 5 份')).toBeVisible()
  await expect(page.getByRole('link', { name: /断货 · 失望/ })).toBeVisible()
  await page.getByRole('button', { name: /撤销/ }).click()
  await expect(page.getByRole('heading', { name: '常备库还是空的' })).toBeVisible()

  await page.keyboard.press('i')
  await choose()
  await dialog.getByRole('button', { name: '写入 5 份草稿' }).click()
  await page.getByRole('button', { name: '更多' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: '导出为 CSV' }).click()
  const saved = await saving
  expect(await readFile(await saved.path(), 'utf8')).toContain('这笔钱我现在就查')
  await expect(page.getByText(/已导出 5 份口径/)).toBeVisible()
})
