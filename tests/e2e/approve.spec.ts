import { mkdir } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import type { WordingContent } from '#domain/wording/content.ts'
import { editsTowards } from '#domain/wording/draft-document.ts'
import type { App } from './app.ts'
import { openRoom } from './room.ts'
import { expect, hostTeam, join, PASSWORD, test } from './team.ts'

const SHOTS = 'test-results/screenshots'

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`),
    where,
  ).toEqual([])
}

/** Nothing is wider than the phone, and every button is large enough for a thumb. */
async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  for (const button of await page.getByRole('button').all()) expect((await button.boundingBox())?.height ?? 48).toBeGreaterThanOrEqual(44)
}

async function openPhone(browser: Browser, app: App, colorScheme: 'light' | 'dark'): Promise<Page> {
  const about = await (await app.client()).call('team.about', {})
  const address = about.ok ? about.value.addresses.find((one) => one.includes('127.0.0.1')) : undefined
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ignoreHTTPSErrors: true,
    colorScheme,
  })
  const page = await context.newPage()
  const document = await page.goto(`${address ?? ''}/approve`)
  // Nothing inline, nothing of another origin, no frame around it.
  expect(document?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/)
  return page
}

const contentWith = (core: string): WordingContent => ({
  title: '起火视频怎么答',
  core,
  blocks: [
    { id: 'a', kind: 'empathy', text: '看到视频我们和您一样着急。', action: '', owner: '', deadline: '' },
    { id: 'b', kind: 'commitment', text: '今天会有人上门。', action: '上门检查', owner: '售后', deadline: '今天 18:00' },
  ],
  objections: [{ id: 'o', ask: '为什么还在卖？', answer: '同批次产品已经全部停售，请拨打 {hotline} 核对批次。' }],
  variants: [],
})

test('legal reads a text and its difference on a phone, rejects it with a comment, and approves the next revision', async ({
  app,
  guest,
  browser,
}) => {
  await hostTeam(app)
  await join(app, guest)
  const incident = await openRoom(app)
  const client = await app.client()
  const place = {
    kind: 'statement',
    statement: 'first',
    scenario: '产品起火',
    emotion: null,
    language: 'zh-Hans',
    preparedFor: '',
  } as const
  const { id: incidentId } = incident
  const made = await client.call('wordings.create', {
    incidentId,
    place,
    content: contentWith('请先断电停用，拨打 {hotline}，48 小时内有人上门。'),
  })
  if (!made.ok) throw new Error(made.failure.code)
  const ref = { incidentId, wordingId: made.value.id }
  await client.call('wordings.setValues', { incidentId, values: { hotline: '400-820-1234' } })
  expect(await client.call('wordings.save', { ...ref, note: '首版', overruled: [], ask: true })).toMatchObject({ ok: true })

  const phone = await openPhone(browser, app, 'light')
  await mkdir(SHOTS, { recursive: true })
  const shoot = (name: string, fullPage = false) => phone.screenshot({ path: `${SHOTS}/approve-${name}.png`, fullPage })
  await expect(phone.getByRole('heading', { name: '登录后审批' })).toBeVisible()
  await expectAccessible(phone, 'sign-in')
  await expectFits(phone)
  await shoot('sign-in.zh')
  await phone.getByLabel('登录名').fill('zhou')
  await phone.getByLabel('密码').fill('falsch falsch')
  await phone.getByRole('button', { name: '登录', exact: true }).tap()
  await expect(phone.getByRole('alert')).toBeVisible()
  await phone.getByLabel('密码').fill(PASSWORD)
  await phone.getByRole('button', { name: '登录', exact: true }).tap()

  const row = phone.getByRole('button', { name: /起火视频怎么答/ })
  await expect(row).toContainText('拨打 400-820-1234，48 小时')
  await expectAccessible(phone, 'list')
  await expectFits(phone)
  await shoot('list.zh')
  await row.tap()
  await expect(phone.getByRole('heading', { level: 1, name: '起火视频怎么答' })).toBeVisible()
  await expect(phone.locator('mark').first()).toHaveText('400-820-1234')
  await expect(phone.getByText('这是第一版，没有可对照的版本。')).toBeVisible()
  await phone.getByRole('button', { name: '对“核心信息”的批注' }).tap()
  await phone.getByLabel('对“核心信息”的批注').fill('48 小时太久，改为 24 小时')
  await phone.getByRole('button', { name: '加上批注' }).tap()
  await phone.getByRole('button', { name: '退回', exact: true }).tap()
  const sheet = phone.getByRole('dialog', { name: '退回第 1 版' })
  await expectAccessible(phone, 'sheet')
  await sheet.getByRole('button', { name: '退回', exact: true }).tap()
  await expect(phone.getByText('已退回第 1 版。')).toBeVisible()
  await expect(phone.getByText('没有等你批准的文字。')).toBeVisible()

  const write = async (core: string) => {
    const draft = await client.call('wordings.draft', ref)
    const updates = draft.ok ? editsTowards(draft.value.doc, contentWith(core), 7) : []
    const generation = draft.ok ? draft.value.generation : 0
    for (const update of updates) expect(await client.call('wordings.edit', { ...ref, update, generation })).toMatchObject({ ok: true })
    expect(await client.call('wordings.save', { ...ref, note: '', overruled: [], ask: true })).toMatchObject({ ok: true })
  }
  /** What a phone does when its owner takes it up again. */
  const takeUp = () => phone.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await write('请先断电停用，拨打 {hotline}，24 小时内有人上门。')
  await takeUp()
  await row.tap()
  await expect(phone.getByText('与第 1 版对照')).toBeVisible()
  await expect(phone.getByRole('listitem').filter({ hasText: '48 小时' })).toContainText('24 小时')
  await shoot('reading.zh', true)
  await phone.emulateMedia({ colorScheme: 'dark' })
  await phone.getByRole('button', { name: 'English' }).tap()
  await expect(phone.getByRole('heading', { name: 'What changed' })).toBeVisible()
  await expectAccessible(phone, 'reading, dark')
  await expectFits(phone)
  await shoot('reading.en.dark', true)

  // The author saves another revision while legal reads this one.
  await write('请先断电停用，拨打 {hotline}，12 小时内有人上门。')
  await takeUp()
  await expect(phone.getByRole('alert')).toContainText('there is a newer revision')
  await expect(phone.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled()
  await phone.getByRole('button', { name: /Back to the list/ }).tap()
  await expect(row).toContainText('12 小时')
  await shoot('list.en.dark')
  await row.tap()
  await phone.getByRole('button', { name: 'Approve', exact: true }).tap()
  const approving = phone.getByRole('dialog', { name: 'Approve revision 3' })
  await expectAccessible(phone, 'sheet, dark')
  await shoot('sheet.en.dark')
  await approving.getByLabel('Note (optional)').fill('可以')
  await approving.getByRole('button', { name: 'Approve', exact: true }).tap()
  await expect(phone.getByText('Revision 3 approved.')).toBeVisible()
  await expect
    .poll(async () => {
      const wording = await client.call('wordings.get', ref)
      return wording.ok ? wording.value.revisions[0]?.decisions.map(({ as, verdict, note, name }) => ({ as, verdict, note, name })) : null
    })
    .toEqual([{ as: 'legal', verdict: 'approve', note: '可以', name: '周敏' }])

  await phone.getByRole('button', { name: 'Sign out' }).tap()
  await expect(phone.getByRole('heading', { name: 'Sign in to approve' })).toBeVisible()
  expect(await phone.context().cookies()).toEqual([])

  // The app says where the page is while a text waits, and exports the evidence.
  await write('请先断电停用，拨打 {hotline}，6 小时内有人上门。')
  await app.page.goto(`${app.origin}#/incidents/${incidentId}/wording/${ref.wordingId}?part=approval`)
  await expect(app.page.getByText('手机审批：')).toContainText('/approve/')
  await app.page.goto(`${app.origin}#/incidents/${incidentId}/wording/${ref.wordingId}?part=revisions`)
  const [saved] = await Promise.all([app.page.waitForEvent('download'), app.page.getByRole('button', { name: '批准证据' }).click()])
  expect(saved.suggestedFilename()).toMatch(/^批准证据-第4版-[0-9a-f]{8}\.html$/)
  const context = await browser.newContext({ viewport: { width: 900, height: 1000 } })
  const evidence = await context.newPage()
  const file = test.info().outputPath('evidence.html')
  await saved.saveAs(file)
  await evidence.goto(`file://${file}`)
  await expect(evidence.getByRole('heading', { level: 1, name: '起火视频怎么答' })).toBeVisible()
  await expect(evidence.getByText('批准尚未完成').first()).toBeVisible()
  await expectAccessible(evidence, 'evidence')
  await evidence.setViewportSize({ width: 360, height: 740 })
  expect(await evidence.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await evidence.screenshot({ path: `${SHOTS}/approve-evidence.png`, fullPage: true })
  await context.close()
  await phone.context().close()
})
