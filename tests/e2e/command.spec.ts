import { AxeBuilder } from '@axe-core/playwright'
import type { CallInput } from '#contract/api.ts'
import { expect, test, type App } from './app.ts'

// Command acts, people, dashboard, rules and alarms: MO-04…MO-07, OR-01, OR-06…OR-08, EV-01…EV-06, EN-03.

const MINUTE = 60_000

async function declare(app: App, part: Partial<CallInput<'incidents.declare'>> = {}): Promise<string> {
  const declared = await (
    await app.client()
  ).call('incidents.declare', { title: '空气净化器起火视频', type: 'product-problem', level: 3, stage: 'initial-complaint', ...part })
  if (!declared.ok) throw new Error(declared.failure.code)
  return declared.value.id
}

async function openRoom(app: App, incidentId: string): Promise<void> {
  await app.page.goto(`${app.origin}#/incidents/${incidentId}`)
  await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(app.page.getByRole('tab', { name: '概览' })).toBeVisible()
}

test('the level is changed by key, says which clocks start, and stands in the timeline with its reason', async ({ app }) => {
  await app.setUp()
  await openRoom(app, await declare(app))
  const { page } = app
  await page.keyboard.press('Shift+L')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /一级/ }).check({ force: true })
  await expect(dialog.getByText('以下时限开始计时')).toBeVisible()
  await dialog.getByRole('button', { name: '改为一级，2 项时限开始计时' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(/请写理由/)
  await dialog.getByRole('textbox').fill('视频播放超过 200 万')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('三级改为一级：视频播放超过 200 万')).toBeVisible()
  await expect(page.getByRole('button', { name: /首次声明/ })).toBeVisible()
})

test('lowering the level starts no clock and is taken back by Z', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app, { level: 1 })
  await openRoom(app, incidentId)
  const { page } = app
  await page.keyboard.press('Shift+L')
  await page.getByRole('dialog').getByRole('radio', { name: /三级/ }).check({ force: true })
  await page.getByRole('dialog').getByRole('textbox').fill('误报')
  await page.getByRole('button', { name: '改为三级' }).click()
  await expect(page.getByText('一级改为三级：误报')).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByText('三级改为一级：撤销刚才的操作')).toBeVisible()
  expect(await (await app.client()).call('incidents.get', { incidentId })).toMatchObject({ ok: true, value: { level: 1 } })
})

test('the command is handed over with a summary of what is open', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app)
  const task = {
    title: '封存同批次样机送检',
    detail: '',
    phase: '0–12 小时',
    department: 'technical' as const,
    owner: '赵敏',
    dueAt: null,
    checklist: [],
    blockedBy: [],
  }
  await (await app.client()).call('tasks.create', { incidentId, task })
  await openRoom(app, incidentId)
  const { page } = app
  await page.keyboard.press('Shift+H')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: '交接说明' })).toHaveValue(/首次响应：[\s\S]*封存同批次样机送检（赵敏）/)
  await dialog.getByRole('textbox', { name: '姓名' }).fill('周岚')
  await dialog.getByRole('button', { name: '把指挥交给 周岚' }).click()
  await expect(page.getByText('指挥：周岚')).toBeVisible()
  await expect(page.getByText(/林舟 把指挥交给 周岚/)).toBeVisible()
})

test('closing shows what is open and takes no more entries; reopening goes on where it was', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app)
  await openRoom(app, incidentId)
  const { page } = app
  await page.keyboard.press('Shift+S')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /已关闭/ }).check()
  await expect(dialog.getByText('尚未完成：3 项时限，0 项任务')).toBeVisible()
  await dialog.getByRole('textbox').fill('转为日常处理')
  await dialog.getByRole('button', { name: '关闭事件，遗留 3 项未完成' }).click()
  await expect(page.locator('[data-status="closed"]').first()).toBeVisible()
  expect(await (await app.client()).call('timeline.record', { incidentId, kind: 'action', text: '再写一条' })).toMatchObject({
    ok: false,
    failure: { code: 'incident-closed' },
  })
  await page.getByRole('button', { name: '重新打开' }).click()
  await dialog.getByRole('textbox').fill('又有新帖')
  await dialog.getByRole('button', { name: '重新打开，继续处置' }).click()
  await expect(page.locator('[data-status="open"]').first()).toBeVisible()
  await expect(page.getByText(/状态由“已关闭”改为“进行中”.*又有新帖/)).toBeVisible()
})

