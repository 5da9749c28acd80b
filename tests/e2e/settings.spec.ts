import { expect, test } from './app.ts'
import { openDashboard } from './open-dashboard.ts'

test('name and role are changed where one is; the top bar shows it', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.getByRole('link', { name: '林舟 危机指挥' }).click()
  await expect(page.getByRole('button', { name: '保存姓名和角色' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('姓名').fill('周岚')
  await page.getByLabel('在应急小组里的角色').selectOption({ label: '法务 · 评估法律风险，把关合规' })
  await page.getByRole('button', { name: '保存姓名和角色' }).click()
  await expect(page.getByRole('link', { name: '周岚 法务' })).toBeVisible()
})

test('theme and language change at once, hold over a restart, and leave no word behind', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.goto(`${app.origin}#/settings`)
  await page.getByText('深色', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await app.restart()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  for (const [place, heading] of [
    ['', 'Dashboard'],
    ['data', 'Data'],
    ['settings', 'Settings'],
  ] as const) {
    await page.goto(`${app.origin}#/${place}`)
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
    const text = await page.locator('body').innerText()
    // The product's name, the other language's own name and the member's name are not translated.
    expect(text.replaceAll(/定风波|中文|林舟/g, '')).not.toMatch(/[\u4e00-\u9fff]/)
  }
})

test('backups: made now, listed with age, size and soundness; restoring puts the present files aside and says where', async ({ app }) => {
  await openDashboard(app)
  const client = await app.client()
  await client.call('incidents.declare', { title: '备份里有', type: 'system-failure', level: 3, stage: 'initial-complaint' })
  const { page } = app
  await page.goto(`${app.origin}#/data`)
  await expect(page.getByText(app.dataFolder, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: '立即备份' }).click()
  const byHand = page.getByRole('row', { name: /手动/ })
  await expect(byHand).toBeVisible()
  await expect(byHand).toContainText(/\d+(\.\d)? [KM]B/)
  await client.call('incidents.declare', { title: '备份之后', type: 'system-failure', level: 3, stage: 'initial-complaint' })
  await byHand.getByRole('radio').check()
  await page.getByRole('button', { name: /^恢复到 .+ 的备份$/ }).click()
  await expect(page.getByText('原来的文件存放在：', { exact: false })).toBeVisible()
  await page.goto(`${app.origin}#/`)
  await expect(page.locator('tbody a')).toHaveText(['备份里有'])
})

test('a full check reports the files and each hash chain', async ({ app }) => {
  await openDashboard(app)
  await (await app.client()).call('incidents.declare', { title: '核对我', type: 'system-failure', level: 3, stage: 'initial-complaint' })
  const { page } = app
  await page.goto(`${app.origin}#/data`)
  await page.getByRole('button', { name: '立即完整校验' }).click()
  await expect(page.getByText(/✔ 全部完好，核对了 \d+ 条记录。/)).toBeVisible()
  await expect(page.getByRole('row', { name: /事件：核对我 .* 连续，未被改动/ })).toBeVisible()
})
