import { expect, test } from './app.ts'

test('a shipped plan is changed with its faults at the field, saved as the next version, and compared with the shipped one', async ({
  app,
}) => {
  await app.setUp()
  const { page } = app
  await page.goto(`${app.origin}#/plans/product-safety-recall`)
  await expect(page.getByRole('heading', { name: '产品安全与召回预案', level: 2 })).toBeVisible()
  await page.keyboard.press('e')
  const name = page.getByRole('textbox', { name: '名称' })
  await name.fill('')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('请写名称。')).toBeVisible()
  await expect(name).toBeFocused()
  await name.fill('净化器召回预案')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('团队改过 · 第 2 版').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: '净化器召回预案', level: 2 })).toHaveCount(1)
  await page.getByRole('button', { name: '与内置版本对照' }).click()
  await expect(page.locator('del').filter({ hasText: '产品安全与召回预案' })).toBeVisible()
  await expect(page.locator('ins').filter({ hasText: '净化器召回预案' })).toBeVisible()
})

test('what is unsaved is kept when one leaves; a version saved meanwhile is shown, and mine can still be saved', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  await page.goto(`${app.origin}#/plans/system-failure?view=edit`)
  await page.getByRole('textbox', { name: '名称' }).fill('我的系统故障预案')
  await page.getByRole('button', { name: '退出编辑，保留草稿' }).click()
  await page.reload()
  await expect(page.getByText('有未保存的草稿')).toBeVisible()
  await page.getByRole('button', { name: '继续修改草稿' }).click()
  await expect(page.getByRole('textbox', { name: '名称' })).toHaveValue('我的系统故障预案')

  const plans = await client.call('plans.list', {})
  const shipped = plans.ok ? plans.value.find((plan) => plan.id === 'system-failure') : undefined
  if (!shipped) throw new Error('The plan is not shipped')
  await client.call('plans.save', {
    planId: shipped.id,
    version: 1,
    content: { ...shipped.content, title: '别人的系统故障预案' },
    note: '',
  })
  await expect(page.getByText('版本冲突。')).toBeVisible()
  await page.getByRole('button', { name: '看差别' }).click()
  await expect(page.locator('del').filter({ hasText: '别人的系统故障预案' })).toBeVisible()
  await page.getByRole('button', { name: '以我的为准，之后存为第 3 版' }).click()
  await page.getByRole('button', { name: /保存为第 3 版/ }).click()
  await expect(page.getByRole('heading', { name: '我的系统故障预案', level: 2 })).toBeVisible()
  expect(await client.call('plans.list', {})).toMatchObject({
    ok: true,
    value: expect.arrayContaining([expect.objectContaining({ id: 'system-failure', version: 3, origin: 'changed' })]),
  })
})

test('a plan is copied as the team’s own, retired, and restored by undo', async ({ app }) => {
  await app.setUp()
  const { page } = app
  await page.goto(`${app.origin}#/plans/information-leak`)
  await page.getByRole('button', { name: '复制为自定义预案' }).click()
  await expect(page.getByText('自定义 · 第 1 版').first()).toBeVisible()
  await page.getByRole('button', { name: '退出编辑' }).click()
  await page.getByRole('button', { name: '停用' }).click()
  await expect(page.getByRole('heading', { name: '已停用' })).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('heading', { name: '已停用' })).toBeHidden()
})
