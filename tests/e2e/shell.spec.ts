import { readFile } from 'node:fs/promises'
import { SIDE_TABS } from '../../src/renderer/features/timeline/room/side-tabs.ts'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { tellCrisis } from './crisis.ts'
import { openRoom, record } from './room.ts'

// UX rule "Density": the shell does not move. The content of a page scrolls within the page, on every page and at every size.

/** Common screen widths and heights. The first is repeated at the end: by then the page has read everything it shows. */
const SIZES = [
  [1280, 657],
  [900, 800],
  [1920, 1080],
  [900, 657],
  [1280, 657],
] as const

/** Every address of the router, with an incident and a plan for their parameters. */
async function addressesOf(incidentId: string, other: string): Promise<string[]> {
  const source = await readFile(new URL('../../src/renderer/app/routes.tsx', import.meta.url), 'utf8')
  const routes = [...source.matchAll(/path: '(?<path>[^']+)'/gu)].map((found) => found.groups?.['path'] ?? '')
  expect(routes.length).toBeGreaterThan(15)
  return routes.flatMap((route) => {
    if (route === '/incidents/:incidentId') return SIDE_TABS.map((tab) => `/incidents/${incidentId}?side=${tab}`)
    if (route === '/compare') return [`/compare?a=${incidentId}&b=${other}`]
    if (route === '/search') return ['/search?q=批次']
    return [route.replace(':incidentId?', incidentId).replace(':incidentId', incidentId).replace(':planId?', '').replace('*', '/nowhere')]
  })
}

/** Finds layout that can escape: a page longer or wider than the window, or a scroller whose content does not stay inside it. */
function looseEnds(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement
    const main = document.querySelector('main')
    const ends: string[] = []
    if (root.scrollHeight !== innerHeight) ends.push(`${root.scrollHeight} high in a window of ${innerHeight}`)
    if (root.scrollWidth !== innerWidth) ends.push(`${root.scrollWidth} wide in a window of ${innerWidth}`)
    if (main && main.scrollWidth > main.clientWidth) ends.push(`a page ${main.scrollWidth} wide in a frame of ${main.clientWidth}`)
    for (const element of document.querySelectorAll('body *')) {
      const { overflowY, overflowX, position } = getComputedStyle(element)
      if (position === 'static' && [overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll'))
        ends.push(`a scroller that is not positioned: ${element.className}`)
    }
    return ends
  })
}

/** The number of timeline rows that are entirely visible. */
function rowsInSight(page: Page): Promise<number> {
  return page.getByTestId('timeline-scroll').evaluate((list) => {
    const box = list.getBoundingClientRect()
    return [...list.querySelectorAll('[role=article]')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return top >= box.top && bottom <= box.bottom
    }).length
  })
}

test('the timeline has most of the room, at every size', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const incident = await openRoom(app, { title: '清屿 Q3 空气净化器夜间冒烟，儿童受伤' })
  for (let number = 1; number <= 24; number += 1)
    await record(app, incident.id, { kind: 'observation', text: `第 ${number} 家门店上报退货` })
  for (const language of ['zh-Hans', 'en'] as const) {
    await client.call('workspace.setPreferences', { language })
    await expect(page.locator(`html[lang="${language}"]`)).toBeAttached()
    for (const [width, height, least] of [
      [1280, 800, 10],
      [1280, 657, 7],
      [900, 800, 6],
      [1920, 1080, 15],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => rowsInSight(page), { message: `${language}, ${width} × ${height}` }).toBeGreaterThanOrEqual(least)
      const strip = page.getByRole('listbox')
      const sticksOut = await strip.evaluate(
        (box) => [...box.children].filter((piece) => piece.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom + 1).length,
      )
      expect(sticksOut).toBe(0)
    }
  }
  // English quotation marks use a Latin font: in a Chinese font they are as wide as a character.
  const quote = await page.evaluate(() => {
    const word = document.body.appendChild(document.createElement('span'))
    word.style.fontSize = '100px'
    word.textContent = '’'
    const { width } = word.getBoundingClientRect()
    word.remove()
    return width
  })
  expect(quote).toBeLessThan(60)
  const lefts = new Set<number>()
  let before = '清屿 Q3 空气净化器夜间冒烟，儿童受伤'
  for (const address of ['/', '/plans', '/contacts', '/settings', '/settings/rules', '/settings/team', '/settings/data']) {
    await page.goto(`${app.origin}#${address}`)
    const heading = page.locator('main[aria-busy=false] h1')
    await expect(heading).not.toContainText(before)
    before = await heading.innerText()
    lefts.add(await heading.evaluate((shown) => Math.round(shown.getBoundingClientRect().x)))
  }
  expect([...lefts]).toHaveLength(1)
})

test('no page scrolls the shell, in either language, at any size', async ({ app }) => {
  test.setTimeout(300_000)
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const incidentId = await tellCrisis(client, { title: '空气净化器起火视频', level: 1, known: '机型 AP-3，批次待核实。\n'.repeat(12) })
  const other = await tellCrisis(client, { title: '电池仓过热', mode: 'drill' })
  for (let number = 1; number <= 12; number += 1) {
    const task = {
      title: `核对第 ${number} 批次的序列号，通知渠道暂停发货`,
      detail: '逐台登记',
      phase: '爆发期',
      department: 'technical' as const,
      owner: '',
      dueAt: null,
      checklist: [],
      blockedBy: [],
    }
    expect(await client.call('tasks.create', { incidentId, task })).toMatchObject({ ok: true })
  }
  for (const language of ['zh-Hans', 'en'] as const) {
    await client.call('workspace.setPreferences', { language })
    for (const address of await addressesOf(incidentId, other)) {
      await page.goto(`${app.origin}#${address}`)
      await expect(page.locator(`html[lang="${language}"]`)).toBeAttached()
      await expect(page.locator('h1, h2').first()).toBeAttached()
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        // Elements that measure themselves, such as charts, follow the window one frame later.
        await expect.poll(() => looseEnds(page), { message: `${address} (${language}, ${width} × ${height})` }).toEqual([])
      }
    }
  }
})

test('a screen without the frame scrolls by itself: its last control is reached in a low window', async ({ app }) => {
  await app.open()
  const { page } = app
  await page.setViewportSize({ width: 900, height: 320 })
  const last = page.getByRole('button').last()
  await expect(last).not.toBeInViewport()
  await last.scrollIntoViewIfNeeded()
  await expect(last).toBeInViewport({ ratio: 1 })
  expect(await looseEnds(page)).toEqual([])
})
