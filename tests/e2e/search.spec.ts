import { expect, test } from './app.ts'
import { openEntry, openRoom, record } from './room.ts'

test.beforeEach(async ({ app }) => app.setUp())

test('a two-character word is found across incidents, marked, and leads to its entry', async ({ app }) => {
  const { page } = app
  const first = await openRoom(app, { title: '净化器起火' })
  await record(app, first.id, { kind: 'statement', text: '董事长向客户正式道歉，并公布召回方案' })
  const second = await openRoom(app, { title: '门店收据辱客' })
  await record(app, second.id, { kind: 'customer-voice', text: '要求公开道歉' })
  await record(app, second.id, { kind: 'observation', text: '无关的一条' })

  await page.goto(`${app.origin}#/search`)
  await expect(page.getByRole('heading', { name: '找什么？' })).toBeVisible()
  await page.getByRole('searchbox', { name: '要找的词' }).fill('道歉')
  await expect(page.getByText('找到 2 处')).toBeVisible()
  await expect(page.getByRole('region', { name: '净化器起火' }).locator('mark')).toHaveText('道歉')
  await expect(page).toHaveURL(/q=%E9%81%93%E6%AD%89/)

  await page.getByLabel('哪种记录').selectOption('customer-voice')
  await expect(page.getByText('找到 1 处')).toBeVisible()
  await page.getByLabel('哪种记录').selectOption('')
  await page.getByLabel('在哪个事件里').selectOption({ label: '净化器起火' })
  await expect(page.getByRole('region', { name: '门店收据辱客' })).toHaveCount(0)

  await page.getByRole('searchbox', { name: '要找的词' }).press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(openEntry(page)).toContainText('董事长向客户正式道歉')
})

test('what is not found says what to try', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page.goto(`${app.origin}#/search?q=${encodeURIComponent('绝无此词')}`)
  await expect(page.getByRole('heading', { name: '没有找到“绝无此词”' })).toBeVisible()
  await expect(page.getByText('少写几个词，或换一个说法')).toBeVisible()
})
