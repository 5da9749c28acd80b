import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { leaveDialog } from './leave-dialog.ts'
import { composerText, entryRow, openEntry, openRoom, record } from './room.ts'

// UX rule 4: keys go to the focused element. Keys that an input method consumes reach nothing else, arrow keys move within the
// focused group, letters are text in a text field, and the focus is never lost.

/** Types with an input method: the letters stay a composition in the field until a key ends it. */
async function compose(page: Page, letters: string) {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length })
  return {
    /** Presses a key that the input method consumes. */
    press: (key: 'Enter' | 'Escape') => page.keyboard.press(key),
    /** Ends the composition with this text, or with none. */
    end: async (words: string) => {
      await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 })
      if (words !== '') await session.send('Input.insertText', { text: words })
      await session.detach()
    },
  }
}

test('Enter and Escape of an input method save, close and clear nothing', async ({ app }) => {
  await app.setUp()
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'observation', text: '门店上报退货' })
  const { page } = app
  const filter = page.getByRole('searchbox', { name: '在时间线里查找' })
  await filter.fill('门店')
  const typed = await compose(page, 'tui')
  await typed.press('Escape')
  await expect(filter).toHaveValue('门店tui')
  await typed.end('退货')
  await expect(filter).toHaveValue('门店退货')
  await filter.press('Escape')
  await expect(filter).toHaveValue('')

  await entryRow(page, '门店上报退货').click()
  await openEntry(page).getByRole('button', { name: /^更正/ }).click()
  const correction = page.getByRole('form', { name: '更正记录' })
  const reason = correction.getByRole('textbox', { name: '为什么更正' })
  await reason.fill('数字')
  const why = await compose(page, 'cuo')
  await why.press('Escape')
  await why.press('Enter')
  await expect(reason).toHaveValue('数字cuo')
  await why.end('错了')
  await expect(correction).toBeVisible()
  await correction.getByRole('textbox', { name: '内容' }).fill('门店上报退货三台')
  await reason.press('Control+Enter')
  await expect(correction).toBeHidden()
  await expect(entryRow(page, '门店上报退货三台')).toContainText('已更正 1 次')

  await expect(page.getByRole('banner').getByRole('button', { name: /启动事件/ })).toBeEnabled()
  await page.keyboard.press('n')
  const declare = page.getByRole('dialog', { name: '启动事件' })
  const title = declare.getByRole('textbox', { name: /发生了什么/ })
  await title.fill('新')
  const named = await compose(page, 'shi')
  await named.press('Escape')
  await named.press('Enter')
  await expect(title).toHaveValue('新shi')
  await named.end('事件')
  await expect(declare).toBeVisible()
  await expect(declare.getByRole('alert')).toHaveCount(0)
})

test('arrows move the choice that has the focus, and letters beside a field are no commands', async ({ app }) => {
  await app.setUp()
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'observation', text: '门店上报退货' })
  const { page } = app
  await page.keyboard.press('e')
  await composerText(page).fill('转发翻倍')
  const kinds = page.getByRole('radiogroup', { name: '类型' })
  await kinds.getByRole('radio', { name: '观察' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(kinds.getByRole('radio', { name: '决策' })).toBeFocused()
  await kinds.getByRole('radio', { name: '拐点' }).check({ force: true })
  const points = page.getByRole('radiogroup', { name: '是哪一种拐点' })
  await points.getByRole('radio').first().check()
  await page.keyboard.press('ArrowDown')
  await expect(points.locator('input:focus')).toHaveCount(1)
  await expect(points.locator('input:focus')).toBeChecked()
  // Also with the focus on a button beside the text field: keys meant for the text must not run commands.
  await page.getByRole('button', { name: '添加文件' }).focus()
  await page.keyboard.press('n')
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(composerText(page)).toHaveValue('转发翻倍')
  const order = page.getByRole('radiogroup', { name: '看全部还是精选' })
  await order.getByRole('radio').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(order.locator('input:focus')).toHaveCount(1)
})

test('a refused save goes to the field that is missing, a kept draft is written on at its end', async ({ app }) => {
  await app.setUp()
  await openRoom(app)
  const { page } = app
  await page.keyboard.press('e')
  await page.keyboard.type('/jc')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: '决策' })).toBeChecked()
  await page.keyboard.type('全部门店停售')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: '理由' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('button', { name: /继续写/ })).toBeVisible()
  await page.keyboard.press('e')
  await page.keyboard.type('，今晚执行')
  await expect(composerText(page)).toHaveValue('全部门店停售，今晚执行')
  await page.getByRole('textbox', { name: '理由' }).fill('批次未核实')
  await page.keyboard.press('Control+Enter')
  await expect(entryRow(page, '全部门店停售，今晚执行')).toContainText('理由：批次未核实')
})

test('the focus comes back from every dialog', async ({ app }) => {
  await app.setUp()
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'statement', text: '首次声明：正在调查，客户 13812345678 已联系' })
  const { page } = app
  const focused = () => page.evaluate(() => document.activeElement?.tagName)
  // Opened by a key without a focused element, closed without an act.
  await page.keyboard.press('Shift+H')
  await expect(page.getByRole('dialog')).toBeVisible()
  await leaveDialog(page)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(focused).not.toBe('BODY')
  // Opened from a menu that has closed by then.
  await page
    .getByRole('region', { name: '时限' })
    .getByRole('button', { name: /首次声明/ })
    .click()
  await page.getByRole('menuitem', { name: /用已有记录完成/ }).click()
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('region', { name: '时限' }).getByRole('button', { name: /首次声明/ })).toBeFocused()
  // Opened by a button that its own act removes.
  await entryRow(page, '正在调查').click()
  await openEntry(page).getByRole('button', { name: /显示/ }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill('回电核对')
  await page.keyboard.press('Control+Enter')
  await expect(openEntry(page)).toContainText('13812345678')
  await expect.poll(focused).not.toBe('BODY')
})
