import { AxeBuilder } from '@axe-core/playwright'
import type { CallInput } from '#contract/api.ts'
import type { Locator, Page } from '@playwright/test'
import { expect, test, type App } from './app.ts'
import { leaveDialog } from './leave-dialog.ts'
import { entryRow, openEntry, openRoom, record } from './room.ts'
import { photograph } from './screenshots.ts'

// Demand, the timeline grown up: starred view, order by happened or recorded, gaps marked, group by hour or day, density strip to jump by.
// MO-07, C2-06: the strip marks clocks that were met or missed; AN-07…AN-11: and turning points.

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Written = Omit<CallInput<'timeline.record'>, 'incidentId'>

const TEXTS = ['门店反馈两位客户要求退货', '短视频播放量到 120 万', '客服收到同类投诉', '记者来电询问批次', '官微评论区要求给说法']
const KINDS = ['observation', 'customer-voice', 'observation', 'media-report', 'action'] as const

/** Two days of an incident: two busy stretches, a night without entries between them, a decision, a turning point, a met clock. */
async function tellTwoDays(app: App, incidentId: string, now: number): Promise<void> {
  const at = (hoursAgo: number, minutes: number) => now - hoursAgo * HOUR + minutes * MINUTE
  const busy = (hoursAgo: number, count: number): Written[] =>
    Array.from({ length: count }, (_, index) => ({
      kind: KINDS[index % 5] ?? 'action',
      text: `${TEXTS[index % 5] ?? ''}（${hoursAgo}-${index + 1}）`,
      happenedAt: at(hoursAgo, index * 7),
    }))
  const told: Written[] = [
    ...busy(30, 26),
    { kind: 'turning-point', turningPoint: 'acceleration', text: '登上热搜第 9 位', happenedAt: at(28, 3) },
    { kind: 'decision', text: '下架 AP-3 全部渠道库存', decision: { reason: '批次未核实', decidedBy: '林舟' }, happenedAt: at(27, 5) },
    ...busy(6, 30),
    { kind: 'statement', text: '第一份声明：已知悉，正在调查', happenedAt: at(2, 31), meets: ['first-statement'] },
    { kind: 'observation', text: '今早才从值班记录补上的电话', happenedAt: at(29, 11) },
  ]
  for (const entry of told) await record(app, incidentId, entry)
}

const strip = (page: Page) => page.getByRole('listbox', { name: '时间密度条' })
const articles = (page: Page) => page.getByRole('feed').getByRole('article')

async function topOf(list: Locator): Promise<number> {
  return (await list.boundingBox())?.y ?? 0
}

test.beforeEach(async ({ app }) => app.setUp())

test('what is starred is a view of its own: one key, in the address, told as so many of so many', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  for (const text of ['第一件', '第二件', '改变走势的一件']) await record(app, incident.id, { kind: 'observation', text })
  await page.keyboard.press('h')
  await expect(page.getByRole('heading', { name: '还没有精选' })).toBeVisible()
  await page.keyboard.press('h')
  await entryRow(page, '改变走势').click()
  await page.keyboard.press('s')
  await expect(page.getByText('精选 1', { exact: true })).toBeVisible()
  await page.keyboard.press('h')
  await expect(articles(page)).toHaveCount(1)
  await expect(page.getByText('共 4 条，显示 1 条')).toBeVisible()
  // The same address shows the same view to everybody.
  expect(new URL(page.url()).hash).toContain('starred=1')
  await page.reload()
  await expect(articles(page)).toHaveCount(1)
  await expect(entryRow(page, '改变走势')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('看全部记录')
  await page.keyboard.press('Enter')
  await expect(articles(page)).toHaveCount(4)
})

test('the order is a switch behind the filters and a key, and what was written down late says by how much', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  const now = Date.now()
  await record(app, incident.id, { kind: 'observation', text: '现在看到的', happenedAt: now })
  await record(app, incident.id, { kind: 'customer-voice', text: '昨晚的电话，今天才记', happenedAt: now - 3 * HOUR - 20 * MINUTE - 5000 })
  await expect(entryRow(page, '昨晚的电话')).toContainText('补记（晚 3 小时 20 分）')
  await expect(page.getByText('补记 1 条', { exact: true })).toBeVisible()
  await expect(articles(page).last()).toContainText('昨晚的电话')
  await page.getByRole('button', { name: '筛选', exact: true }).click()
  await page.getByText('按录入', { exact: true }).click()
  await expect(articles(page).first()).toContainText('昨晚的电话')
  expect(new URL(page.url()).hash).toContain('by=recorded')
  await articles(page).first().focus()
  await page.keyboard.press('b')
  await expect(articles(page).last()).toContainText('昨晚的电话')
  await page.keyboard.press('q')
  await expect(page.getByRole('dialog', { name: '怎么看这条时间线' })).toContainText('按录入：写下来的先后')
  await leaveDialog(page)
  await expect(page.getByRole('dialog', { name: '怎么看这条时间线' })).toHaveCount(0)
})

test('a silence is marked with its length and its rule, and a filter makes none', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  const now = Date.now()
  for (const minutes of [0, 3, 6, 9, 12, 15])
    await record(app, incident.id, { kind: 'observation', text: `${minutes} 分钟前`, happenedAt: now - minutes * MINUTE })
  await record(app, incident.id, { kind: 'action', text: '沉默之前', happenedAt: now - 215 * MINUTE })
  const gap = page.getByRole('feed').getByText('3 小时 20 分无记录')
  await expect(gap).toBeVisible()
  await expect(gap).toHaveAttribute('title', /至少 30 分钟/)
  const between = await topOf(gap)
  expect(between).toBeGreaterThan(await topOf(entryRow(page, '15 分钟前')))
  expect(between).toBeLessThan(await topOf(entryRow(page, '沉默之前')))
  await page.getByRole('button', { name: '筛选', exact: true }).click()
  await page.getByRole('button', { name: '最新在前' }).click()
  await expect(articles(page).first()).toContainText('沉默之前')
  await expect.poll(async () => (await topOf(gap)) > (await topOf(entryRow(page, '沉默之前')))).toBe(true)
  await page.keyboard.press('/')
  await page.keyboard.type('分钟前')
  await expect(articles(page)).toHaveCount(6)
  await expect(gap).toHaveCount(0)
})

