import type { CallInput } from '#contract/api.ts'
import { expect, test, type App } from './app.ts'
import { leaveDialog } from './leave-dialog.ts'
import { openDashboard } from './open-dashboard.ts'

type Declared = CallInput<'incidents.declare'>

async function declare(app: App, ...incidents: (Partial<Declared> & { title: string })[]): Promise<string[]> {
  const client = await app.client()
  const ids: string[] = []
  for (const incident of incidents) {
    const result = await client.call('incidents.declare', { type: 'product-problem', level: 1, stage: 'platform-spread', ...incident })
    if (result.ok) ids.push(result.value.id)
  }
  expect(ids).toHaveLength(incidents.length)
  return ids
}

const titles = (app: App) => app.page.locator('tbody a')

test('the dashboard orders real before drill, by level, then by the clock that runs out first, marks drills, and follows what is declared elsewhere', async ({
  app,
}) => {
  await openDashboard(app)
  await app.page.getByRole('heading', { name: '还没有事件' }).waitFor()
  await declare(app, { title: '三级先来', level: 3 }, { title: '演练后来', level: 2, mode: 'drill' }, { title: '一级最后' })
  await expect(titles(app)).toHaveText(['一级最后', '三级先来', '演练后来'])
  await expect(app.page.getByRole('row', { name: /演练后来/ }).getByText('演练', { exact: true })).toBeVisible()
  await expect(app.page.getByText('2 个事件未关闭（一级 1、三级 1），另有 1 个演练')).toBeVisible()
  const clocks = app.page.getByRole('list', { name: '最近到期的时限' }).getByRole('listitem')
  await expect(clocks).toHaveCount(3)
  await expect(clocks.first()).toContainText('一级最后')
})

test('a clock of the top bar leads to its incident', async ({ app }) => {
  await openDashboard(app)
  const [id] = await declare(app, { title: '一级事件' })
  await app.page.getByRole('list', { name: '最近到期的时限' }).getByRole('link').first().click()
  await expect(app.page).toHaveURL(new RegExp(`#/incidents/${id}`))
})

test('two hundred incidents: only rows in view exist, the filter finds one, keys move through them', async ({ app }) => {
  await openDashboard(app)
  const many = Array.from({ length: 199 }, (_, index) => ({ title: `事件 ${String(index).padStart(3, '0')}`, level: 3 as const }))
  await declare(app, ...many, { title: '漏电批次', known: '杭州仓' })
  const { page } = app
  await expect(page.getByText('共 200 个事件')).toBeVisible()
  expect(await titles(app).count()).toBeLessThan(80)
  await page.keyboard.press('j')
  await expect(titles(app).first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(titles(app).nth(1)).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('杭州仓 漏电')
  await expect(titles(app)).toHaveText(['漏电批次'])
  await expect(page.getByText('共 200 个，显示 1 个')).toBeVisible()
  await page.reload()
  await expect(titles(app)).toHaveText(['漏电批次'])
  await page.getByLabel('按文字筛选').fill('没有这样的事件')
  await page.getByRole('button', { name: '显示全部事件' }).click()
  await expect(page.getByText('共 200 个事件')).toBeVisible()
})

test('Ctrl K finds acts, incidents and words written anywhere; ? lists the keys', async ({ app }) => {
  await openDashboard(app)
  const [id] = await declare(app, { title: '空气净化器起火' })
  await (await app.client()).call('timeline.record', { incidentId: id ?? '', kind: 'observation', text: '微博话题冲上热搜第三' })
  const { page } = app
  const palette = page.getByPlaceholder('找事件、命令，或任何写过的字')
  await page.getByText('共 1 个事件').waitFor()
  await page.keyboard.press('Control+k')
  await expect(palette).toBeFocused()
  await page.keyboard.type('净化器')
  await expect(page.getByRole('dialog').getByText('空气净化器起火')).toBeVisible()
  await palette.fill('热搜')
  const hit = page.getByRole('dialog').getByRole('button', { name: '微博话题冲上热搜第三' })
  await expect(hit.locator('mark')).toHaveText('热搜')
  // The hits arrive after the whole query was entered; Enter still opens the first row.
  await expect(hit).toHaveAttribute('data-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/incidents/${id}`))
  await page.goto(`${app.origin}#/`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('交接')
  await page.getByRole('dialog').getByText('交接 · 空气净化器起火').click()
  await expect(page.getByRole('dialog', { name: '交接指挥' })).toBeVisible()
  await leaveDialog(page)
  await page.keyboard.press('Control+k')
  await expect(palette).toBeFocused()
  await page.keyboard.type('设置')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '快捷键' }).getByText('启动事件')).toBeVisible()
})

test('the connection lost: it is said, acts are barred with the reason, what was typed stays, and all comes back by itself', async ({
  app,
}) => {
  const { page } = app
  let cut = () => {}
  let isCut = false
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (isCut) return void socket.close()
    socket.connectToServer()
    cut = () => void socket.close()
  })
  await openDashboard(app)
  await page.getByRole('button', { name: '启动事件 N' }).click()
  await page.getByLabel('发生了什么').fill('断线时写的')
  await page.getByText('产品问题', { exact: true }).click()
  isCut = true
  cut()
  await expect(page.getByText('正在重连', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /启动一级事件/ })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: /启动一级事件/ })).toHaveAccessibleDescription('与数据服务的连接断开，暂时不能保存')
  await expect(page.getByLabel('发生了什么')).toHaveValue('断线时写的')
  await declare(app, { title: '断线期间别处宣布的' })
  isCut = false
  await expect(page.getByText('正在重连', { exact: false })).toHaveCount(0)
  await page.getByRole('button', { name: /启动一级事件/ }).click()
  await expect(page).toHaveURL(/#\/incidents\//)
  await page.goto(`${app.origin}#/`)
  await expect(titles(app)).toHaveText(['断线期间别处宣布的', '断线时写的'])
})

test('the plug pulled: the page says so, and after a new start everything acknowledged is there', async ({ app }) => {
  await openDashboard(app)
  await declare(app, { title: '断电之前' })
  await app.kill()
  await expect(app.page.getByText('正在重连', { exact: false }).first()).toBeVisible()
  await app.restart()
  await expect(titles(app)).toHaveText(['断电之前'])
})
