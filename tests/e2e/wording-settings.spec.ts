import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, hostTeam, join, test } from './team.ts'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
}

test('MS-15: an approver lets another member decide until a time, and takes it back; both see it', async ({ app, guest }) => {
  const { page } = app
  await hostTeam(app)
  await join(app, guest)
  await page.goto(`${app.origin}#/settings/approvals`)
  await page.getByRole('button', { name: '委托危机指挥审批' }).click()
  await expect(page.getByText('请选一位成员。')).toBeVisible()
  await page.getByRole('combobox', { name: '委托给' }).selectOption({ label: '周敏 · 法务' })
  await page.getByRole('combobox', { name: '到何时' }).selectOption('days')
  await page.getByRole('button', { name: '委托危机指挥审批' }).click()
  const row = page.getByRole('row', { name: /林舟.*周敏.*危机指挥/ })
  await expect(row).toBeVisible()
  await expectAccessible(page)
  await guest.page.goto(`${guest.origin}#/settings/approvals`)
  await expect(guest.page.getByRole('row', { name: /林舟.*周敏 你.*危机指挥/ })).toBeVisible()

  await row.getByRole('button', { name: '收回给周敏的审批委托' }).click()
  await expect(row).toBeHidden()
  await page.getByText('已收回给周敏的审批委托').locator('..').getByRole('button', { name: '撤销' }).click()
  await expect(row).toBeVisible()
})

test('a shipped check is switched off for a reason, an own term is added; a text shows what that means before it is saved', async ({
  app,
  guest,
}) => {
  const { page } = app
  await hostTeam(app)
  await join(app, guest)
  await page.goto(`${app.origin}#/settings/checks`)
  await page.getByLabel('要检查的文字').fill('我们全额赔偿，老款已停产。')
  const findings = page.getByRole('list', { name: '检查结果' })
  await expect(findings).toContainText('承诺了赔偿结果')

  await page.getByRole('button', { name: /^停用：「…」承诺了赔偿结果.*（中文）/ }).click()
  await page.getByRole('button', { name: '停用这条规则' }).click()
  await expect(page.getByText('请写明理由。')).toBeVisible()
  await page.getByLabel('为什么停用').fill('赔偿方案已经公布')
  await page.getByRole('button', { name: '停用这条规则' }).click()
  await expect(page.getByText('已停用：赔偿方案已经公布')).toBeVisible()
  await expect(findings).not.toContainText('承诺了赔偿结果')

  await page.getByRole('button', { name: '添加词句' }).click()
  const dialog = page.getByRole('dialog', { name: '添加词句' })
  await dialog.getByRole('textbox', { name: '词句' }).fill('老款')
  await dialog.getByLabel('轻重').selectOption('block')
  await dialog.getByLabel('为什么不能这样说').fill('客户不知道哪一款')
  await page.keyboard.press('Enter')
  await expect(findings).toContainText('客户不知道哪一款')

  // Somebody else changes the same rules: what is typed here stays, and the member chooses.
  const client = await app.client()
  await client.call('rules.set', {
    version: 0,
    rules: { wordingChecks: { off: [{ ruleId: 'variables', reason: '不用变量' }], terms: [] } },
  })
  await page.getByRole('button', { name: '保留我填的' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存检查规则' }).click()
  await expect(page.getByText('检查规则已保存')).toBeVisible()

  await guest.page.goto(`${guest.origin}#/settings/checks`)
  await expect(guest.page.getByRole('row', { name: /老款/ })).toBeVisible()
  await expect(guest.page.getByRole('button', { name: '添加词句' })).toHaveAttribute('aria-disabled', 'true')
  const kept = await client.call('rules.get', {})
  expect(kept.ok && kept.value.rules.wordingChecks).toMatchObject({
    off: [{ ruleId: 'zh-promise-compensation', reason: '赔偿方案已经公布' }],
    terms: [{ term: '老款', severity: 'block' }],
  })
})
