import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { tellCrisis } from './crisis.ts'
import { photograph } from './screenshots.ts'

// Demand: present on a wall screen. UX: state first, truth over comfort, only important changes move.

const TITLE = '空气净化器起火视频'

/** Elements that leave the screen, and sections that overlap. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out = [...document.querySelectorAll('main section, main header, main footer, main li, main dd, main dt')].filter((element) => {
      const box = element.getBoundingClientRect()
      return box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1
    })
    const overlap = [...document.querySelectorAll('main section')].flatMap((one, index, all) =>
      all
        .slice(index + 1)
        .filter((other) => {
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
          return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
        })
        .map((other) => `${one.getAttribute('aria-label')} lies on ${other.getAttribute('aria-label')}`),
    )
    return [...out.map((element) => element.outerHTML.slice(0, 120)), ...overlap]
  })
}

/** The smallest font size on the screen, in pixels. */
function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector('main h1')?.closest('main > div') ?? document.body, NodeFilter.SHOW_TEXT)
    const sizes: number[] = []
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement
      if (node.textContent?.trim() && element && !element.closest('.visually-hidden'))
        sizes.push(Number.parseFloat(getComputedStyle(element).fontSize))
    }
    return Math.min(...sizes)
  })
}

test('the wall shows one incident whole, follows it live, and shows nothing of customers', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const incidentId = await tellCrisis(client, { title: TITLE, level: 1 })
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${app.origin}#/present/${incidentId}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)
  await expect(page.getByText('一级', { exact: true })).toBeVisible()
  await expect(page.getByText('阶段：意见领袖关注')).toBeVisible()
  await expect(page.getByRole('heading', { name: '最近到期：首次响应' })).toBeVisible()
  await expect(page.getByRole('timer')).toHaveText(/^(1 小时 00 分|5\d 分 \d\d 秒)\s*$/)
  await expect(page.getByText('指挥', { exact: true }).locator('..')).toContainText('林舟')
  await expect(page.locator('canvas')).toHaveCount(1)
  const tasks = page.getByRole('region', { name: '未完成任务 5 项' })
  await expect(tasks).toContainText('核实涉事批次与供应商记录')
  await expect(tasks).toContainText('阻塞后续 1 项')
  await expect(page.getByText('数据实时更新')).toBeVisible()
  // LI-03: no customer quotes and no phone numbers of customers.
  await expect(page.getByText('孩子的房间')).toHaveCount(0)
  await expect(page.getByText('13812345678')).toHaveCount(0)
  await expect(page.getByText('138****5678')).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)

  await client.call('timeline.record', { incidentId, kind: 'statement', text: '刚刚发布的第二份声明', meets: ['response'] })
  await expect(page.getByText('刚刚发布的第二份声明')).toBeVisible()
  await expect(page.getByRole('heading', { name: /首次响应/ })).toHaveCount(0)
  await client.call('incidents.changeLevel', { incidentId, to: 2, reason: '回落' })
  await expect(page.getByText('二级', { exact: true })).toBeVisible()
})

test('at 1080 and 2160 lines, in both languages and themes, everything stands in the picture and is large enough for five metres', async ({
  app,
}) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const incidentId = await tellCrisis(client, { title: '空气净化器起火视频在三个平台同时冲上热搜，媒体开始联系总部求证', level: 1 })
  for (const language of ['zh-Hans', 'en'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await client.call('workspace.setPreferences', { language, theme })
      for (const [width, height] of [
        [1920, 1080],
        [3840, 2160],
        [1280, 800],
      ] as const) {
        await page.setViewportSize({ width, height })
        await page.goto(`${app.origin}#/present/${incidentId}`)
        await expect(page.locator('canvas')).toHaveCount(1)
        await expect(page.locator(`html[lang="${language}"]`)).toHaveCount(1)
        // The layout follows the window one frame later.
        const where = { message: `${language} ${theme} ${width}` }
        await expect.poll(() => overflow(page), where).toEqual([])
        await expect.poll(async () => (await smallestText(page)) / Math.min(width / 1920, height / 1080), where).toBeGreaterThan(27.9)
      }
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      ).toEqual([])
    }
  }
  await photograph(app, 'wall', async () => {
    await page.goto(`${app.origin}#/present/${incidentId}`)
    await expect(page.locator('canvas')).toHaveCount(1)
  })
})

test('the round goes on by the arrows, waits by the space bar, follows what is declared and closed, and Escape leaves', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  await page.clock.install()
  await page.goto(`${app.origin}#/present`)
  await expect(page.getByRole('heading', { name: '现在没有进行中的事件' })).toBeVisible()
  const first = await client.call('incidents.declare', { title: '一号事件', type: 'product-problem', level: 1, stage: 'platform-spread' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('一号事件')
  await client.call('incidents.declare', { title: '二号演练', type: 'system-failure', level: 2, stage: 'initial-complaint', mode: 'drill' })
  await expect(page.getByText('第 1 / 2 个事件，30 秒轮换')).toBeVisible()
  await page.clock.runFor(30_000)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('二号演练')
  await expect(page.getByText('演练', { exact: true })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByText('第 2 / 2 个事件，轮换已暂停')).toBeVisible()
  await page.clock.runFor(90_000)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('二号演练')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('一号事件')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('一号事件')
  if (!first.ok) throw new Error(first.failure.code)
  for (const to of ['contained', 'resolved', 'closed'] as const)
    await client.call('incidents.setStatus', { incidentId: first.value.id, to, reason: '完' })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('二号演练')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/#\/$/)
})

test('the mouse and what can be done are out of the picture until it moves; F fills the screen', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const declared = await client.call('incidents.declare', { title: TITLE, type: 'product-problem', level: 1, stage: 'platform-spread' })
  if (!declared.ok) throw new Error(declared.failure.code)
  await page.goto(`${app.origin}#/present/${declared.value.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)
  await expect(page.getByRole('main')).toHaveCSS('cursor', 'none')
  await expect(page.getByRole('toolbar')).not.toBeInViewport()
  await page.mouse.move(300, 300)
  await expect(page.getByRole('toolbar')).toBeInViewport()
  await expect(page.getByRole('main')).not.toHaveCSS('cursor', 'none')
  await page.keyboard.press('f')
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  await page.keyboard.press('f')
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(false)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`#/incidents/${declared.value.id}$`))
  await page.goto(`${app.origin}#/present/0193a6e0-0000-7000-8000-000000000000`)
  await expect(page.getByText('这个事件不能上大屏')).toBeVisible()
})

test('a wall whose data service is gone says since when its picture stands still', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const declared = await client.call('incidents.declare', { title: TITLE, type: 'product-problem', level: 1, stage: 'platform-spread' })
  if (!declared.ok) throw new Error(declared.failure.code)
  await page.goto(`${app.origin}#/present/${declared.value.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)
  await expect(page.getByText('数据实时更新')).toBeVisible()
  await app.kill()
  await expect(page.getByText(/画面停在 \d\d:\d\d/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)
})
