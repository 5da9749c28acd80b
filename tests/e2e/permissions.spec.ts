import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './app.ts'
import { openDashboard } from './open-dashboard.ts'
import { photograph } from './screenshots.ts'

test('the permission table says who may do what, and what is mine, by keyboard and palette', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await (
    await app.client()
  ).call('incidents.declare', { title: '空气净化器起火视频', type: 'product-problem', level: 1, stage: 'opinion-leaders' })
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('textbox').fill('权限')
  await page.getByText('查看权限：谁能做什么').click()
  await expect(page.getByRole('heading', { name: '权限', exact: true })).toBeVisible()
  await expect(page.getByText('你是团队负责人', { exact: false })).toBeVisible()
  await expect(page.getByRole('link', { name: '空气净化器起火视频' }).last()).toBeVisible()
  const level = page.getByRole('row', { name: /^调整等级/ })
  await expect(level.getByRole('cell')).toHaveText([/可以$/, ...Array.from({ length: 9 }, () => /不可以$/)])
  await expect(page.getByRole('columnheader', { name: /危机指挥\s*我/ })).toBeVisible()
  await page.getByText('只看我的', { exact: true }).click()
  await expect(page.getByRole('columnheader')).toHaveText(['做什么', /危机指挥/, /团队负责人/])
})

test('the permission table fits both sizes in both languages and themes, and axe has nothing to say', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await photograph(app, 'permissions', async () => {
    await page.goto(`${app.origin}#/team/permissions`)
    await page.locator('main table').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
  })
  for (const theme of ['light', 'dark'] as const) {
    await (await app.client()).call('workspace.setPreferences', { theme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    await expect(page.locator('main table')).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
})

test('OR-12: alone in the team nobody can be given authority, and the panel says why', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  const declared = await (
    await app.client()
  ).call('incidents.declare', { title: '空气净化器起火视频', type: 'product-problem', level: 1, stage: 'opinion-leaders' })
  if (!declared.ok) throw new Error('not declared')
  await page.goto(`${app.origin}#/incidents/${declared.value.id}?side=people`)
  await expect(page.getByRole('heading', { name: '临时授权' })).toBeVisible()
  await expect(page.getByRole('button', { name: '授权…' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: '授权…' })).toHaveAccessibleDescription('团队里还没有别的成员。')
})
