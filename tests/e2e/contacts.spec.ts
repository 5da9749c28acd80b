import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './app.ts'

const CARDS = ['钱进:13800138000', '周敏:13900139000']
  .map((one) => one.split(':'))
  .map(([name, mobile]) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL;TYPE=cell:${mobile}\r\nEND:VCARD`)
  .join('\r\n')

test('OR-10: an address book becomes the emergency contact list; a channel is proved and mended, by mouse and by keyboard', async ({
  app,
}) => {
  const { page } = app
  await app.setUp()
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '联络清单' }).click()
  await expect(page.getByRole('heading', { name: '还没有联系人' })).toBeVisible()
  await page.keyboard.press('i')
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'book.vcf', mimeType: 'text/vcard', buffer: Buffer.from(CARDS) })
  await expect(dialog.getByRole('row', { name: /周敏/ })).toContainText('139 0013 9000')
  await dialog.getByRole('button', { name: '写入：新增 2 人，补充 0 人' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('2 人', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: '打开 钱进' }).click()
  const contact = page.getByRole('dialog', { name: '联系人：钱进' })
  await contact.getByRole('button', { name: '标为已核实' }).click()
  await expect(contact.getByRole('button', { name: '撤销核实' })).toBeVisible()
  // A restored channel has to be verified again: an undo must not claim that somebody answered today.
  await contact.getByRole('button', { name: '删除 138 0013 8000' }).click()
  await expect(contact.getByText('没有联络渠道，出事时叫不到')).toBeVisible()
  await page.getByText('已删除 138 0013 8000').locator('..').getByRole('button', { name: '撤销' }).click()
  await contact.getByRole('button', { name: '标为已核实' }).click()
  await expect(contact.getByRole('button', { name: '撤销核实' })).toBeVisible()
  await contact.getByLabel('渠道', { exact: true }).selectOption('landline')
  await contact.getByLabel('号码或账号').fill('021-6888')
  await page.keyboard.press('Enter')
  await expect(contact.getByText('这不是能拨通的号码')).toBeVisible()
  await contact.getByLabel('号码或账号').fill('021-68888888转802')
  await page.keyboard.press('Enter')
  await expect(contact.getByText('021 6888 8888 #802', { exact: true })).toBeVisible()
  const faults = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(faults.violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])

  // Saving the form does not overwrite what a colleague changed while it was open.
  const client = await app.client()
  const list = await client.call('contacts.list', {})
  const contactId = (list.ok && list.value.find(({ name }) => name === '钱进')?.id) || ''
  expect((await client.call('contacts.revise', { contactId, change: { position: '总裁' } })).ok).toBe(true)
  await contact.getByLabel('单位').fill('总部')
  await contact.getByLabel('团队成员').selectOption({ index: 1 })
  await contact.getByRole('button', { name: '保存修改' }).click()
  await expect(contact.getByLabel('职务')).toHaveValue('总裁')
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 人有已核实的渠道')).toBeVisible()
  await expect(page.getByRole('row', { name: /钱进/ })).toContainText('总裁')
  // A member has at most one contact.
  await page.getByRole('button', { name: '打开 周敏' }).click()
  await expect(page.getByRole('dialog').getByLabel('团队成员').getByRole('option')).toHaveText(['不是团队成员'])
  await page.keyboard.press('Escape')

  // Who is removed can be found and restored, and an import does not bring them back unasked.
  await page.getByRole('button', { name: '打开 周敏' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '把 周敏 移出清单' }).click()
  await expect(page.getByRole('button', { name: '打开 周敏' })).toBeHidden()
  await page.getByRole('button', { name: '导入', exact: false }).first().click()
  await dialog.locator('input[type=file]').setInputFiles({ name: 'book.vcf', mimeType: 'text/vcard', buffer: Buffer.from(CARDS) })
  await expect(dialog.getByText('1 人以前已移出清单')).toBeVisible()
  await expect(dialog.getByRole('button', { name: '写入：新增 0 人，补充 0 人' })).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel('把以前移出的 1 人也放回清单').check()
  await expect(dialog.getByRole('button', { name: '写入：新增 0 人，补充 0 人，放回 1 人' })).not.toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await page.getByLabel('只看已移出清单的（1 人）').check()
  await expect(page.getByRole('row', { name: /钱进/ })).toBeHidden()
  await page.getByRole('button', { name: '把 周敏 放回清单' }).click()
  await expect(page.getByRole('button', { name: '打开 周敏' })).toBeVisible()

  await page.getByLabel('按姓名、单位或号码筛选').fill('周')
  await expect(page.getByRole('row')).toHaveCount(2)
  const whole = await new AxeBuilder({ page }).analyze()
  expect(whole.violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
})
