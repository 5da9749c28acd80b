import { expect, test } from './app.ts'
import { openRoom } from './room.ts'

// MO-07, C1-03: the commander stops a clock that does not apply, with a reason.

test('the commander stops a clock with a reason, takes it back by a key, stops it again from the palette and lets it run again', async ({
  app,
}) => {
  await app.setUp()
  await openRoom(app)
  const { page } = app
  const strip = page.getByRole('region', { name: '时限' })
  await strip.getByRole('button', { name: /正式道歉/ }).click()
  await page.getByRole('menuitem', { name: '不适用，停止计时…' }).click()
  const dialog = page.getByRole('dialog', { name: '停止“正式道歉”计时' })
  await dialog.getByRole('button', { name: '停止“正式道歉”计时' }).click()
  await expect(dialog.getByText('请写为什么这项时限不适用。')).toBeVisible()
  await dialog.getByRole('textbox').fill('责任不在我方')
  await page.keyboard.press('Control+Enter')
  await expect(strip.getByRole('button', { name: /正式道歉.*已停止计时/ })).toBeVisible()
  await expect(page.getByRole('feed').getByText('时限“正式道歉”停止计时：责任不在我方')).toBeVisible()
  await expect(page.getByRole('complementary').getByText('超时和停止计时的时限')).toBeVisible()
  await page.keyboard.press('z')
  await expect(strip.getByRole('button', { name: /正式道歉.*剩/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText('停止“正式道歉”计时')
  await expect(page.getByRole('dialog').getByRole('button', { name: '停止“正式道歉”计时…' })).toBeVisible()
  await page.keyboard.press('Enter')
  await dialog.getByRole('textbox').fill('责任不在我方')
  await page.keyboard.press('Control+Enter')
  await strip.getByRole('button', { name: /正式道歉.*已停止计时/ }).click()
  await expect(page.getByText(/停止计时于.*责任不在我方/)).toBeVisible()
  await page.getByRole('menuitem', { name: '恢复计时…' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('责任已查明在我方')
  await page.keyboard.press('Control+Enter')
  await expect(strip.getByRole('button', { name: /正式道歉.*剩/ })).toBeVisible()
})
