import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openRoom } from './room.ts'
import { expect, hostTeam, join, test } from './team.ts'

const HOTLINE = '400-820-1234'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
}

test('MS-15: a text is written, approved by another member, published with its values, and withdrawn', async ({ app, guest }) => {
  const { page } = app
  await hostTeam(app)
  await join(app, guest)
  // In this team legal alone approves.
  await page.goto(`${app.origin}#/settings/approvals`)
  await page.getByRole('button', { name: '添加一条规则' }).click()
  await page.getByRole('listitem').getByLabel('公关品牌').uncheck()
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存审批规则' }).click()
  await expect(page.getByText('审批规则已保存')).toBeVisible()

  const incident = await openRoom(app)
  await page.getByRole('link', { name: '口径' }).last().click()
  await expect(page.getByRole('heading', { name: '这个事件还没有口径' })).toBeVisible()
  await page.keyboard.press('a')
  const making = page.getByRole('dialog', { name: '写新口径' })
  await making.getByRole('button', { name: '创建并开始写' }).click()
  await expect(making.getByText('请写一个标题。')).toBeVisible()
  await making.getByLabel('标题').fill('起火视频怎么答')
  await making.getByLabel('核心信息').fill('请先断电停用，拨打 {hotline}，48 小时内有人上门。')
  await making.getByLabel('场景', { exact: true }).fill('产品起火')
  await making.getByLabel('客户情绪').selectOption('angry')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: '起火视频怎么答' })).toBeVisible()

  // The text is saved and submitted through the contract: the editor has a test of its own.
  const client = await app.client()
  const [row] = await client.call('wordings.list', { incidentId: incident.id }).then((list) => (list.ok ? list.value : []))
  const ref = { incidentId: incident.id, wordingId: row?.id ?? '' }
  const saved = await client.call('wordings.save', { ...ref, note: '首版', overruled: [], ask: true })
  expect(saved.ok).toBe(true)
  await page.getByRole('link', { name: '审批', exact: true }).click()
  await expect(page.getByText('你写过其中的文字，不能批准自己写的。')).toBeVisible()

  // Legal finds it among what waits, reads it, comments on a passage and rejects; then approves the next revision.
  const legal = guest.page
  await expect(legal.getByText('起火视频怎么答 · 第 1 版')).toBeVisible()
  await legal.getByRole('button', { name: '去审批' }).click()
  await legal.getByRole('button', { name: '退回修改' }).click()
  await expect(legal.getByText('请写明要改什么，或在原文上批注。')).toBeVisible()
  await legal.getByRole('button', { name: /批注这一段：请先断电/ }).click()
  await legal.getByLabel('这里要怎样改').fill('48 小时太久，改为 24 小时')
  await legal.keyboard.press('Enter')
  await expect(legal.getByRole('list', { name: '批注' })).toContainText('48 小时太久')
  await expectAccessible(legal)
  await legal.getByRole('button', { name: '带 1 条批注退回' }).click()
  await expect(page.getByRole('heading', { level: 2, name: '起火视频怎么答', exact: true }).locator('..')).toContainText('已退回')
  await expect(page.getByRole('list', { name: '批注' })).toContainText('48 小时太久')

  const core = '请先断电停用，拨打 {hotline}，24 小时内有人上门。'
  await page.getByRole('link', { name: '草稿', exact: true }).click()
  await page.getByRole('textbox', { name: '核心信息' }).fill(core)
  await page.getByRole('button', { name: '保存并送审' }).click()
  await expect(page.getByRole('navigation', { name: '这份口径的各部分' })).toContainText('版本2')
  await legal.getByRole('link', { name: '审批', exact: true }).click()
  // The changed number is listed above the difference.
  await expect(legal.getByRole('list', { name: '变了的数字、日期和电话' })).toContainText('48 小时')
  await legal.getByRole('button', { name: '以法务身份批准第 2 版' }).click()
  await expect(legal.getByText('你已经批准这一版。')).toBeVisible()

  await page.getByRole('button', { name: '发布第 2 版' }).click()
  const publishing = page.getByRole('dialog', { name: /发布第 2 版/ })
  // A value that nobody has read is approved first: the text stays as it was read until its reader turns to the new one.
  const filling = page.getByRole('dialog', { name: /第 2 版先填值/ })
  await filling.getByRole('button', { name: '填值并重新送审第 2 版' }).click()
  await expect(filling.getByText('还缺：{hotline}')).toBeVisible()
  await filling.getByLabel('{hotline}').fill(HOTLINE)
  await expect(filling.getByRole('region', { name: '坐席看到的文字' })).toContainText(`拨打 ${HOTLINE}`)
  await filling.getByRole('button', { name: '填值并重新送审第 2 版' }).click()
  await expect(filling).toBeHidden()
  const exact = legal.getByRole('region', { name: '送审原文' })
  await expect(exact.getByRole('alert')).toContainText(`{hotline} 还没有值 → ${HOTLINE}`)
  await exact.getByRole('button', { name: '看新的文字' }).click()
  await legal.getByRole('button', { name: '以法务身份批准第 2 版' }).click()
  await expect(legal.getByText('你已经批准这一版。')).toBeVisible()
  await page.getByRole('button', { name: '发布第 2 版' }).click()
  await publishing.getByRole('button', { name: '发布第 2 版，立即生效' }).click()
  await expect(publishing).toBeHidden()
  await expect(page.getByRole('complementary', { name: '现在到哪一步' })).toContainText('第 2 版')
  await page.getByRole('link', { name: '← 口径' }).click()
  await expect(page.getByText('1 份在用')).toBeVisible()
  await expect(page.getByRole('region', { name: '矩阵' }).getByRole('row', { name: /产品起火/ })).toContainText('在用')
  await expectAccessible(page)

  await page.getByRole('link', { name: '起火视频怎么答' }).click()
  await page.getByRole('button', { name: '撤回第 2 版' }).click()
  const withdrawing = page.getByRole('dialog', { name: /撤回/ })
  await withdrawing.getByLabel('撤回理由').fill('上门改为寄回')
  await withdrawing.getByLabel('改用什么').fill('请寄回检测，运费到付')
  await withdrawing.getByRole('button', { name: '撤回第 2 版，立即停用' }).click()
  await expect(page.getByRole('complementary', { name: '现在到哪一步' })).toContainText('改用：请寄回检测')

  // What was approved goes out again in one act. An approver reads a text with its values.
  await page.getByRole('button', { name: '再次发布第 2 版' }).click()
  await page
    .getByRole('dialog', { name: /发布第 2 版/ })
    .getByRole('button', { name: '发布第 2 版，立即生效' })
    .click()
  await expect(
    page.getByRole('complementary', { name: '现在到哪一步' }).getByRole('heading', { name: '在用' }).locator('..'),
  ).toContainText('第 2 版')
  // With another value it is another text: agents still say the old one, and its readers are asked again.
  await client.call('wordings.setValues', { incidentId: incident.id, values: { hotline: '400-820-9999' } })
  await expect(exact.getByRole('alert')).toContainText(`{hotline} ${HOTLINE} → 400-820-9999`)
  await expect(exact).toContainText(`拨打 ${HOTLINE}，24 小时内`)
  await expect(page.getByText('坐席仍在说旧值：')).toBeVisible()
  await expect(legal.getByRole('button', { name: '退回修改' })).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(legal)
  await exact.getByRole('button', { name: '看新的文字' }).click()
  await expect(exact).toContainText('拨打 400-820-9999，24 小时内')
  await expect(exact.getByRole('alert')).toBeHidden()

  await page.goto(`${app.origin}#/incidents/${incident.id}`)
  await expect(page.getByText('发布口径“起火视频怎么答”第 2 版')).toHaveCount(2)
  await expect(page.getByText(/撤回口径“起火视频怎么答”第 2 版：上门改为寄回/)).toBeVisible()
})