test('hours and days head the list with counts by kind, and keys go from heading to heading', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await tellTwoDays(app, incident.id, Date.now())
  await expect(page.getByText('共 62 条')).toBeVisible()
  const sticky = page.getByTestId('timeline-scroll').locator('> [aria-hidden] h3')
  await page.keyboard.press('Shift+B')
  await page.getByRole('button', { name: '筛选', exact: true }).click()
  await expect(page.getByRole('radio', { name: '按小时' })).toBeChecked()
  expect(new URL(page.url()).hash).toContain('group=hour')
  await expect(sticky).toContainText(/\d\d:00–\d\d:00/)
  const first = (await sticky.textContent()) ?? ''
  await page.keyboard.press('Shift+J')
  await expect(sticky).not.toHaveText(first)
  // An icon with a number has a text alternative.
  await expect(sticky).toContainText(/(声明|观察|行动|媒体报道|客户声音) \d+$/)
  // The row under the heading has the focus, and its own heading is exactly under the sticky one.
  const focused = page.locator('[role="article"]:focus')
  await expect(focused.locator('h3')).toHaveText((await sticky.textContent()) ?? '')
  expect(Math.abs((await topOf(focused)) - (await topOf(page.getByTestId('timeline-scroll'))))).toBeLessThan(2)
  await page.keyboard.press('Shift+K')
  await expect(sticky).toHaveText(first)
  await page.keyboard.press('Shift+B')
  await expect(sticky).not.toContainText('–')
})

test('the strip shows the whole incident, names each piece, and leads there by mouse and by arrows', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await tellTwoDays(app, incident.id, Date.now())
  await expect(page.getByText('共 62 条')).toBeVisible()
  await expect(strip(page).getByRole('option', { name: /拐点 1/ })).toHaveCount(1)
  await expect(strip(page).getByRole('option', { name: /决策 1/ })).toHaveCount(1)
  await expect(strip(page).getByRole('option', { name: /完成“首次声明”/ })).toHaveCount(1)
  await expect(strip(page).getByRole('option', { name: /无记录（缩短显示）/ })).toHaveCount(1)
  await strip(page)
    .getByRole('option', { name: /拐点 1/ })
    .click()
  await expect(entryRow(page, '登上热搜')).toBeInViewport()
  await expect(openEntry(page)).toHaveCount(0)
  // Arrow keys move between the bars, and the list follows while the strip keeps the focus.
  await page.keyboard.press('End')
  await expect(entryRow(page, '（30-1）')).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(articles(page).first()).toBeInViewport()
  await expect(strip(page).getByRole('option').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(strip(page).locator(':focus')).not.toHaveAttribute(
    'data-bucket',
    (await strip(page).getByRole('option').first().getAttribute('data-bucket')) ?? '',
  )
  // With a filter, the strip still shows all entries, and how many of them match.
  await page.goto(`${app.origin}#/incidents/${incident.id}?kinds=media-report`)
  await expect(
    strip(page)
      .getByRole('option', { name: /显示 \d+ 条/ })
      .first(),
  ).toBeVisible()
  await expect(strip(page).getByRole('option', { name: /拐点 1/ })).toHaveCount(1)
})

test('an entry that comes in above leaves the list and the strip where they were', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await tellTwoDays(app, incident.id, Date.now())
  await expect(page.getByText('共 62 条')).toBeVisible()
  await strip(page)
    .getByRole('option', { name: /拐点 1/ })
    .click()
  const row = entryRow(page, '登上热搜')
  await expect(row).toBeInViewport()
  const before = await topOf(row)
  await record(app, incident.id, { kind: 'observation', text: '刚刚进来的一条' })
  await expect(page.getByText('共 63 条')).toBeVisible()
  expect(Math.abs((await topOf(row)) - before)).toBeLessThan(2)
})

for (const look of [
  { language: 'zh-Hans', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const) {
  test(`the views have no serious accessibility fault (${look.language}, ${look.theme})`, async ({ app }) => {
    const { page } = app
    await (await app.client()).call('workspace.setPreferences', look)
    const incident = await openRoom(app)
    await tellTwoDays(app, incident.id, Date.now())
    await page.goto(`${app.origin}#/incidents/${incident.id}?group=hour&kinds=decision,observation`)
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    await expect(articles(page).first()).toBeVisible()
    for (const guide of [false, true]) {
      if (guide) await page.keyboard.press('q')
      if (guide) await expect(page.getByRole('dialog')).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
    }
  })
}

test('the views at both sizes, in both languages and themes', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await tellTwoDays(app, incident.id, Date.now())
  const expectNoOverflow = async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
  }
  for (const [name, query] of [
    ['timeline-hours', '?group=hour'],
    ['timeline-filtered', '?kinds=media-report,decision&by=recorded'],
  ] as const) {
    await photograph(app, name, async () => {
      await page.goto(`${app.origin}#/incidents/${incident.id}${query}`)
      await page.getByRole('listbox').getByRole('option').first().waitFor()
      await articles(page).first().waitFor()
      await expectNoOverflow()
    })
  }
})
