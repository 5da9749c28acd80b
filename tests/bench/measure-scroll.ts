import { cpSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '#tests/support/find-chromium.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { startBuiltApp, weighFiles, type BuiltApp } from './built-app.ts'
import { fillDataFolder } from './data-folders.ts'
import { dragThrough, jumpAround, recordFrames, takeFrames, type FrameRecord } from './frame-record.ts'
import { percentile } from './percentiles.ts'

const ENTRIES = 100_000
const EACH_MS = 5000
const WHEEL_EVERY_MS = 16

async function firstScreen(page: Page, app: BuiltApp): Promise<Figure[]> {
  const loaded: string[] = []
  page.on('response', (response) => void loaded.push(response.url()))
  // The first visit uses the launch token; the second is like every later start, with an empty cache.
  await page.goto(app.url)
  await page.goto('about:blank')
  loaded.length = 0
  await page.goto(app.origin)
  await page.locator('main a[href*="/incidents/"]').first().waitFor()
  const [interactive, paint] = await page.evaluate(() => [
    performance.now(),
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  ])
  const scripts = weighFiles(loaded.filter((address) => address.endsWith('.js')))
  const styles = weighFiles(loaded.filter((address) => address.endsWith('.css')))
  loaded.length = 0
  await page.locator('main a[href*="/incidents/"]').first().click()
  await page.locator('[role="feed"] [role="article"]:not([aria-label])').first().waitFor()
  const room = weighFiles(loaded.filter((address) => address.endsWith('.js')))
  return [
    { name: 'first contentful paint', value: paint ?? Number.NaN, unit: 'ms', more: false },
    { name: 'list of incidents on the screen', value: interactive ?? Number.NaN, unit: 'ms', more: false },
    { name: 'scripts of the first screen', value: scripts.raw, unit: 'KB', more: false },
    { name: 'the same, gzip', value: scripts.gzip, unit: 'KB', more: false },
    { name: 'styles of the first screen, gzip', value: styles.gzip, unit: 'KB', more: false },
    { name: 'scripts more for the incident room, gzip', value: room.gzip, unit: 'KB', more: false },
  ]
}

function frameFigures(name: string, { frames, tasks, bare }: FrameRecord, still: FrameRecord): Figure[] {
  const atRest = { name: 'the page at rest', value: Math.max(...still.frames) }
  return [
    {
      name: `${name}: longest frame`,
      value: Math.max(...frames),
      unit: 'ms',
      more: false,
      baseline: atRest,
      goal: { of: 'value', limit: 50 },
    },
    {
      name: `${name}: frame p99`,
      value: percentile(frames, 0.99),
      unit: 'ms',
      more: false,
      baseline: { ...atRest, value: percentile(still.frames, 0.99) },
    },
    { name: `${name}: longest task`, value: Math.max(0, ...tasks), unit: 'ms', more: false },
    { name: `${name}: frames without text`, value: (100 * bare) / frames.length, unit: '%', more: false },
  ]
}

async function scroll(page: Page): Promise<Figure[]> {
  await page.evaluate(recordFrames)
  await wait(EACH_MS / 2)
  const still = await page.evaluate(takeFrames)

  const list = page.getByTestId('timeline-scroll')
  await list.hover()
  const until = performance.now() + EACH_MS
  while (performance.now() < until) {
    await page.mouse.wheel(0, 240)
    await wait(WHEEL_EVERY_MS)
  }
  const wheel = await page.evaluate(takeFrames)
  await page.evaluate(dragThrough, EACH_MS)
  const drag = await page.evaluate(takeFrames)
  await page.evaluate(jumpAround, EACH_MS)
  const jumps = await page.evaluate(takeFrames)
  return [
    ...frameFigures('wheel', wheel, still),
    ...frameFigures('drag from end to end', drag, still),
    ...frameFigures('jumps', jumps, still),
  ]
}

/** A user at a long timeline: the first screen, and every frame while scrolling. */
export const scrollBenchmark: Benchmark = {
  name: 'scroll',
  about: `the built app in Chromium: first screen, then a timeline of ${ENTRIES} scrolled by wheel, by dragging and by jumps, ${EACH_MS / 1000} s each`,
  async run(workshop) {
    const made = await workshop.dataSet(
      `timeline-${ENTRIES}`,
      async (empty) => void (await fillDataFolder(empty, { seed: 5, entries: [ENTRIES] }, workshop.say)),
    )
    const folder = workshop.folder()
    cpSync(made, folder, { recursive: true })
    const found = await findChromium()
    const app = await startBuiltApp(folder)
    const browser = await chromium.launch({
      executablePath: found.executablePath,
      args: found.args,
      env: { ...process.env, ...found.env } as Record<string, string>,
    })
    try {
      const page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 } })
      return [...(await firstScreen(page, app)), ...(await scroll(page))]
    } finally {
      await browser.close()
      await app.close()
    }
  },
}
