import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { openDashboard } from './open-dashboard.ts'

// EN-03; issue: a clock is announced 15 minutes before it is due and when it is due, with a notice and a tone that can be muted.

/** Counts the tones that the page plays. */
async function listen(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const make = AudioContext.prototype.createOscillator
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      document.documentElement.dataset['notes'] = String(Number(document.documentElement.dataset['notes'] ?? 0) + 1)
      return make.call(this)
    }
  })
  return async () => Number((await page.locator('html').getAttribute('data-notes')) ?? 0)
}

test('a clock is announced once with 15 minutes left and once more when it has run out, by notice and tone; a press leads there', async ({
  app,
}) => {
  await openDashboard(app)
  const { page } = app
  const client = await app.client()
  const declared = await client.call('incidents.declare', {
    title: '空气净化器起火视频',
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
    clocks: { response: 10 * 60_000 },
  })
  if (!declared.ok) throw new Error(declared.failure.code)
  const notes = await listen(page)
  await page.clock.install()
  await page.goto(app.origin)
  await page.reload()
  const notice = (words: RegExp) => page.getByRole('alert').filter({ hasText: words })
  await expect(notice(/距截止还有 (9|10) 分钟：首次响应/)).toHaveCount(1)
  // A page may play a tone only after a user gesture.
  await page.getByRole('heading', { level: 1 }).first().click()
  await expect.poll(notes).toBe(2)
  await page.clock.fastForward('10:00')
  await expect(notice(/时限已到：首次响应/)).toHaveCount(1)
  // The first notice is out of date and disappears.
  await expect(notice(/还有/)).toHaveCount(0)
  await expect.poll(notes).toBe(5)
  await notice(/时限已到：首次响应/)
    .getByRole('link', { name: '空气净化器起火视频' })
    .click()
  await expect(page).toHaveURL(new RegExp(`#/incidents/${declared.value.id}`))
  const setStatus = (to: 'closed' | 'open') => client.call('incidents.setStatus', { incidentId: declared.value.id, to, reason: '误报' })
  expect(await setStatus('closed')).toMatchObject({ ok: true })
  await expect(notice(/时限已到/)).toHaveCount(0)
  const chip = page.getByRole('region', { name: '时限' }).getByRole('button')
  // By the workspace's clock (the page's clock is faked) there was time left when the incident was closed; the chip keeps that.
  await expect(chip).toHaveAccessibleName('首次响应 关闭时未完成')
  await page.clock.fastForward('20:00')
  await expect(chip).toHaveAccessibleName('首次响应 关闭时未完成')
  expect(await setStatus('open')).toMatchObject({ ok: true })
  await expect(chip).toHaveAccessibleName(/首次响应.*超时 2\d 分 \d\d 秒/)
  await expect(notice(/时限已到：首次响应/)).toHaveCount(1)
})

test('muted in the settings, an alarm is shown and not heard; a stopped clock is not announced', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  const client = await app.client()
  await page.goto(`${app.origin}#/settings`)
  await page.getByRole('switch', { name: '距截止 15 分钟和截止时响铃' }).click({ force: true })
  await expect
    .poll(async () => {
      const status = await client.call('workspace.status', {})
      return status.ok && status.value.preferences.muted
    })
    .toBe(true)
  const notes = await listen(page)
  const declared = await client.call('incidents.declare', {
    title: '客户资料外泄',
    type: 'information-leak',
    level: 1,
    stage: 'initial-complaint',
    clocks: { response: 8 * 60_000, handling: 9 * 60_000 },
  })
  if (!declared.ok) throw new Error(declared.failure.code)
  expect(await client.call('incidents.stopClock', { incidentId: declared.value.id, clock: 'handling', reason: '误报' })).toMatchObject({
    ok: true,
  })
  await page.reload()
  await expect(page.getByRole('alert').filter({ hasText: /距截止还有 \d+ 分钟：首次响应/ })).toHaveCount(1)
  await page.getByRole('heading', { level: 1 }).first().click()
  await expect(page.getByRole('alert').filter({ hasText: /24 小时处置/ })).toHaveCount(0)
  // Once the page may play audio, a requested tone would have started.
  await page.evaluate(() => new AudioContext().resume())
  expect(await notes()).toBe(0)
})
