import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Result } from '#contract/failures.ts'
import { mkdirSync } from 'node:fs'
import { expect, hostTeam, join, test } from './team.ts'
import { openRoom } from './room.ts'

const SHOTS = process.env['STORMROOM_SHOTS']

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
}

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png` })
}

function value<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

const CONTENT = { blocks: [], objections: [], variants: [] }
const PLACE = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const

test('C2-12: the next bulletin is ordered, a text is held with a reason, and one is sent now', async ({ app, guest }) => {
  const { page } = app
  await hostTeam(app)
  await join(app, guest)
  const incident = await openRoom(app, { level: 1 })
  const client = await app.client()
  const legal = await guest.client()
  // In this team legal alone approves.
  const rules = value(await client.call('rules.get', {}))
  const approvals = [{ kind: null, level: null, policy: { roles: ['legal' as const], inOrder: false, dueMinutes: 30 } }]
  value(await client.call('rules.set', { version: rules.version, rules: { ...rules.rules, approvals } }))
  for (const title of ['退款怎么答', '换货怎么答', '检测进度']) {
    const content = { ...CONTENT, title, core: `${title}：今天答复。` }
    const made = value(await client.call('wordings.create', { incidentId: incident.id, place: PLACE, content }))
    const ref = { incidentId: incident.id, wordingId: made.id }
    const { revisions } = value(await client.call('wordings.save', { ...ref, note: '', overruled: [], ask: true }))
    const [first] = revisions
    const decision = {
      ...ref,
      revisionId: first?.id ?? '',
      hash: first?.hash ?? '',
      verdict: 'approve' as const,
      as: 'legal' as const,
      comparedWith: null,
      values: {},
      note: '',
      comments: [],
    }
    await expect.poll(async () => (await legal.call('wordings.decide', decision)).ok).toBe(true)
  }

  await page.getByRole('navigation', { name: '事件的各页' }).getByRole('link', { name: '通报' }).click()
  await expect(page.getByRole('heading', { name: '下一期：第 1 号' })).toBeVisible()
  await expect(page.getByText('一级事件自动整点通报')).toBeVisible()
  const next = page.locator('section').filter({ has: page.getByRole('heading', { name: '下一期：第 1 号' }) })
  await expect(next.getByRole('listitem')).toHaveCount(3)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await picture(page, 'next.zh.1280')

  // The last is moved up by keyboard.
  await next.getByRole('button', { name: '上移“检测进度”' }).focus()
  await page.keyboard.press('Enter')
  await expect(next.getByRole('listitem').nth(1)).toContainText('检测进度')
  await next.getByRole('listitem').filter({ hasText: '换货怎么答' }).getByRole('button', { name: '暂缓' }).click()
  const holding = page.getByRole('dialog', { name: '暂缓“换货怎么答”' })
  await holding.getByRole('button', { name: '暂缓' }).click()
  await expect(holding.getByText('请写明原因')).toBeVisible()
  await holding.getByRole('textbox').fill('等仓库确认')
  await holding.getByRole('button', { name: '暂缓' }).click()
  await expect(page.getByRole('region', { name: '这一期不发' })).toContainText('暂缓：等仓库确认')
  await expect(next.locator('ol').getByRole('listitem')).toHaveCount(2)

  await page.getByRole('button', { name: '立即发出' }).click()
  const sending = page.getByRole('dialog', { name: '立即发出第 1 号通报？' })
  await picture(page, 'send.zh.1280')
  // From anywhere in the dialog, also from its close button.
  await sending.getByRole('button', { name: '关闭' }).focus()
  await page.keyboard.press('Control+Enter')
  await expect(sending).toBeHidden()
  await expect(page.getByText('第 1 号', { exact: true })).toBeVisible()
  await expect(page.getByText('2 项变化')).toBeVisible()
  await page.getByRole('button', { name: '第 1 号的变化' }).click()
  await expect(page.locator('ins').first()).toContainText('退款怎么答')
  await expectAccessible(page)
  await picture(page, 'history.zh.1280')
  await page.setViewportSize({ width: 900, height: 900 })
  await picture(page, 'history.zh.900')
  const main = page.getByRole('main')
  expect(await main.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true)
  // The texts are published.
  await expect
    .poll(async () => {
      const list = await client.call('wordings.list', { incidentId: incident.id })
      return list.ok ? list.value.map(({ status }) => status).toSorted() : []
    })
    .toEqual(['approved', 'published', 'published'])

  await client.call('workspace.setPreferences', { language: 'en' })
  await expect(page.getByRole('heading', { name: 'Next: number 2' })).toBeVisible()
  await page.setViewportSize({ width: 1280, height: 800 })
  await picture(page, 'history.en.1280')
  await page.getByRole('button', { name: 'Release' }).click()
  await expect(page.getByRole('region', { name: 'Not in this bulletin' })).toHaveCount(0)
  await page.getByLabel('Interval').selectOption('30')
  await expect(page.getByText('Level I incidents have hourly bulletins')).toHaveCount(0)
  await page.goto(`${app.origin}#/`)
  await expect(page.getByRole('region', { name: 'Bulletins' })).toContainText('1 change')
  await picture(page, 'home.en.1280')
  await page.goto(`${app.origin}#/bulletins`)
  await expectAccessible(page)
  await picture(page, 'all.en.1280')
})
