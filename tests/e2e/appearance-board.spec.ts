import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { tellCrisis } from './crisis.ts'
import { openDashboard } from './open-dashboard.ts'
import { photograph } from './screenshots.ts'

// UX, "Density": every page of the board at both sizes, in both languages and themes, without horizontal clipping.
// The pictures are for manual review.

async function expectNoOverflow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
}

test('the room with each of its panels fits', async ({ app }) => {
  // Takes forty pictures.
  test.slow()
  await openDashboard(app)
  const { page } = app
  const client = await app.client()
  const incidentId = await tellCrisis(client, { title: '空气净化器起火视频', level: 1 })
  expect(await client.call('plans.apply', { incidentId, planId: 'product-safety-recall', language: 'zh-Hans' })).toMatchObject({ ok: true })
  for (const [index, panel] of ['overview', 'tasks', 'risk', 'people'].entries()) {
    await photograph(app, `room-${panel}`, async () => {
      await page.goto(`${app.origin}#/incidents/${incidentId}`)
      await page.getByRole('heading', { name: '空气净化器起火视频' }).waitFor()
      await page.locator('main [role="tab"]').nth(index).click()
      await page.locator('main [role="tabpanel"]:visible').waitFor()
      await expectNoOverflow(page)
    })
  }
  await photograph(app, 'room-entry', async () => {
    await page.goto(`${app.origin}#/incidents/${incidentId}`)
    await page.getByRole('feed').getByRole('article').last().click()
    await page.getByRole('complementary').getByRole('article').waitFor()
    await expectNoOverflow(page)
  })
})

test('tasks, plans, search, import and print fit', async ({ app }) => {
  // Takes forty pictures.
  test.slow()
  await openDashboard(app)
  const { page } = app
  const client = await app.client()
  const incidentId = await tellCrisis(client, { title: '空气净化器起火视频', level: 1 })
  const places = [
    { name: 'tasks', path: `incidents/${incidentId}/tasks`, shown: 'main h1, main h2' },
    { name: 'plans', path: 'plans', shown: 'main h1, main h2' },
    { name: 'search', path: 'search?q=召回', shown: 'main mark' },
    { name: 'import', path: `incidents/${incidentId}/import`, shown: 'main h1, main h2' },
    { name: 'print', path: `print/${incidentId}`, shown: 'main article' },
  ] as const
  for (const { name, path, shown } of places) {
    await photograph(app, name, async () => {
      await page.goto(`${app.origin}#/${path}`)
      await page.locator(shown).first().waitFor()
      await expectNoOverflow(page)
    })
  }
})
