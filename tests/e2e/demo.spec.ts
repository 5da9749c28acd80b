import type { ApiClient, CallName, CallInput, CallOutput } from '#contract/api.ts'
import type { DemoPosition } from '#contract/demo-api.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type App } from './app.ts'
import { keepPicture } from './keep-picture.ts'

const WORDS = {
  'zh-Hans': {
    enter: '打开演示',
    bar: '演示',
    pause: '暂停',
    fast: '快',
    title: '清屿 Q3 空气净化器夜间冒烟，儿童受伤',
    commander: '周岚',
    places: { begin: '0 小时', outbreak: '12 小时', peak: '48 小时', easing: '72 小时', end: '结局' },
    fits: '与当前等级相符',
    said: '已经对外说过',
    statement: /^正式道歉/,
    closed: '已关闭',
    openTasks: '未完成的任务 1',
    retrospective: '局面受控后开启复盘',
    leave: '回到真实数据',
    firstRun: '先说说你是谁',
  },
  en: {
    enter: 'Open the demo',
    bar: 'Demo',
    pause: 'Pause',
    fast: 'Fast',
    title: 'Qingyu Q3 air purifier smokes at night, a child is hurt',
    commander: 'Zhou Lan',
    places: { begin: 'Hour 0', outbreak: 'Hour 12', peak: 'Hour 48', easing: 'Hour 72', end: 'End' },
    fits: 'fits the current level',
    said: 'Said in public',
    statement: /^Formal apology/,
    closed: 'Closed',
    openTasks: 'Open tasks (1)',
    retrospective: 'Open the retrospective once under control',
    leave: 'Back to real data',
    firstRun: 'First, who are you?',
  },
} as const

/** The expected state of the incident at a position of the demo's story. */
type Told = {
  status: string
  level: number
  stage: string
  suggestedLevel: number
  /** Minutes late; negative if early, null if not met. */ clocks: Record<string, number | null>
  openTasks: number
  lateTasks: string[]
}

const AFTER_STATEMENT = { response: -82, 'public-response': 25, 'first-statement': -20 }
const TOLD: Record<Exclude<DemoPosition, 'begin'>, Told> = {
  outbreak: {
    status: 'open',
    level: 1,
    stage: 'platform-spread',
    suggestedLevel: 1,
    clocks: { ...AFTER_STATEMENT, handling: null, apology: null },
    openTasks: 10,
    lateTasks: [],
  },
  peak: {
    status: 'open',
    level: 1,
    stage: 'media-report',
    suggestedLevel: 1,
    clocks: { ...AFTER_STATEMENT, handling: -90, apology: -130 },
    openTasks: 6,
    lateTasks: ['plan-recall'],
  },
  easing: {
    status: 'open',
    level: 1,
    stage: 'whole-web',
    suggestedLevel: 1,
    clocks: { ...AFTER_STATEMENT, handling: -90, apology: -130 },
    openTasks: 4,
    lateTasks: [],
  },
  end: {
    status: 'closed',
    level: 3,
    stage: 'whole-web',
    suggestedLevel: 3,
    clocks: { ...AFTER_STATEMENT, handling: -90, apology: -130 },
    openTasks: 1,
    lateTasks: [],
  },
}

