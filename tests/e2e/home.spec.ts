import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { tellCrisis } from './crisis.ts'
import { openDashboard } from './open-dashboard.ts'

// UX "Places": one home page per role. An executive has one minute; pending requests come first.

const MINUTE = 60_000

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([])
}

test('an executive sees four numbers, one curve, what is known and said, and what to decide, without scrolling', async ({ app }) => {
  await openDashboard(app, { role: 'executive', name: '陈屿' })
  const { page } = app
  const client = await app.client()
  await page.setViewportSize({ width: 1280, height: 800 })
  await client.call('incidents.declare', {
    title: '演练：高管言论',
    type: 'corporate-news',
    level: 1,
    stage: 'whole-web',
    mode: 'drill',
  })
  await expect(page.getByRole('heading', { level: 1, name: '指挥台 · 高管' })).toBeVisible()
  await expect(page.getByText('没有未关闭的真实事件')).toBeVisible()
  await tellCrisis(client, { title: '空气净化器起火视频', level: 1, known: '机型 AP-3，批次待核实。' })
  const main = page.getByRole('main')
  const figures = main.locator('dl').first()
  await expect(figures).toContainText('未关闭的真实事件1')
  await expect(figures).toContainText('5/5')
  const brief = main.getByRole('article', { name: '空气净化器起火视频' })
  await expect(brief).toContainText('意见领袖关注')
  await expect(brief).toContainText('机型 AP-3，批次待核实。')
  await expect(brief).toContainText('公布召回范围与三种处理方式')
  await expect(main.getByRole('img', { name: /投诉量/ })).toBeVisible()
  const decide = main.getByRole('region', { name: '要决定的事' })
  await expect(decide.getByRole('link', { name: '决定是否开新闻发布会' })).toBeInViewport()
  await expect(main).not.toContainText('演练：高管言论')
  expect(await main.evaluate((box) => box.scrollHeight <= box.clientHeight)).toBe(true)
  await expectAccessible(page)
  for (const width of [900, 1920]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await main.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true)
  }
  await main.getByRole('button', { name: '完整指挥台' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '指挥台', exact: true })).toBeVisible()
  await expect(main).toContainText('演练：高管言论')
  await main.getByRole('button', { name: '回到我的首页' }).click()
  await expect(decide).toBeVisible()
})

for (const role of ['pr', 'legal', 'call-center'] as const) {
  test(`the home of ${role} has what waits first, then what is known and said in each incident`, async ({ app }) => {
    await openDashboard(app, { role, name: '周敏' })
    const { page } = app
    const client = await app.client()
    await tellCrisis(client, { title: '空气净化器起火视频', level: 1, known: '机型 AP-3，批次待核实。' })
    const waiting = page.getByRole('complementary').filter({ hasText: /[等待]我处理/ })
    await expect(waiting.getByRole('link', { name: /更新一线话术与常见问答/ })).toBeVisible()
    const brief = page.getByRole('article', { name: '空气净化器起火视频' })
    await expect(brief).toContainText('公布召回范围与三种处理方式')
    await expectAccessible(page)
    await brief.getByRole('button', { name: '写一条记录' }).click()
    await expect(page.getByRole('region', { name: '写入时间线' }).getByRole('textbox', { name: '内容', exact: true })).toBeFocused()
    await page.reload()
    await expect(page.getByRole('heading', { name: '空气净化器起火视频' })).toBeVisible()
    // By then everything that the room does when it opens is done.
    await expect(page.getByRole('feed').getByRole('article').first()).toBeVisible()
    await expect(page.getByRole('region', { name: '写入时间线' }).getByRole('textbox', { name: '内容', exact: true })).toHaveCount(0)
  })
}

test('an executive is told every decision: of a fourth incident and of a restricted one too', async ({ app }) => {
  await openDashboard(app, { role: 'executive', name: '陈屿' })
  const { page } = app
  const client = await app.client()
  await page.setViewportSize({ width: 1280, height: 800 })
  const status = await client.call('workspace.status', {})
  const me = status.ok ? (status.value.me?.id ?? '') : ''
  const told: string[] = []
  for (const title of ['一', '二', '三', '四']) {
    const declared = await client.call('incidents.declare', {
      title: `空气净化器起火视频全网传播并引发连锁退货潮的第${title}起`,
      type: 'product-problem',
      level: 1,
      stage: 'whole-web',
      clocks: { response: 30 * MINUTE },
    })
    if (!declared.ok) throw new Error(declared.failure.code)
    const incidentId = declared.value.id
    const content = { detail: '', phase: '爆发期', department: null, dueAt: null, checklist: [], blockedBy: [] }
    const made = await client.call('tasks.create', { incidentId, task: { title: `决定${title}`, owner: '陈屿', ...content } })
    expect(made).toMatchObject({ ok: true })
    told.push(incidentId)
  }
  expect(await client.call('incidents.restrict', { incidentId: told[0] ?? '', members: [me] })).toMatchObject({ ok: true })
  const main = page.getByRole('main')
  const decide = main.getByRole('region', { name: '要决定的事' })
  await expect(decide.getByRole('link')).toHaveText(['决定一', '决定二', '决定三', '决定四'])
  await expect(main.locator('dl').first()).toContainText('要决定的事4')
})

