import { expect, test } from './app.ts'
import { leaveDialog } from './leave-dialog.ts'
import { openRoom } from './room.ts'

// UX rule 4: each act has a key, and a listed key does what it says. Rule "Density": nothing covers the work area.

test('in a room the numbers switch its tabs, with Shift they go to the places; the key sheet says so', async ({ app }) => {
  await app.setUp()
  const { page } = app
  await openRoom(app)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: '快捷键' })
  const row = (words: string) => sheet.locator('dl > div').filter({ has: page.getByText(words, { exact: true }) })
  await expect(row('前往指挥台').locator('kbd')).toHaveText(['Shift', '1'])
  await expect(row('概览').locator('kbd')).toHaveText(['1'])
  await leaveDialog(page)
  await expect(sheet).toHaveCount(0)
  await page.keyboard.press('2')
  await expect(page.getByRole('tab', { name: '任务' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+Digit4')
  await expect(page).toHaveURL(/#\/plans/)
  await expect(page.getByRole('heading', { level: 1, name: '预案' })).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByRole('link', { name: '空气净化器起火视频' }).first()).toBeVisible()
  await expect(page).toHaveURL(/#\/$/)
  await page.keyboard.press('?')
  await expect(row('前往指挥台').locator('kbd')).toHaveText(['Shift', '1', '1'])
})

test('a notice stands beside the page and covers none of it, at 1280 × 800 and with a dialog open', async ({ app }) => {
  await app.setUp()
  await app.page.setViewportSize({ width: 1280, height: 800 })
  await openRoom(app)
  const { page } = app
  await page.keyboard.press('Shift+L')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /二级/ }).check({ force: true })
  await dialog.getByRole('textbox').fill('只有一条投诉')
  await page.keyboard.press('Control+Enter')
  const notice = page.getByRole('alert').filter({ hasText: '已改为二级' })
  await expect(notice).toBeVisible()
  const box = async (locator: ReturnType<typeof page.locator>) => (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const main = await box(page.getByRole('main'))
  const shown = await box(notice)
  expect(shown.x + shown.width).toBeLessThanOrEqual(main.x)
  const rail = await box(page.getByRole('navigation', { name: '主导航' }))
  expect(rail.y + rail.height).toBeLessThanOrEqual(shown.y)
  await page.keyboard.press('Shift+L')
  await expect(page.getByRole('dialog')).toBeVisible()
  await notice.getByRole('button', { name: /撤销/ }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('main').getByText('二级改为一级', { exact: false })).toBeVisible()
})
