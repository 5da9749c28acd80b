import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { openDashboard } from './open-dashboard.ts'

/** Rules whose result depends on the theme. The dark theme runs only these: the elements are the same as in the light one. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block']

async function expectNoSeriousViolation(page: Page, where: string): Promise<void> {
  const axe = new AxeBuilder({ page })
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const { violations } = await (dark ? axe.withRules(COLOR_RULES) : axe).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`),
    where,
  ).toEqual([])
}

for (const theme of ['light', 'dark'] as const) {
  test(`no serious axe violation on any page of the frame, ${theme}`, async ({ app }) => {
    const { page } = app
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await app.open()
    await page.getByRole('heading', { name: '先说说你是谁' }).waitFor()
    await page.getByRole('button', { name: '开始使用' }).click()
    await expectNoSeriousViolation(page, 'first run with faults')
    await openDashboard(app)
    await page.getByRole('heading', { name: '还没有事件' }).waitFor()
    await expectNoSeriousViolation(page, 'empty dashboard')
    const client = await app.client()
    for (const level of [1, 2, 3] as const) {
      await client.call('incidents.declare', {
        title: `等级 ${level}`,
        type: 'product-problem',
        level,
        stage: 'media-report',
        mode: level === 2 ? 'drill' : 'real',
      })
    }
    await page.getByText('共 3 个事件').waitFor()
    await expectNoSeriousViolation(page, 'dashboard')
    await page.keyboard.press('n')
    await page.getByText('产品问题', { exact: true }).click()
    await page.keyboard.press('Control+Enter')
    await expectNoSeriousViolation(page, 'declare dialog with faults')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: '命令面板' }).getByText('等级 1').waitFor()
    await expectNoSeriousViolation(page, 'palette')
    await page.keyboard.press('Escape')
    await page.goto(`${app.origin}#/data`)
    await page.getByRole('button', { name: '立即完整校验' }).click()
    await page.getByText('全部完好', { exact: false }).waitFor()
    await expectNoSeriousViolation(page, 'data')
    await page.goto(`${app.origin}#/settings`)
    await page.getByLabel('姓名').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: '快捷键' }).waitFor()
    await expectNoSeriousViolation(page, 'settings with key sheet')
  })
}

test('the first stop of the keyboard skips to the content', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.getByRole('heading', { name: '还没有事件' }).waitFor()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: '跳到正文' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})
