import { expect, test } from './app.ts'

test.beforeEach(({ app }) => app.open())

test('first run: a name and a role are enough, by keyboard alone, and the dashboard says what to do next', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('heading', { name: '先说说你是谁' })).toBeVisible()
  await expect(page.getByLabel('姓名')).toBeFocused()
  await page.keyboard.type('林舟')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '还没有事件' })).toBeVisible()
  await expect(page.getByRole('link', { name: '林舟 危机指挥' })).toBeVisible()
})

test('first run: what is missing is said at its field, and nothing is made', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: '开始使用' }).click()
  await expect(page.getByText('请写下你的姓名。')).toBeVisible()
  await expect(page.getByText('请选一个角色。')).toBeVisible()
  await expect(page.getByLabel('姓名')).toBeFocused()
  expect(await (await app.client()).call('workspace.status', {})).toMatchObject({ ok: true, value: { phase: 'first-run' } })
})

test('first run: all eight roles of OR-01, OR-06 and OR-07 are there, each with its duty', async ({ app }) => {
  for (const role of ['危机指挥', '呼叫中心', '公关品牌', '法务', '业务部门', '技术支持', '社交媒体', '高管']) {
    await expect(app.page.getByRole('radio', { name: new RegExp(`^${role}.+`) })).toHaveCount(1)
  }
})

test('first run: the language changes at once and is kept; the three doors and the demo are named', async ({ app }) => {
  const { page } = app
  await page.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'First, who are you?' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { name: 'Explore the demo', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the demo' })).toBeVisible()
  for (const door of ['Start on this computer', 'Join a team', 'Sign in to a team'])
    await expect(page.getByRole('radio', { name: door })).toHaveCount(1)
  await page.getByLabel('Name').fill('Lin Zhou')
  await page.getByText('Legal', { exact: true }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { name: 'No incidents yet' })).toBeVisible()
  await app.restart()
  await expect(page.getByRole('heading', { name: 'No incidents yet' })).toBeVisible()
})
