import type { ApiClient, CallInput } from '#contract/api.ts'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'

const HOUR = 3_600_000

async function declare(client: ApiClient, level: 1 | 2 | 3): Promise<string> {
  const declared = await client.call('incidents.declare', {
    title: '空气净化器起火视频',
    type: 'product-problem',
    level,
    stage: 'platform-spread',
  })
  if (!declared.ok) throw new Error(JSON.stringify(declared.failure))
  return declared.value.id
}

type Series = CallInput<'risk.enterNumber'>['series']
const FORWARDS: Series = { name: '微博转发', unit: '条', metric: 'spread', reading: 'increments' }

/** Enters one number for each of the last hours until now. */
async function enterHourly(client: ApiClient, incidentId: string, series: Series, values: readonly number[]): Promise<void> {
  let target = series
  for (const [index, value] of values.entries()) {
    const entered = await client.call('risk.enterNumber', {
      incidentId,
      series: target,
      at: Date.now() - (values.length - index) * HOUR,
      value,
    })
    if (!entered.ok) throw new Error(JSON.stringify(entered.failure))
    target = { seriesId: entered.value.id }
  }
}

async function openRisk(page: Page, origin: string, incidentId: string): Promise<void> {
  await page.goto(`${origin}#/incidents/${incidentId}/risk`)
  await expect(page.getByRole('heading', { name: '风险' })).toBeVisible()
}

/** Whether the canvas of a chart has any drawn pixel. */
function isDrawn(chart: Locator): Promise<boolean> {
  return chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return pixels.some((value) => value > 0)
  })
}

test('AN-01, AN-02, AN-05: figures typed in show the grade and its reasons at once; the suggested level is refused with a reason, or confirmed and taken back', async ({
  app,
}) => {
  await app.setUp()
  const { page } = app
  const incidentId = await declare(await app.client(), 3)
  await openRisk(page, app.origin, incidentId)
  await expect(page.getByText('没有数字不等于没有风险')).toBeVisible()

  await page.getByLabel('24 小时增长').fill('312')
  await page.getByLabel('负面占比').fill('74')
  await expect(page.getByText('24 小时增长 +312%，高于警戒线 +200%')).toBeVisible()
  await expect(page.getByText('负面占比 74%，高于警戒线 70%')).toBeVisible()
  await expect(page.getByText('试算，未记录')).toBeVisible()
  await expect(page.getByText('没有数字，不参与计算')).toHaveCount(2)

  await page.getByRole('button', { name: '不改，维持三级' }).click()
  await expect(page.getByText('拒绝建议要写明理由，复盘时要看。')).toBeVisible()
  await page.getByLabel('理由').fill('水军刷量，已核实')
  await page.getByRole('button', { name: '不改，维持三级' }).click()
  const history = page.getByRole('region', { name: '评估记录' })
  await expect(history.getByText('没有采纳一级')).toBeVisible()
  await expect(history.getByText('水军刷量，已核实')).toBeVisible()

  await page.getByRole('button', { name: '升为一级，补上时限' }).click()
  await expect(history.getByText('确认一级')).toBeVisible()
  await expect(page.getByRole('button', { name: '确认维持一级' })).toBeVisible()
  await page.getByRole('button', { name: /^撤销/ }).click()
  await expect(page.getByRole('button', { name: '升为一级，补上时限' })).toBeVisible()
})

test('AN-05: an assessment that is only noted leaves the level as it is', async ({ app }) => {
  await app.setUp()
  const client = await app.client()
  const incidentId = await declare(client, 3)
  await openRisk(app.page, app.origin, incidentId)
  await app.page.getByLabel('24 小时增长').fill('312')
  await app.page.getByRole('button', { name: '仅记录评估' }).click()
  await expect(app.page.getByText('仅记录，建议一级')).toBeVisible()
  expect(await client.call('incidents.get', { incidentId })).toMatchObject({ ok: true, value: { level: 3 } })
})

