import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './app.ts'
import { leaveDialog } from './leave-dialog.ts'
import { composerText, entryRow, openEntry, openRoom, record } from './room.ts'

// UX "Places": an incident has several pages. Level, commander and the next due clock stay visible on all of them.

const PAGES = ['', '/tasks', '/risk', '/bulletins', '/people', '/import', '/reveals'] as const

test('header and sub-navigation stand on every page of an incident, in two lines at 1280 × 800', async ({ app }) => {
  await app.setUp()
  const { page } = app
  await page.setViewportSize({ width: 1280, height: 800 })
  const incident = await openRoom(app)
  for (const path of PAGES) {
    await page.goto(`${app.origin}#/incidents/${incident.id}${path}`)
    const header = page.getByRole('main').locator('header').first()
    await expect(header.getByRole('heading', { level: 1 })).toContainText('空气净化器起火视频')
    await expect(header).toContainText('一级')
    await expect(header).toContainText('指挥：林舟')
    await expect(header.getByRole('region', { name: '时限' })).toContainText('首次响应')
    await expect(header.getByRole('button', { name: '交接' })).toBeVisible()
    expect((await header.boundingBox())?.height, path).toBeLessThan(76)
    const pages = page.getByRole('navigation', { name: '事件的各页' })
    await expect(pages.getByRole('link')).toHaveText(['时间线', '任务', '风险', '口径', '通报', '人员'])
    await expect(pages.locator('[aria-current=page]')).toHaveCount(path === '/import' || path === '/reveals' ? 0 : 1)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveCount(1)
    await page.setViewportSize({ width: 900, height: 800 })
    const sideways = () =>
      header.evaluate((top) => {
        const body = top.parentElement?.lastElementChild
        return [document.documentElement, ...(body ? [body] : [])].some((box) => box.scrollWidth > box.clientWidth)
      })
    await expect.poll(sideways, { message: `${path} at 900` }).toBe(false)
    await page.setViewportSize({ width: 1280, height: 800 })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => `${path}: ${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
  }
})

test('the pages of an incident are a key apart: by number off the timeline, by brackets anywhere', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const incident = await openRoom(app)
  const pages = page.getByRole('navigation', { name: '事件的各页' })
  /** Waits until the page is mounted and handles its keys; the address changes earlier. */
  const at = async (path: string, name: string) => {
    await expect(page).toHaveURL(new RegExp(`#/incidents/${incident.id}${path}$`))
    await expect(pages.locator('[aria-current=page]')).toHaveText(name)
    await expect(path === '' ? page.getByRole('tab').first() : page.getByRole('heading', { level: 2, name }).first()).toBeVisible()
  }
  await page.keyboard.press(']')
  await at('/tasks', '任务')
  await page.keyboard.press('3')
  await at('/risk', '风险')
  await page.keyboard.press('4')
  await at('/wording', '口径')
  await page.keyboard.press('5')
  await at('/bulletins', '通报')
  await page.keyboard.press('6')
  await at('/people', '人员')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: '快捷键' })
  await expect(sheet.locator('dl > div').filter({ hasText: '前往风险' }).locator('kbd')).toHaveText(['3'])
  await leaveDialog(page)
  await expect(sheet).toHaveCount(0)
  await page.keyboard.press(']')
  await at('', '时间线')
  await page.keyboard.press('[')
  await at('/people', '人员')
  await page.keyboard.press('1')
  await at('', '时间线')
  // On the timeline page, the number keys select tabs of the side panel.
  await page.keyboard.press('2')
  await expect(page.getByRole('tab', { name: '任务' })).toHaveAttribute('aria-selected', 'true')
})

test('what the header does for the timeline is done from every page: to write about a clock, to see what met it', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'statement', text: '首次声明：正在调查', meets: ['first-statement'] })
  const clocks = page.getByRole('region', { name: '时限' })
  await page.goto(`${app.origin}#/incidents/${incident.id}/risk`)
  // The address changes before the page is loaded; until then the timeline would answer.
  await expect(page.getByRole('heading', { level: 2, name: '风险' }).first()).toBeVisible()
  await clocks.getByRole('button', { name: /首次响应/ }).click()
  await page.getByRole('menuitem', { name: /写/ }).first().click()
  await expect(composerText(page)).toBeFocused()
  await expect(page.getByRole('radio', { name: '行动' })).toBeChecked()
  await page.goto(`${app.origin}#/incidents/${incident.id}/tasks`)
  await clocks.getByRole('button', { name: /首次声明/ }).click()
  await page
    .getByRole('menuitem', { name: /达成|完成/ })
    .first()
    .click()
  await expect(openEntry(page)).toContainText('首次声明：正在调查')
})

test('an entry lies over the panel and gives it back; a part of the panel that is asked for comes forward', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'observation', text: '门店上报退货' })
  await page.keyboard.press('3')
  const risk = page.getByRole('tab', { name: '风险' })
  await expect(risk).toHaveAttribute('aria-selected', 'true')
  await entryRow(page, '门店上报退货').click()
  await expect(openEntry(page)).toContainText('门店上报退货')
  await expect(risk).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('没有数字不等于没有风险').locator('xpath=ancestor::*[@inert]')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(openEntry(page)).toHaveCount(0)
  await expect(page.getByText('没有数字不等于没有风险')).toBeVisible()
  await entryRow(page, '门店上报退货').click()
  await expect(openEntry(page)).toBeVisible()
  await page.keyboard.press('2')
  await expect(openEntry(page)).toHaveCount(0)
  await expect(page.getByText('还没有任务')).toBeVisible()
})
