import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './app.ts'
import { tellCrisis } from './crisis.ts'
import { photograph } from './screenshots.ts'

// Demand: compare with another incident side by side.

const ONE = '空气净化器起火视频'
const OTHER = '电动滑板车断裂'

test('two incidents are chosen, aligned at T+0 and stepped through in lockstep; sides are swapped', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const one = await tellCrisis(client, { title: ONE, level: 1 })
  const other = await tellCrisis(client, { title: OTHER, level: 2 }, { factor: 0.3, hours: 20 })
  await client.call('incidents.changeLevel', { incidentId: other, to: 1, reason: '媒体报道' })
  await page.goto(`${app.origin}#/incidents/${one}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(ONE)
  await page.getByRole('button', { name: '与另一事件对照' }).click()
  await page.getByRole('combobox', { name: '选择右边的事件' }).fill('滑板')
  await page.getByRole('option', { name: /电动滑板车断裂/ }).click()
  await expect(page).toHaveURL(new RegExp(`a=${one}.*b=${other}`))

  const facts = page.getByRole('table', { name: '要点对照' })
  await expect(facts.getByRole('row', { name: /^等级变化/ })).toContainText('二级')
  await expect(facts.getByRole('row', { name: /^首次声明 ✔ 提前/ })).toHaveCount(1)
  await expect(facts.getByRole('row', { name: /^任务/ })).toContainText('完成 0 / 5')
  await expect(facts.getByRole('row', { name: /^传播峰值/ })).toContainText('件/h')
  await expect(page.locator('canvas')).toHaveCount(1)

  // Aligned at the first entry, both sides show the same two hours later, although they are ten hours apart.
  await page.getByRole('radiogroup', { name: 'T+0 是' }).getByText('第一条记录').click()
  const rows = page.getByRole('table', { name: '时间线对照' })
  const first = rows.getByRole('row').filter({ hasText: '0–12 h 预警期' })
  await expect(first).toContainText('T+2 小时')
  await expect(rows.getByRole('row').filter({ hasText: 'T+2 小时' }).getByText('三家大号转发')).toHaveCount(2)
  const bar = page.getByRole('region', { name: '同样时刻的两边' })
  await expect(bar.getByRole('status')).toContainText('T+0 分')
  await page.keyboard.press('j')
  await expect(bar.getByRole('status')).toContainText('T+2 小时')
  // While the radio group has the focus, the arrow keys move its choice; move the focus away first.
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('ArrowDown')
  await expect(bar.getByRole('status')).toContainText('T+3 小时')
  await expect(bar.getByText('决策 1 ·')).toHaveCount(2)
  await expect(rows.locator('tr[aria-current]')).toContainText('暂停该机型线上销售')
  await page.keyboard.press('k')
  await expect(bar.getByRole('status')).toContainText('T+2 小时')
  await page.keyboard.press(']')
  await expect(bar.getByRole('status')).toContainText('T+12 小时')
  await page.keyboard.press(']')
  await expect(bar.getByRole('status')).toContainText('T+2 天')
  await expect(bar.getByText('还没有到这一刻')).toHaveCount(2)
  await expect(bar.getByRole('status')).toContainText('48–72 h 高峰期')

  await page.keyboard.press('x')
  await expect(page).toHaveURL(new RegExp(`a=${other}.*b=${one}`))
  await expect(facts.getByRole('columnheader').nth(1)).toContainText(OTHER)
  await rows.getByRole('link', { name: '公布召回范围与三种处理方式' }).first().click()
  await expect(page).toHaveURL(new RegExp(`incidents/${other}\\?entry=`))
})

test('an incident that is missing or restricted says so, and likely partners are offered', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const one = await client.call('incidents.declare', { title: ONE, type: 'product-problem', level: 1, stage: 'platform-spread' })
  for (const [title, type] of [
    ['支付中断', 'system-failure'],
    [OTHER, 'product-problem'],
  ] as const)
    await client.call('incidents.declare', { title, type, level: 3, stage: 'initial-complaint' })
  if (!one.ok) throw new Error(one.failure.code)
  for (const absent of ['0193a6e0-0000-7000-8000-000000000000', 'no-such-thing']) {
    await page.goto(`${app.origin}#/compare?a=${one.value.id}&b=${absent}`)
    await expect(page.getByRole('region', { name: '右边的事件' }).getByRole('alert')).toContainText('这个事件不在本机')
  }
  await page.goto(`${app.origin}#/compare?a=${one.value.id}`)
  const offers = page.getByRole('region', { name: '右边的事件' }).getByRole('listitem')
  await expect(offers).toHaveText([/电动滑板车断裂/, /支付中断/])
  await offers.first().getByRole('button').click()
  await expect(page.getByRole('table', { name: '要点对照' })).toContainText('没有这项时限')
  await expect(page.getByText('两边都没有数字')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`#/incidents/${one.value.id}$`))
})

test('it is reached from the dashboard, from search results, from the palette and by its key', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const one = await client.call('incidents.declare', { title: ONE, type: 'product-problem', level: 1, stage: 'platform-spread' })
  await client.call('incidents.declare', { title: OTHER, type: 'product-problem', level: 2, stage: 'initial-complaint' })
  if (!one.ok) throw new Error(one.failure.code)
  await page.goto(`${app.origin}#/`)
  await page.getByRole('button', { name: '对照两个事件' }).click()
  await expect(page.getByRole('heading', { name: '左右各选一个事件' })).toBeVisible()
  await page.goto(`${app.origin}#/search?q=${encodeURIComponent('起火')}`)
  await page.getByRole('link', { name: '与另一事件对照' }).click()
  await expect(page).toHaveURL(new RegExp(`compare\\?a=${one.value.id}`))
  // The address changes before the page is mounted and handles keys.
  await expect(page.getByRole('combobox', { name: '选择右边的事件' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(ONE)
  await page.keyboard.press('Shift+C')
  await expect(page).toHaveURL(new RegExp(`compare\\?a=${one.value.id}`))
  await page.keyboard.press('Control+k')
  await page.keyboard.type('对照两个')
  await page
    .getByRole('option', { name: /对照两个事件/ })
    .or(page.getByRole('button', { name: /对照两个事件/ }))
    .first()
    .click()
  await expect(page.getByRole('heading', { name: '左右各选一个事件' })).toBeVisible()
})

test('the comparison fits its width in both languages, themes and sizes and has no serious fault of accessibility', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const one = await tellCrisis(client, { title: '空气净化器起火视频在三个平台同时冲上热搜，媒体开始联系总部求证', level: 1 })
  const other = await tellCrisis(client, { title: OTHER, level: 2 }, { factor: 0.3, hours: 20 })
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['zh-Hans', 'en'] as const) {
      await client.call('workspace.setPreferences', { theme, language })
      await page.goto(`${app.origin}#/compare?a=${one}&b=${other}&by=first-entry`)
      await expect(page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`)).toHaveCount(1)
      await expect(page.locator('canvas')).toHaveCount(1)
      const { violations } = await new AxeBuilder({ page }).include('main').analyze()
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      ).toEqual([])
    }
  }
  await photograph(app, 'compare', async () => {
    await page.goto(`${app.origin}#/compare?a=${one}&b=${other}&by=first-entry`)
    await expect(page.locator('canvas')).toHaveCount(1)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.locator('main').evaluate((main) => main.scrollTo(0, 0))
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
    expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBeLessThanOrEqual(0)
  })
})