test('a stage explains its signs, keeps those that were seen, and is moved to from there', async ({ app }) => {
  await app.setUp()
  await openRoom(app, await declare(app))
  const { page } = app
  await page.getByRole('button', { name: /^阶段：初始投诉/ }).click()
  await page.getByRole('button', { name: '平台扩散' }).click()
  const signs = page.getByRole('region', { name: '“平台扩散”的迹象' })
  await signs.getByRole('checkbox', { name: '已经在平台公开发出' }).check()
  await expect(signs.getByText('已出现 1/4 项')).toBeVisible()
  await signs.getByRole('button', { name: '改为“平台扩散”' }).click()
  await expect(page.getByText('阶段改为“平台扩散”').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /平台扩散.* 1\/4/ })).toBeVisible()
})

test('people are assigned by layer and department, each with a backup, and taken out again', async ({ app }) => {
  await app.setUp()
  await openRoom(app, await declare(app))
  const { page } = app
  await page.keyboard.press('4')
  await page.getByRole('button', { name: '指派到法务' }).click()
  await page.getByRole('combobox', { name: '姓名' }).fill('周岚')
  await page.getByRole('combobox', { name: '后备' }).fill('陈默')
  await page.getByRole('button', { name: '指派 周岚 到法务' }).click()
  await page.getByRole('button', { name: /周岚.*后备 陈默/ }).click()
  await page.getByRole('button', { name: '从法务移除' }).click()
  await expect(page.getByRole('button', { name: /周岚.*后备 陈默/ })).toBeHidden()
  await page.keyboard.press('z')
  await expect(page.getByRole('button', { name: /周岚.*后备 陈默/ })).toBeVisible()
})

test('the dashboard says what waits for me and leads there', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app, { clocks: { response: 30 * MINUTE } })
  const task = {
    title: '社媒静默通知',
    detail: '',
    phase: '0–12 小时',
    department: null,
    owner: '',
    dueAt: 1_700_000_000_000,
    checklist: [],
    blockedBy: [],
  }
  await (await app.client()).call('tasks.create', { incidentId, task })
  const { page } = app
  const waiting = page.getByRole('complementary').filter({ hasText: '待我处理' })
  await expect(waiting.getByRole('link')).toHaveCount(2)
  await page.keyboard.press('w')
  await expect(waiting.getByRole('link', { name: /社媒静默通知/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${incidentId}\\?side=tasks`))
  await expect(page.getByRole('tab', { name: '任务' })).toHaveAttribute('aria-selected', 'true')
})

test('the team sets its own limits; a running incident keeps the rules it started with', async ({ app }) => {
  await app.setUp()
  const running = await declare(app, { level: 1 })
  const { page } = app
  await page.goto(`${app.origin}#/settings/rules`)
  await page.getByRole('textbox', { name: '首次响应，一级' }).fill('0:30')
  const lease = page.getByRole('textbox', { name: '设备离线可看' })
  await lease.fill('721')
  await expect(page.getByText('请填 1 到 720 的整数')).toBeVisible()
  await expect(page.getByRole('button', { name: '保存规则' })).toHaveAccessibleDescription(/标红/)
  await lease.fill('12')
  await page.getByRole('textbox', { name: '临时授权最长' }).fill('336')
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect(page.getByText(/林舟 改于/)).toBeVisible()
  expect(await (await app.client()).call('rules.get', {})).toMatchObject({
    ok: true,
    value: { rules: { leaseHours: 12, authorityHours: 336 } },
  })
  const client = await app.client()
  const later = await declare(app, { level: 1 })
  const limit = async (incidentId: string) => {
    const view = await client.call('incidents.get', { incidentId })
    return view.ok ? view.value.clocks.find((clock) => clock.id === 'response')?.limitMs : undefined
  }
  expect(await limit(running)).toBe(60 * MINUTE)
  expect(await limit(later)).toBe(30 * MINUTE)
})

test('an owner of the team may change its rules, whatever the role', async ({ app }) => {
  await app.setUp({ role: 'pr' })
  await app.page.goto(`${app.origin}#/settings/rules`)
  await expect(app.page.getByRole('button', { name: '保存规则' })).not.toHaveAccessibleDescription(/你不能做这件事/)
})

test('a clock with less than 15 minutes left is announced on any page, once', async ({ app }) => {
  await app.setUp()
  await app.page.goto(`${app.origin}#/settings`)
  await expect(app.page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
  await declare(app, { clocks: { response: 10 * MINUTE } })
  const alarm = app.page.getByRole('alert').filter({ hasText: '首次响应' })
  await expect(alarm).toHaveCount(1)
  await expect(alarm).toContainText(/距截止还有 \d+ 分钟：首次响应/)
  await alarm.getByRole('link', { name: '空气净化器起火视频' }).click()
  await expect(app.page).toHaveURL(/#\/incidents\//)
})

test('room, people, dashboard and settings have no serious accessibility fault', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app, { level: 1 })
  const { page } = app
  for (const path of [`incidents/${incidentId}`, `incidents/${incidentId}?side=people`, '', 'settings', 'settings/rules']) {
    await page.goto(`${app.origin}#/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => `${path}: ${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
  }
})
