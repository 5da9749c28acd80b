import { expect, test } from './app.ts'
import { openDashboard } from './open-dashboard.ts'

test('declaring takes a title, a type and one key: five clocks run for level I (MO-07, CS-01, C2-06, C1-05, C1-03)', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.getByRole('heading', { name: '还没有事件' }).waitFor()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: '启动事件' })
  await expect(dialog.getByLabel('发生了什么')).toBeFocused()
  await page.keyboard.type('空气净化器起火视频')
  await dialog.getByText('产品问题', { exact: true }).click()
  await expect(dialog.getByRole('radio', { name: /一级/ })).toBeChecked()
  for (const clock of ['首次响应', '有效回应', '首次声明', '24 小时处置', '正式道歉'])
    await expect(dialog.getByText(clock, { exact: true })).toBeVisible()
  await expect(dialog.getByRole('button', { name: '启动一级事件，5 项时限开始计时' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/#\/incidents\/[0-9a-f-]{36}/)
  const listed = await (await app.client()).call('incidents.list', {})
  expect(listed).toMatchObject({
    ok: true,
    value: [{ title: '空气净化器起火视频', type: 'product-problem', level: 1, stage: 'initial-complaint', mode: 'real', status: 'open' }],
  })
  const clocks = listed.ok ? (listed.value[0]?.clocks ?? []) : []
  expect(clocks.map(({ id, limitMs }) => [id, limitMs / 3_600_000])).toEqual([
    ['response', 1],
    ['public-response', 4],
    ['first-statement', 6],
    ['handling', 24],
    ['apology', 48],
  ])
})

test('level, apology, stage (EV-01) and drill are the user’s to choose; the button says what follows', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.getByRole('button', { name: '启动事件 N' }).click()
  const dialog = page.getByRole('dialog', { name: '启动事件' })
  await dialog.getByLabel('发生了什么').fill('季度演练')
  await dialog.getByText('系统故障', { exact: true }).click()
  await expect(dialog.getByText('按危险程度建议一级，可以改')).toBeVisible()
  await dialog.getByText('三级', { exact: true }).click()
  await expect(dialog.getByRole('button', { name: '启动三级事件，2 项时限开始计时' })).toBeVisible()
  await dialog.getByRole('switch', { name: '需要正式道歉' }).click()
  await dialog.getByText('演练', { exact: true }).click()
  await expect(dialog.getByRole('button', { name: '启动三级演练，3 项时限开始计时' })).toBeVisible()
  await dialog.getByRole('button', { name: '媒体报道' }).click()
  await expect(dialog.getByText('媒体报道或来电采访', { exact: false })).toBeVisible()
  await dialog.getByLabel('已知情况').fill('两家媒体已来电')
  await dialog.getByRole('button', { name: '启动三级演练，3 项时限开始计时' }).click()
  await expect(page).toHaveURL(/#\/incidents\//)
  expect(await (await app.client()).call('incidents.list', {})).toMatchObject({
    ok: true,
    value: [
      {
        level: 3,
        stage: 'media-report',
        mode: 'drill',
        known: '两家媒体已来电',
        clocks: [{ id: 'response' }, { id: 'handling' }, { id: 'apology' }],
      },
    ],
  })
})

test('a declaration that lacks something is not sent: each fault stands at its field and the first is focused', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.keyboard.press('Control+Shift+D')
  const dialog = page.getByRole('dialog', { name: '启动事件' })
  await expect(dialog.getByLabel('发生了什么')).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByText('用一句话写下发生了什么。')).toBeVisible()
  await expect(dialog.getByText('选一个最接近的类型，之后可以改。')).toBeVisible()
  await expect(dialog.getByText('选一个等级。')).toBeVisible()
  await expect(dialog.getByLabel('发生了什么')).toBeFocused()
  expect(await (await app.client()).call('incidents.list', {})).toEqual({ ok: true, value: [] })
})

test('a dialog closed by accident has kept its draft, even over a reload', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.keyboard.press('n')
  await page.getByLabel('发生了什么').fill('写到一半')
  await page.getByText('服务投诉', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.reload()
  await page.getByRole('heading', { name: '还没有事件' }).waitFor()
  await page.keyboard.press('n')
  await expect(page.getByLabel('发生了什么')).toHaveValue('写到一半')
  await expect(page.getByRole('radio', { name: /服务投诉/ })).toBeChecked()
  await page.getByRole('button', { name: '清空重写' }).click()
  await expect(page.getByLabel('发生了什么')).toHaveValue('')
})

test('types show danger stars, difficulty and source (TY-01…04, 002-01)', async ({ app }) => {
  await openDashboard(app)
  const { page } = app
  await page.keyboard.press('n')
  await expect(page.getByRole('radio', { name: /产品问题.*危险程度 5 星.*难度高/ })).toHaveCount(1)
  await expect(page.getByRole('radio', { name: /服务投诉.*危险程度 3 星.*难度中/ })).toHaveCount(1)
  await expect(page.getByRole('radio', { name: /恶意攻击与欺诈.*危险程度 4 星.*难度高/ })).toHaveCount(1)
})
