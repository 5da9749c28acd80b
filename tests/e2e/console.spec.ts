import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'
import { makeText } from '#tests/web/console/console-texts.ts'
import { startFakeHub, type FakeHub } from '#tests/web/console/fake-hub.ts'
import { GROUP, OF_INCIDENT, openConsoleHub, type ConsoleHub } from './console-hub.ts'
import { keepPicture } from './keep-console-picture.ts'

const test = base.extend<{ hub: ConsoleHub; fake: FakeHub }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright asks for the pattern even when nothing is taken
  hub: async ({}, use) => {
    const hub = await openConsoleHub()
    await use(hub)
    await hub.close()
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright asks for the pattern even when nothing is taken
  fake: async ({}, use) => {
    const now = Date.now()
    const hub = await startFakeHub({
      version: '1',
      at: now,
      agent: { id: 'g1', name: '王敏', number: '8017', vendor: null, groups: [] },
      team: '客服',
      texts: [
        makeText({ id: 'refund', title: '退款多久到账', from: now, confirmation: 'current' }),
        makeText({ id: 'fire', title: '起火怎么办', from: now, urgency: 'urgent', confirmation: 'current' }),
      ],
      gone: [],
      bulletins: [],
      missed: [],
      lockAfter: 300_000,
      endsAt: null,
    })
    await use(hub)
    await hub.close()
  },
})

