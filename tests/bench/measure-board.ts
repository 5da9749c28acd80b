import { execFileSync } from 'node:child_process'
import { constants, cpSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser, type Page } from '@playwright/test'
import type { ApiClient } from '#contract/api.ts'
import { findChromium } from '#tests/support/find-chromium.ts'
import type { Benchmark, Figure, Workshop } from './benchmark.ts'
import { boardAuthor, boardOps, type BoardPlot } from './board-ops.ts'
import { startBuiltApp, type BuiltApp } from './built-app.ts'
import { fillWithOps } from './data-folders.ts'
import { expectDone } from './expect-done.ts'
import { recordClicks, takeClicks, whenPainted } from './paint-record.ts'
import { percentile } from './percentiles.ts'
import { connectBeside } from './visiting-client.ts'

const SMALL: BoardPlot = { seed: 13, incidents: 50, entries: 5000, runningEvery: 5 }
const TEAM: BoardPlot = { seed: 13, incidents: 500, entries: 200_000, runningEvery: 5 }
const TENFOLD: BoardPlot = { seed: 13, incidents: 5000, entries: 2_000_000, runningEvery: 5 }
const CHANGES = 20
const APART_MS = 500
const ROUNDS = 4
const PAINT_GOAL = { of: 'value', limit: 100 } as const
const CLICK_GOAL = { of: 'value', limit: 50 } as const

/** Milliseconds, or megabytes; `replicaWork` and `pageWork` are processor time, which other load on the machine does not lengthen. */
type Measured = {
  toDashboard: number[]
  toRoom: number[]
  replicaWork: number
  pageWork: number
  clicks: number[]
  dashboard: number
  replica: number
  heap: number
  renderer: number
}

const now = () => performance.timeOrigin + performance.now()

/** Waits until the integrity check and the first backup are done, so that they are not measured. */
async function untilAtRest(client: ApiClient): Promise<void> {
  for (;;) {
    const [status, backups] = [
      expectDone(await client.call('workspace.status', {})),
      expectDone(await client.call('workspace.backups', {})),
    ]
    if (status.integrity !== null && backups.length > 0) return
    await wait(500)
  }
}

/** Milliseconds from sending a change to the frame after the one that shows it. */
async function timeToPaint(page: Page, text: string, change: () => Promise<unknown>): Promise<number> {
  const painted = page.evaluate(whenPainted, text)
  // Lets the previous change finish its work (its way to the hub).
  await wait(APART_MS)
  const sent = now()
  await change()
  return (await painted) - sent
}

/** Processor time that a process has used, milliseconds; NaN where there is no /proc. */
function processorTime(processId: number): number {
  try {
    // See proc(5): after the name in parentheses come the state and numbers; the 12th and 13th are ticks of 10 ms.
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

async function rendererOf(browser: Browser): Promise<number> {
  const whole = await browser.newBrowserCDPSession()
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  return renderers.toSorted((a, b) => processorTime(b) - processorTime(a))[0] ?? 0
}

async function measureChanges(
  page: Page,
  app: BuiltApp,
  client: ApiClient,
  renderer: number,
): Promise<Pick<Measured, 'toDashboard' | 'toRoom' | 'replicaWork' | 'pageWork'>> {
  const href = (await page.locator('main tbody a').first().getAttribute('href')) ?? ''
  const incidentId = /[0-9a-f-]{36}/.exec(href)?.[0] ?? ''
  const toDashboard: number[] = []
  const before = [processorTime(app.processId), processorTime(renderer)] as const
  for (let index = 0; index < CHANGES; index++) {
    const title = `改动 ${index} 到达`
    toDashboard.push(await timeToPaint(page, title, async () => expectDone(await client.call('incidents.revise', { incidentId, title }))))
  }
  const replicaWork = (processorTime(app.processId) - before[0]) / CHANGES
  const pageWork = (processorTime(renderer) - before[1]) / CHANGES
  await page.goto(`${app.origin}#/incidents/${incidentId}`)
  await page.locator('[role="feed"] [role="article"]').first().waitFor()
  const toRoom: number[] = []
  for (let index = 0; index < CHANGES; index++) {
    const text = `新的观察 ${index} 到达`
    toRoom.push(
      await timeToPaint(page, text, async () =>
        expectDone(await client.call('timeline.record', { incidentId, kind: 'observation', text })),
      ),
    )
  }
  return { toDashboard, toRoom, replicaWork, pageWork }
}

/** Clicks and types one round over dashboard and room; each step waits until the page has responded. */
async function clickAround(page: Page): Promise<void> {
  const nav = page.locator('nav a[href="#/"]').first()
  await nav.click()
  const rows = page.locator('main tbody a')
  await rows.first().waitFor()
  const status = page.getByRole('radiogroup').first().locator('label')
  await status.last().click()
  await wait(200)
  await status.first().click()
  await wait(200)
  for (let row = 0; row < 4; row++) await page.keyboard.press('j')
  await page.keyboard.press('n')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('净化', { delay: 50 })
  await wait(200)
  await page.keyboard.press('Escape')
  await rows.nth(2).click()
  await page.locator('[role="feed"] [role="article"]').first().waitFor()
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await wait(150)
  }
}

async function measureClicks(page: Page): Promise<number[]> {
  await page.evaluate(recordClicks)
  // Loading at first use has its own figure (see `scroll`).
  await clickAround(page)
  await wait(500)
  await page.evaluate(takeClicks)
  for (let round = 0; round < ROUNDS; round++) await clickAround(page)
  await wait(500)
  return (await page.evaluate(takeClicks)).map(({ duration }) => duration)
}

const residentMb = (processId: number) => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(processId)], { encoding: 'utf8' })) / 1024

