import { expect, test } from './app.ts'
import { leaveDialog } from './leave-dialog.ts'
import { openDashboard } from './open-dashboard.ts'

// UX "Places": a rail with groups of pages, everything else under settings, and one search.

test('the rail lists its places by group, the numbers follow it, and the key sheet says so', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  const rail = page.getByRole('navigation', { name: '主导航' })
  await expect(rail.getByRole('link')).toHaveText([/指挥台/, /口径/, /通报/, /预案/, /联络清单/, /设置/])
  await expect(rail.getByRole('heading')).toHaveText(['应对', '预防'])
  await page.keyboard.press('6')
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
  await page.keyboard.press('Shift+Digit4')
  await expect(page.getByRole('heading', { level: 1, name: '预案' })).toBeVisible()
  await page.keyboard.press('?')
  const row = page
    .getByRole('dialog', { name: '快捷键' })
    .locator('dl > div')
    .filter({ has: page.getByText('前往设置', { exact: true }) })
  await expect(row.locator('kbd')).toHaveText(['Shift', '6', '6'])
  await leaveDialog(page)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('7')
  await expect(page.getByRole('heading', { level: 1, name: '预案' })).toBeVisible()
})

test('settings have pages of their own, each marked in the line above it and found by name', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.keyboard.press('6')
  const pages = page.getByRole('navigation', { name: '设置的各页' })
  for (const [link, heading] of [
    ['团队规则', '团队规则'],
    ['审批规则', '审批规则'],
    ['团队', '团队'],
    ['权限', '权限'],
    ['数据', '数据'],
    ['我和本机', '设置'],
  ] as const) {
    await pages.getByRole('link', { name: link, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()
    await expect(pages.locator('[aria-current=page]')).toHaveText(link)
    await expect(page.getByRole('navigation', { name: '主导航' }).locator('[aria-current=page]')).toContainText('设置')
  }
  await page.keyboard.press('Control+k')
  await page.keyboard.type('前往数据')
  await expect(page.getByRole('dialog').locator('[data-action]').first()).toContainText('前往数据')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/settings\/data$/)
})

test('addresses that people kept still lead where they led', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  for (const [old, now] of [
    ['/data', '/settings/data'],
    ['/team', '/settings/team'],
    ['/team/access', '/settings/team/access'],
    ['/team/permissions', '/settings/permissions'],
    ['/team/reveals', '/settings/team/reveals'],
    ['/search', '/search'],
  ] as const) {
    await page.goto(`${app.origin}#${old}`)
    await expect(page).toHaveURL(new RegExp(`#${now}$`))
    await expect(page.locator('main h1')).toBeVisible()
  }
})

test('search is the field of the top bar: with a word to what it finds, without one to its page', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  const field = page.getByRole('banner').getByRole('textbox', { name: '搜索全部内容' })
  await field.press('Enter')
  await expect(page).toHaveURL(/#\/search$/)
  // The page takes the focus when it opens, and would take the key as well.
  await expect(page.getByRole('searchbox', { name: '要找的词' })).toBeFocused()
  await field.fill('起火')
  await field.press('Enter')
  await expect(page).toHaveURL(/#\/search\?q=/)
})
