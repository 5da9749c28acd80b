import { expect, test } from './app.ts'
import { openRoom } from './room.ts'

// OR-11, 002-09: a plan keeps all its versions readable; the dependencies of a running task can be changed.

test('older versions of a plan are read with who, when and what the next one changed', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const plans = await client.call('plans.list', {})
  const plan = plans.ok ? plans.value.find((one) => one.id === 'system-failure') : undefined
  if (!plan) throw new Error('no plan')
  for (const [index, title] of ['系统故障（二版）', '系统故障（三版）'].entries()) {
    expect(
      await client.call('plans.save', {
        planId: plan.id,
        version: index + 1,
        content: { ...plan.content, title },
        note: `改动 ${index + 2}`,
      }),
    ).toMatchObject({ ok: true })
  }
  await page.goto(`${app.origin}#/plans/system-failure`)
  await expect(page.getByRole('heading', { name: '系统故障（三版）' })).toBeVisible()
  await page.keyboard.press('h')
  const versions = page.getByRole('navigation', { name: '这份预案的全部版本' })
  await expect(versions.getByRole('button')).toHaveText([/第 3 版.*林舟.*改动 3/, /第 2 版.*林舟.*改动 2/, /第 1 版.*内置预案/])
  await expect(versions.getByRole('button', { name: /第 2 版/ })).toHaveAttribute('aria-current', 'true')
  const changes = page.getByRole('region', { name: '第 2 版到第 3 版的改动' })
  await expect(changes.locator('del')).toHaveText('系统故障（二版）')
  await expect(changes.locator('ins')).toHaveText('系统故障（三版）')
  await versions.getByRole('button', { name: /第 1 版/ }).click()
  await expect(page.getByRole('region', { name: '第 1 版到第 2 版的改动' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '第 1 版全文' })).toBeVisible()
  await versions.getByRole('button', { name: /第 3 版/ }).click()
  await expect(page.getByText('这是现在使用的版本。')).toBeVisible()
  await page.keyboard.press('h')
  await expect(versions).toBeHidden()
})

test('what a running task waits for is added and taken out; what would close a ring is not offered and named', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const { id } = await openRoom(app)
  const make = async (title: string) => {
    const made = await client.call('tasks.create', {
      incidentId: id,
      task: { title, detail: '', phase: '临时任务', department: null, owner: '', dueAt: null, checklist: [], blockedBy: [] },
    })
    if (!made.ok) throw new Error(made.failure.code)
    return made.value
  }
  await make('封存样机')
  await make('送检')
  await page.keyboard.press('2')
  const task = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: new RegExp(`^${title}`) }) })
  await page.getByRole('button', { name: /^送检/ }).click()
  await task('送检').getByRole('button', { name: /^修改/ }).click()
  await page.getByLabel('前置任务').selectOption({ label: '封存样机' })
  await page.getByRole('button', { name: '保存修改' }).click()
  await expect(page.getByRole('button', { name: /^送检.*待前置 1 项/ })).toBeVisible()
  await page.getByRole('button', { name: /^封存样机/ }).click()
  await task('封存样机').getByRole('button', { name: /^修改/ }).click()
  await expect(page.getByText('下面这些任务以这项任务为前置，不能反过来：送检。')).toBeVisible()
  await expect(page.getByLabel('前置任务').getByRole('option', { name: '送检' })).toHaveCount(0)
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: /^送检/ }).click()
  await task('送检').getByRole('button', { name: /^修改/ }).click()
  await page.getByRole('button', { name: '移除前置任务“封存样机”' }).click()
  await page.getByRole('button', { name: '保存修改' }).click()
  await expect(page.getByRole('button', { name: /^送检(?!.*待前置 1 项)/ })).toBeVisible()
})