test('in a drill only, a home shows what waits and the drill, marked as one; a long list is opened by its button', async ({ app }) => {
  await openDashboard(app, { role: 'pr', name: '周敏' })
  const { page } = app
  const client = await app.client()
  await page.setViewportSize({ width: 1280, height: 800 })
  const incidentId = await tellCrisis(client, { title: '演练：起火视频', level: 1, mode: 'drill' })
  const main = page.getByRole('main')
  await expect(main.getByText('没有未关闭的真实事件')).toHaveCount(0)
  await expect(main.getByRole('article', { name: '演练：起火视频' }).getByText('演练', { exact: true })).toBeVisible()
  for (let number = 1; number <= 7; number += 1) {
    const task = { title: `补充问答 ${number}`, detail: '', phase: '爆发期', department: 'pr', owner: '', dueAt: Date.now() } as const
    const made = await client.call('tasks.create', { incidentId, task: { ...task, checklist: [], blockedBy: [] } })
    expect(made).toMatchObject({ ok: true })
  }
  const waiting = page.getByRole('complementary').filter({ hasText: /[等待]我处理/ })
  await expect(waiting.getByRole('listitem')).toHaveCount(5)
  await waiting.getByRole('button', { name: /^另有 \d+ 件$/ }).click()
  await expect(waiting.getByRole('listitem').filter({ hasText: '补充问答' })).toHaveCount(7)
  await waiting.getByRole('button', { name: '收起' }).click()
  await expect(waiting.getByRole('listitem')).toHaveCount(5)
})

test('the rest of the rail is listed on the full dashboard, from a role home as well', async ({ app }) => {
  await openDashboard(app, { role: 'executive', name: '陈屿' })
  const { page } = app
  const client = await app.client()
  for (let number = 1; number <= 13; number += 1) {
    const declared = { title: `事件 ${number}`, type: 'product-problem', level: 2, stage: 'whole-web' } as const
    expect(await client.call('incidents.declare', declared)).toMatchObject({ ok: true })
  }
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /还有/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '指挥台', exact: true })).toBeVisible()
})

test('each thing that waits has its one act where it stands, real before drill', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  const client = await app.client()
  const declare = async (title: string, mode: 'real' | 'drill', clocks: Record<string, number>) => {
    const declared = await client.call('incidents.declare', {
      title,
      type: 'product-problem',
      level: 3,
      stage: 'initial-complaint',
      mode,
      clocks,
    })
    if (!declared.ok) throw new Error(declared.failure.code)
    return declared.value.id
  }
  await declare('演练里的', 'drill', { response: 5 * MINUTE })
  const incidentId = await declare('真的', 'real', { response: 30 * MINUTE })
  const task = await client.call('tasks.create', {
    incidentId,
    task: {
      title: '封存样机',
      detail: '',
      phase: '爆发期',
      department: null,
      owner: '',
      dueAt: Date.now() - MINUTE,
      checklist: [],
      blockedBy: [],
    },
  })
  expect(task).toMatchObject({ ok: true })
  await client.call('timeline.record', { incidentId, kind: 'action', text: '已回电投诉人' })
  const rows = page
    .getByRole('complementary')
    .filter({ hasText: /[等待]我处理/ })
    .getByRole('listitem')
  await expect(rows).toHaveText([/封存样机/, /首次响应.*真的/, /演练.*首次响应.*演练里的/])
  // By keyboard: from the row to its button, which changes with the state of the task.
  await page.keyboard.press('w')
  await page.keyboard.press('Tab')
  await expect(rows.first().getByRole('button', { name: '开始' })).toBeFocused()
  await page.keyboard.press('Enter')
  await rows.first().getByRole('button', { name: '完成任务' }).click()
  await expect(rows).toHaveCount(2)
  await page.keyboard.press('z')
  await expect(rows).toHaveCount(3)
  await rows.nth(1).getByRole('button', { name: '完成时限…' }).click()
  await expect(page.getByRole('dialog').getByRole('option', { name: /已回电投诉人/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.goto(`${app.origin}#/`)
  await expect(rows).toHaveCount(2)
})