test('AN-08, 004-15: an acceleration stands on the curve, is written into the timeline by a person, or refused with a reason', async ({
  app,
}) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const incidentId = await declare(client, 2)
  await enterHourly(client, incidentId, FORWARDS, [...Array.from({ length: 30 }, () => 2), 60, 90, 20, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
  await openRisk(page, app.origin, incidentId)
  const chart = page.getByRole('img', { name: /微博转发，每小时/ })
  await expect(chart).toBeVisible()
  await expect.poll(() => isDrawn(chart)).toBe(true)
  await expect(page.getByText('加速线：平时的 2 倍')).toBeVisible()
  await page.getByText('数据表（43 行）').click()
  await expect(page.getByRole('region', { name: '微博转发 · 每小时 的数据表' }).getByRole('row')).toHaveCount(44)

  const suggestions = page.getByRole('region', { name: /可能的拐点/ })
  await expect(suggestions.getByText(/3 小时内 64，平时 6/)).toBeVisible()
  const cooling = suggestions.getByRole('listitem').filter({ hasText: '降温' })
  await cooling.getByRole('button', { name: '不是拐点…' }).click()
  await cooling.getByLabel('为什么不是拐点').fill('平台删帖')
  await page.keyboard.press('Enter')
  await expect(cooling).toHaveCount(0)
  await suggestions.getByRole('listitem').filter({ hasText: '加速' }).getByRole('button', { name: '是拐点，写入时间线' }).click()
  await expect(page.getByText('没有待判断的拐点')).toBeVisible()
  const written = await client.call('timeline.page', { incidentId, filter: { kinds: ['turning-point'], order: 'happened' }, page: 0 })
  expect(written).toMatchObject({
    ok: true,
    value: { rows: [{ turningPoint: 'acceleration', text: expect.stringContaining('微博转发') }] },
  })
})

test('a number goes in by keys alone, and the panel, the page and the room are a key apart', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const incidentId = await declare(await app.client(), 2)
  await page.goto(`${app.origin}#/incidents/${incidentId}`)
  await expect(page.getByRole('heading', { name: '空气净化器起火视频' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(page.getByText('没有数字不等于没有风险')).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByRole('heading', { name: '风险' })).toBeVisible()
  await page.keyboard.press('v')
  await page.getByLabel('哪个数字').selectOption({ label: '负面占比（%）' })
  await page.getByLabel('数值').fill('72')
  await page.keyboard.press('Enter')
  await expect(page.getByText('已记下：负面占比 72')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('负面占比 72%，高于警戒线 70%')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`#/incidents/${incidentId}$`))
})

for (const language of ['zh-Hans', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      test(`the risk page in ${language}, ${theme}, ${width}×${height} fits its width and has no serious fault of accessibility`, async ({
        app,
      }, info) => {
        await app.setUp({ language })
        const { page } = app
        const client = await app.client()
        await client.call('workspace.setPreferences', { theme })
        await page.setViewportSize({ width, height })
        const incidentId = await declare(client, 2)
        await enterHourly(client, incidentId, FORWARDS, [
          ...Array.from({ length: 26 }, (_, hour) => 4 + (hour % 5)),
          60,
          120,
          90,
          40,
          22,
          15,
        ])
        await enterHourly(
          client,
          incidentId,
          { name: '负面占比', unit: '%', metric: 'sentiment', reading: 'level' },
          [32, 35, 31, 38, 58, 66, 74],
        )
        await page.goto(`${app.origin}#/incidents/${incidentId}/risk`)
        await expect(page.locator('canvas')).toHaveCount(2)
        await expect.poll(() => isDrawn(page.getByRole('img', { name: /微博转发/ }))).toBe(true)
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
        const { violations } = await new AxeBuilder({ page }).include('main').analyze()
        expect(
          violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        ).toEqual([])
        await info.attach(`risk-${language}-${theme}-${width}.png`, { body: await page.screenshot(), contentType: 'image/png' })
      })
    }
  }
}
