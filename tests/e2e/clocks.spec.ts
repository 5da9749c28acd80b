import { expect, test } from './app.ts'
import { openRoom } from './room.ts'

// MO-07, C1-03: a clock is a promise of time; one that does not apply is stopped by the commander, with a reason.

test('the commander stops a clock with a reason, takes it back by a key, stops it again from the palette and lets it run again', async ({
  app,
}) => {
  await app.setUp()
  await openRoom(app)
  const { page } = app
  const strip = page.getByRole('region', { name: '时钟' })
  await strip.getByRole('button', { name: /正式道歉/ }).click()
  await page.getByRole('menuitem', { name: '不适用，停走…' }).click()
  const dialog = page.getByRole('dialog', { name: '停走“正式道歉”' })
  await dialog.getByRole('button', { name: '停走“正式道歉”' }).click()
  await expect(dialog.getByText('写明为什么这个时钟不适用。')).toBeVisible()
  await dialog.getByRole('textbox').fill('责任不在我方')
  await page.keyboard.press('Control+Enter')
  await expect(strip.getByRole('button', { name: /正式道歉.*已停走/ })).toBeVisible()
  await expect(page.getByRole('feed').getByText('时钟“正式道歉”停走：责任不在我方')).toBeVisible()
  await expect(page.getByRole('complementary').getByText('超时和停走的时钟')).toBeVisible()
  await page.keyboard.press('z')
  await expect(strip.getByRole('button', { name: /正式道歉.*剩/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText('停走“正式道歉”')
  await expect(page.getByRole('dialog').getByRole('button', { name: '停走“正式道歉”…' })).toBeVisible()
  await page.keyboard.press('Enter')
  await dialog.getByRole('textbox').fill('责任不在我方')
  await page.keyboard.press('Control+Enter')
  await strip.getByRole('button', { name: /正式道歉.*已停走/ }).click()
  await expect(page.getByText(/停走于.*责任不在我方/)).toBeVisible()
  await page.getByRole('menuitem', { name: '重新打开…' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('责任已查明在我方')
  await page.keyboard.press('Control+Enter')
  await expect(strip.getByRole('button', { name: /正式道歉.*剩/ })).toBeVisible()
})