async function ask<Name extends CallName>(client: ApiClient, name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await client.call(name, input)
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`)
  return answer.value
}

/** The demo's state at its present time, read through the contract. */
async function stateOf(client: ApiClient): Promise<Told> {
  const { incidentId, now } = await ask(client, 'demo.state', {})
  const incident = await ask(client, 'incidents.get', { incidentId })
  const risk = await ask(client, 'risk.get', { incidentId })
  const open = (await ask(client, 'incidents.openPoints', { incidentId })).tasks
  return {
    status: incident.status,
    level: incident.level,
    stage: incident.stage,
    suggestedLevel: risk.assessment?.suggestedLevel ?? 0,
    clocks: Object.fromEntries(incident.clocks.map((clock) => [clock.id, clock.met ? (clock.met.at - clock.dueAt) / 60_000 : null])),
    openTasks: open.length,
    lateTasks: open.filter((task) => task.dueAt !== null && task.dueAt < now).map((task) => task.plan?.key ?? task.title),
  }
}

async function expectNoSeriousViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
    where,
  ).toEqual([])
}

/** Opens the demo from the first-run page in the language chosen there, with its incident on screen. */
async function openDemo(app: App, language: Language) {
  const { page } = app
  const words = WORDS[language]
  await app.open()
  if (language === 'en') await page.getByText('English', { exact: true }).click()
  await page.getByRole('button', { name: words.enter }).click()
  const bar = page.getByRole('region', { name: words.bar, exact: true })
  await expect(bar).toBeVisible({ timeout: 60_000 })
  // The demo opens in the incident's room, in the middle of the story.
  await expect(page).toHaveURL(/#\/incidents\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(words.title)
  const jump = async (place: DemoPosition) => {
    await bar.getByRole('button', { name: words.places[place], exact: true }).click()
    await expect(bar).toHaveAttribute('aria-busy', 'false', { timeout: 90_000 })
    await expect(bar.getByRole('button', { name: words.places[place], exact: true })).toHaveAttribute('aria-current', 'step')
  }
  return { page, words, bar, jump, client: await app.client(language) }
}

for (const language of ['zh-Hans', 'en'] as const) {
  test(`the demo, ${language}: opened from the first page, each phase as it is told, up to the retrospective's door, and back with nothing left behind (C2-01…C2-14)`, async ({
    app,
  }) => {
    test.setTimeout(300_000)
    const { page, words, bar, jump, client } = await openDemo(app, language)
    await page.setViewportSize({ width: 1280, height: 800 })
    await bar.getByRole('button', { name: words.pause }).click()
    await expect(page.getByText(words.fits)).toBeVisible()
    await expectNoSeriousViolation(page, 'room of the demo')

    for (const place of ['outbreak', 'peak', 'easing', 'end'] as const) {
      await jump(place)
      expect(await stateOf(client), place).toEqual(TOLD[place])
      await expect(page.getByText(words.fits)).toBeVisible()
      // Two lines, also with clocks that were met.
      const header = page.getByRole('main').locator('header').first()
      expect((await header.boundingBox())?.height, place).toBeLessThan(76)
      if (place === 'peak') {
        await expect(page.getByRole('heading', { name: words.said })).toBeVisible()
        await expect(page.getByRole('complementary').getByRole('button', { name: words.statement })).toBeVisible()
        if (language === 'zh-Hans') await keepPicture(page, 'browser')
      }
    }
    await expect(page.getByText(words.closed).first()).toBeVisible()
    await expect(page.getByRole('complementary').getByText(words.openTasks)).toBeVisible()
    await expect(page.getByRole('complementary').getByText(words.retrospective)).toBeVisible()
    await expectNoSeriousViolation(page, 'end of the demo')

    await bar.getByRole('button', { name: words.leave }).click()
    await expect(page.getByRole('heading', { name: words.firstRun })).toBeVisible()
    expect(await ask(await app.client(), 'workspace.status', {})).toMatchObject({ phase: 'first-run', demo: false })
  })
}

test('the demo: told fast it reaches the next phases by itself, stands still when paused, and a jump back tells it anew', async ({
  app,
}) => {
  test.setTimeout(300_000)
  const { page, words, bar, jump, client } = await openDemo(app, 'zh-Hans')
  const first = await ask(client, 'demo.state', {})
  await bar.getByRole('button', { name: words.fast }).click()
  await expect(bar.getByRole('button', { name: words.places.outbreak, exact: true })).toHaveAttribute('aria-current', 'step', {
    timeout: 90_000,
  })
  await bar.getByRole('button', { name: words.pause }).click()
  const { now } = await ask(client, 'demo.state', {})
  expect(now).toBeGreaterThan(first.now + 7 * 3_600_000)
  expect((await ask(client, 'demo.state', {})).now).toBe(now)

  await jump('begin')
  const anew = await ask(client, 'demo.state', {})
  expect(anew.incidentId).not.toBe(first.incidentId)
  await expect(page).toHaveURL(new RegExp(`#/incidents/${anew.incidentId}$`))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(words.title)
})

test('the demo by the palette from a room with data: that data is not in it, is still there on return, and its running incident is told meanwhile', async ({
  app,
}) => {
  test.setTimeout(300_000)
  await app.setUp()
  const { page } = app
  const own = await ask(await app.client(), 'incidents.declare', {
    title: '自己的事件',
    type: 'product-problem',
    level: 3,
    stage: 'initial-complaint',
  })
  await page.goto(`${app.origin}#/incidents/${own.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('自己的事件')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('打开演示')
  await page.keyboard.press('Enter')
  const bar = page.getByRole('region', { name: '演示', exact: true })
  await expect(bar).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('清屿 Q3')
  // The demo has other incidents too: one contained, one closed, and a drill.
  await page.goto(`${app.origin}#/`)
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /清屿 Q3/ })
      .first(),
  ).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /漏发三周/ })
      .first(),
  ).toBeVisible()
  await expect(page.getByText('自己的事件')).toHaveCount(0)
  await expect(bar.getByRole('button', { name: '回到真实数据（1 起）' })).toBeVisible()

  await page.reload()
  await expect(bar).toBeVisible({ timeout: 60_000 })

  await page.keyboard.press('Control+k')
  await page.keyboard.type('回到真实数据')
  await page.keyboard.press('Enter')
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /自己的事件/ })
      .first(),
  ).toBeVisible()
  await expect(page.getByText('清屿 Q3')).toHaveCount(0)
  await expect(bar).toHaveCount(0)
})
