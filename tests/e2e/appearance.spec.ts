import { expect, test } from './app.ts'
import { openDashboard } from './open-dashboard.ts'
import { photograph } from './screenshots.ts'

// UX, "Density": no horizontal clipping at either size, in either language. The pictures are for manual review.

test('dashboard, declaring, data and settings fit both sizes in both languages and themes', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  const client = await app.client()
  const incidents = [
    { title: '空气净化器起火视频', type: 'product-problem', level: 1, stage: 'opinion-leaders' },
    { title: '客户资料疑似外泄，黑市叫卖两万条，卖家自称内部员工', type: 'information-leak', level: 1, stage: 'media-report' },
    { title: '奶茶小票辱骂顾客', type: 'service-complaint', level: 2, stage: 'platform-spread' },
    { title: '第四季度演练：高管言论', type: 'corporate-news', level: 2, stage: 'initial-complaint', mode: 'drill' },
    { title: 'Payment down for half an hour', type: 'system-failure', level: 3, stage: 'initial-complaint' },
  ] as const
  for (const incident of incidents) expect(await client.call('incidents.declare', incident)).toMatchObject({ ok: true })
  const expectNoOverflow = async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
  }
  await photograph(app, 'dashboard', async () => {
    await page.goto(`${app.origin}#/`)
    await page.locator('tbody a').nth(4).waitFor()
    await expectNoOverflow()
  })
  await photograph(app, 'declare', async () => {
    if ((await page.getByRole('dialog').count()) === 0) await page.keyboard.press('n')
    await page.getByRole('dialog').getByRole('radio').nth(1).check({ force: true })
    await expectNoOverflow()
  })
  await page.keyboard.press('Escape')
  for (const place of ['data', 'settings'] as const) {
    await photograph(app, place, async () => {
      await page.goto(`${app.origin}#/${place}`)
      await page.locator('main section').first().waitFor()
      await expectNoOverflow()
    })
  }
})