async function measureMemory(page: Page, app: BuiltApp, renderer: number): Promise<Pick<Measured, 'replica' | 'heap' | 'renderer'>> {
  const tab = await page.context().newCDPSession(page)
  await tab.send('HeapProfiler.collectGarbage')
  const { usedSize } = await tab.send('Runtime.getHeapUsage')
  return { replica: residentMb(app.processId), heap: usedSize / 2 ** 20, renderer: residentMb(renderer) }
}

async function measure(workshop: Workshop, plot: BoardPlot): Promise<Measured> {
  const made = await workshop.dataSet(`board-${plot.incidents}-${plot.entries}`, async (empty) => {
    const author = boardAuthor(plot)
    await fillWithOps(empty, author.memberId, boardOps(author, plot), workshop.say)
  })
  const folder = workshop.folder()
  cpSync(made, folder, { recursive: true, mode: constants.COPYFILE_FICLONE })
  const found = await findChromium()
  const app = await startBuiltApp(folder)
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: found.args,
    env: { ...process.env, ...found.env } as Record<string, string>,
  })
  try {
    const page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } })
    await page.goto(app.url)
    await page.locator('main tbody a').first().waitFor()
    const { client, close } = await connectBeside(page.context(), app.origin)
    await untilAtRest(client)
    await page.goto('about:blank')
    const opened = now()
    await page.goto(app.origin)
    await page.locator('main tbody a').first().waitFor()
    const dashboard = now() - opened
    const renderer = await rendererOf(browser)
    const changes = await measureChanges(page, app, client, renderer)
    const clicks = await measureClicks(page)
    close()
    return { ...changes, clicks, dashboard, ...(await measureMemory(page, app, renderer)) }
  } finally {
    await browser.close()
    await app.close()
  }
}

function benchmarkOf(name: string, plot: BoardPlot): Benchmark {
  return {
    name,
    about:
      `the built app in Chromium with ${plot.incidents} incidents (${plot.incidents / plot.runningEvery} running) and ${plot.entries} entries: a second client's change until painted, ` +
      `clicks and keys until the next paint, memory; beside ${SMALL.incidents} incidents and ${SMALL.entries} entries`,
    async run(workshop) {
      const small = await measure(workshop, SMALL)
      const large = await measure(workshop, plot)
      const figure = (title: string, unit: string, pick: (measured: Measured) => number): Figure => ({
        name: title,
        value: pick(large),
        unit,
        more: false,
        baseline: { name: 'the small team', value: pick(small) },
      })
      return [
        { ...figure('change to paint on the dashboard, p50', 'ms', ({ toDashboard }) => percentile(toDashboard, 0.5)), goal: PAINT_GOAL },
        { ...figure('the same, worst', 'ms', ({ toDashboard }) => percentile(toDashboard, 1)), goal: PAINT_GOAL },
        { ...figure('new entry to paint in the room, p50', 'ms', ({ toRoom }) => percentile(toRoom, 0.5)), goal: PAINT_GOAL },
        { ...figure('the same, worst', 'ms', ({ toRoom }) => percentile(toRoom, 1)), goal: PAINT_GOAL },
        { ...figure('click or key to its next paint, p50', 'ms', ({ clicks }) => percentile(clicks, 0.5)), goal: CLICK_GOAL },
        { ...figure('the same, p95', 'ms', ({ clicks }) => percentile(clicks, 0.95)), goal: CLICK_GOAL },
        { ...figure('the same, worst', 'ms', ({ clicks }) => percentile(clicks, 1)), goal: CLICK_GOAL },
        figure('processor time of a change on the dashboard, replica', 'ms', ({ replicaWork }) => replicaWork),
        figure('the same, page', 'ms', ({ pageWork }) => pageWork),
        figure('load of the page until the dashboard stands', 'ms', ({ dashboard }) => dashboard),
        figure('memory of the replica process', 'MB', ({ replica }) => replica),
        figure('memory of the page, JavaScript heap', 'MB', ({ heap }) => heap),
        figure('memory of the page, process', 'MB', ({ renderer }) => renderer),
      ]
    },
  }
}

/** The response times for a commander of a team with a long history. */
export const boardBenchmark = benchmarkOf('board', TEAM)

/** The same at ten times the size, to show how the figures grow; its data set takes minutes and 8 GB. */
export const tenfoldBoardBenchmark: Benchmark = { ...benchmarkOf('board-tenfold', TENFOLD), onlyNamed: true }