async function expectNoViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`),
    where,
  ).toEqual([])
}

const REFUND = {
  title: '退款多久到账',
  core: '三个工作日内原路退回。',
  blocks: [
    { id: 'e', kind: 'empathy' as const, text: '让您久等了，我理解您的着急。', action: '', owner: '', deadline: '' },
    { id: 't', kind: 'text' as const, text: '我是{agent}，退款三个工作日内原路退回。', action: '', owner: '', deadline: '' },
  ],
  objections: [{ id: 'o', ask: '为什么这么慢', answer: '银行需要时间处理，我替您盯着。' }],
}
const FIRE = { title: '起火怎么办', core: '请先停用、拔电，我们上门取走。' }

/** Everything that the page writes to the clipboard. */
async function watchClipboard(page: Page, secure: boolean): Promise<() => Promise<string[]>> {
  await page.addInitScript((isSecure) => {
    const copied: string[] = []
    Object.assign(window, { copied })
    Object.defineProperty(window, 'isSecureContext', { value: isSecure })
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
    })
    document.addEventListener('copy', () => copied.push(window.getSelection()?.toString() ?? ''))
  }, secure)
  return () => page.evaluate(() => (window as unknown as { copied: string[] }).copied)
}

test('an agent joins by a link, finds a text by initials, puts a reply together and copies it without the mouse', async ({ page, hub }) => {
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('401') && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  const copied = await watchClipboard(page, true)
  await hub.publish(REFUND)
  const expiresAt = Date.now() + 3_600_000
  const { address } = await hub.head('agents.makeLink', { label: '外呼', groupId: GROUP, vendor: '外呼公司', seats: 5, expiresAt })
  await page.goto(address)
  await page.getByLabel('坐席号').waitFor()
  expect(page.url()).toBe(hub.address)
  await expectNoViolation(page, 'door')
  await page.getByLabel('坐席号').fill('9001')
  await page.getByLabel('姓名').fill('王敏')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: /退款多久到账/ }).waitFor()
  await hub.sendBulletin()
  await page.getByRole('button', { name: '有什么变化' }).click()
  const bulletin = page.getByRole('article')
  await expect(bulletin).toContainText('第 1 号')
  await expect(bulletin).toContainText('新增 退款多久到账 三个工作日内原路退回。')
  await bulletin.getByRole('button', { name: '退款多久到账' }).click()
  await page.getByRole('heading', { name: '退款多久到账' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('tkdj')
  await expect(page.getByRole('option').locator('mark')).toHaveText('退款多久')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '退款多久到账' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '＋ 回复' }).last().click()
  await page.keyboard.press('a')
  await page.getByRole('button', { name: '上移' }).last().click()
  await page.keyboard.press('r')
  await expect.poll(copied).toEqual(['让您久等了，我理解您的着急。\n我是王敏，退款三个工作日内原路退回。\n银行需要时间处理，我替您盯着。'])
  await page.getByRole('button', { name: /客户有异议/ }).click()
  await page.getByRole('button', { name: '为什么这么慢' }).click()
  await expect
    .poll(() => hub.head('agents.feedback', OF_INCIDENT), { timeout: 30_000 })
    .toMatchObject({ rows: [{ objected: 1, copied: 1, opened: 1 }], quotes: [{ text: '为什么这么慢' }] })
  await expectNoViolation(page, 'desk')
  await keepPicture(page, 'console-desk')
  expect(errors).toEqual([])
})

test('an urgent text covers the screen until it is confirmed; a replaced or withdrawn one cannot be copied', async ({ page, hub }) => {
  const copied = await watchClipboard(page, false)
  const first = await hub.publish(FIRE, { scenario: '起火' })
  const { added } = await hub.head('agents.add', { agents: [{ number: '8017', name: '王敏', vendor: null, groups: [] }] })
  await page.goto(hub.address)
  await page.getByLabel('坐席号').fill('8017')
  await page.getByLabel('密码').fill('wrong')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('坐席号或密码不对')
  await page.getByLabel('密码').fill(added[0]?.password ?? '')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: /起火怎么办/ }).click()
  // Plain http: no Clipboard API.
  await page.getByRole('button', { name: /复制全文/ }).click()
  await expect.poll(copied).toEqual([FIRE.core])

  const second = await hub.publish(
    { ...FIRE, core: '请先停用、拔电，24 小时内上门取走。' },
    { of: first, urgency: 'urgent', summary: '写明 24 小时' },
  )
  const urgent = page.getByRole('alertdialog')
  await expect(urgent).toContainText('写明 24 小时')
  await expect(urgent.locator('ins')).not.toHaveCount(0)
  await expectNoViolation(page, 'urgent')
  await keepPicture(page, 'console-urgent')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(urgent).toBeVisible()
  await urgent.getByRole('button', { name: '我已读第 2 版，照此答复' }).click()
  await expect(urgent).toBeHidden()
  await expect.poll(() => hub.head('agents.reach', OF_INCIDENT)).toMatchObject([{ number: 2, current: 1, outstanding: 0, stale: 0 }])

  await expect(page.getByRole('alert')).toContainText('已有第 2 版')
  await expect(page.getByRole('button', { name: /复制全文/ })).toBeDisabled()
  await page.keyboard.press('c')
  await page.getByRole('button', { name: '看新版' }).click()
  await page.getByRole('button', { name: /复制全文/ }).click()
  await expect.poll(copied).toEqual([FIRE.core, '请先停用、拔电，24 小时内上门取走。'])
  await hub.withdraw(second, '请转人工。')
  await expect(page.getByRole('alert')).toContainText('改用：请转人工。')
  await expect(page.getByRole('button', { name: /复制全文/ })).toBeDisabled()
  await expect(page.getByRole('option', { name: /起火怎么办/ })).toHaveCount(0)
  // Whatever is on the screen, a withdrawal stays above it until it is put away, over a reload as well.
  const banner = page.getByRole('status').filter({ hasText: '从现在起不要再说' })
  await expect(banner).toContainText('改用：请转人工。')
  await expectNoViolation(page, 'withdrawn')
  await page.reload()
  await banner.getByRole('button', { name: '知道了' }).click()
  await expect(banner).toHaveCount(0)
  await keepPicture(page, 'console-withdrawn')
})

test('offline it says since when, keeps confirmations, locks urgent texts after a while, and catches up', async ({ page, fake }) => {
  await page.clock.install()
  await page.goto(fake.address)
  await page.getByRole('option', { name: /起火怎么办/ }).click()
  fake.tell({
    t: 'change',
    version: '2',
    at: Date.now(),
    texts: [makeText({ id: 'refund', title: '退款多久到账', revisionId: 'refund-r2', number: 2, urgency: 'important' })],
    gone: [],
    bulletins: [],
    bulletinsGone: [],
  })
  await page.getByRole('button', { name: '确认已读第 2 版' }).waitFor()
  fake.isAway = true
  fake.dropStreams()
  await page.getByRole('button', { name: '确认已读第 2 版' }).click()
  await page.clock.runFor(30_000)
  await expect(page.getByRole('alert')).toContainText(/已断线，自 \d\d:\d\d 起未核对/)
  await expect(page.getByRole('button', { name: /复制全文/ })).toBeEnabled()
  await page.clock.runFor(300_000)
  await expect(page.getByText('紧急口径已锁定，暂时不能用。')).toBeVisible()
  await expect(page.getByRole('button', { name: /复制全文/ })).toBeDisabled()
  await expectNoViolation(page, 'offline')
  // The hub is there again: what was confirmed meanwhile is told.
  fake.isAway = false
  fake.state = { ...fake.state, version: '2' }
  await page.clock.runFor(10_000)
  await expect(page.getByText('● 已核对')).toBeVisible()
  await expect
    .poll(() => fake.posts.filter(({ path }) => path === 'confirm').map(({ body }) => body))
    .toMatchObject([{ revisionId: 'refund-r2' }])
  fake.ended = 'period-over'
  fake.tell({ t: 'ended', why: 'period-over' })
  await expect(page.getByText('约定的使用期限已到')).toBeVisible()
  expect(await page.evaluate(() => localStorage.getItem('stormroom.console.state'))).toBeNull()
})

for (const [language, theme] of [
  ['zh-CN', 'light'],
  ['en', 'dark'],
] as const) {
  test(`on a screen of 360 px, ${language}, ${theme}: nothing is cut off, and what was missed is told once`, async ({ browser, fake }) => {
    const missed = makeText({
      id: 'refund',
      title: '退款多久到账',
      number: 3,
      previousNumber: 2,
      summary: '改为三天',
      confirmation: 'current',
    })
    const gone = { id: 'old', number: 1, title: '旧说明', at: Date.now(), why: 'withdrawn' as const, instead: '退款多久到账' }
    fake.state = { ...fake.state, texts: [missed, ...fake.state.texts.slice(1)], gone: [gone], missed: ['refund', 'old'] }
    // A call center behind a proxy that holds streams back.
    fake.holdStreams = true
    const context = await browser.newContext({ locale: language, viewport: { width: 360, height: 740 }, colorScheme: theme })
    const page = await context.newPage()
    const words = language === 'en' ? { next: 'Next', end: /^Done/, back: /Back to/ } : { next: '下一条', end: /^看完了/, back: /返回列表/ }
    await page.goto(fake.address)
    await expect(page.getByRole('dialog')).toContainText('改为三天')
    await expectNoViolation(page, 'missed')
    await page.getByRole('button', { name: words.next }).click()
    await page.getByRole('button', { name: words.end }).click()
    await expect.poll(() => fake.posts.map(({ path }) => path)).toContain('seen')
    await page.getByRole('option', { name: /退款多久到账/ }).click()
    await expectNoViolation(page, 'reading')
    await keepPicture(page, `console-360-${language}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.getByRole('button', { name: words.back }).click()
    fake.state = { ...fake.state, version: '2', texts: [makeText({ id: 'new', title: '新口径', confirmation: 'current' })] }
    await expect(page.getByRole('option', { name: /新口径/ })).toBeVisible()
    await context.close()
  })
}
