import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from '@playwright/test'
import { openRoom } from './room.ts'
import { expect, hostTeam, join, test } from './team.ts'

const PLACE = { kind: 'script', statement: null, scenario: '起火', emotion: 'angry', language: 'zh-Hans', preparedFor: '' } as const
const CONTENT = { title: '起火视频怎么答', core: '退款将在三天内到账。', blocks: [], objections: [], variants: [] }

/** Selects characters of a field by keys. */
async function select(field: Locator, from: number, length: number): Promise<void> {
  await field.press('Home')
  for (let at = 0; at < from; at++) await field.press('ArrowRight')
  for (let at = 0; at < length; at++) await field.press('Shift+ArrowRight')
}

test('MS-03: two authors see each other in a draft, comment on its words, and accept a suggestion', async ({ app, guest }) => {
  const { page } = app
  await hostTeam(app)
  await join(app, guest, { role: 'pr' })
  const incident = await openRoom(app)
  const made = await (await app.client()).call('wordings.create', { incidentId: incident.id, place: PLACE, content: CONTENT })
  if (!made.ok) throw new Error(made.failure.code)
  const address = `#/incidents/${incident.id}/wording/${made.value.id}`
  const other = guest.page
  await page.goto(`${app.origin}${address}`)
  await expect(other.getByText(incident.title).first()).toBeVisible()
  await other.goto(`${guest.origin}${address}`)
  const core = (of: typeof page) => of.getByRole('textbox', { name: '核心信息' })
  const notes = (of: typeof page) => of.getByRole('region', { name: '批注与建议' })
  await expect(core(other)).toHaveValue(CONTENT.core)

  // Who else has it open, and writes.
  await expect(page.getByText(/也打开了/)).toBeVisible()
  await core(other).focus()
  await other.keyboard.press('End')
  await other.keyboard.type('谢谢。')
  await expect(page.getByText(/正在写/).first()).toBeVisible()
  await expect(core(page)).toHaveValue('退款将在三天内到账。谢谢。')

  // A comment stays on its words while the other types before them.
  await select(core(page), 4, 2)
  await page.keyboard.press('Control+Shift+M')
  await notes(page).getByRole('textbox', { name: '批注' }).fill('财务说两天')
  await notes(page).getByRole('button', { name: '添加批注' }).click()
  await expect(notes(other).getByText('财务说两天')).toBeVisible()
  await core(other).focus()
  await other.keyboard.press('Home')
  await other.keyboard.insertText('您好，')
  await notes(other).getByRole('button', { name: '三天' }).click()
  await expect(core(other)).toBeFocused()
  expect(await core(other).evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe(
    '三天',
  )
  await notes(other).getByRole('textbox', { name: '回复' }).fill('那我建议改')
  await notes(other).getByRole('button', { name: '发送' }).click()
  await expect(notes(page).getByText('那我建议改')).toBeVisible()

  // A suggestion on the same words is accepted by the other author.
  await select(core(other), 7, 2)
  await notes(other).getByRole('button', { name: '建议改写' }).click()
  await notes(other).getByRole('textbox', { name: '改成' }).fill('两天')
  await notes(other).getByRole('button', { name: '提出建议' }).click()
  await expect(notes(page).getByRole('button', { name: '采纳', exact: true })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target.join(' ')) }))).toEqual([])
  await notes(page).getByRole('button', { name: '采纳', exact: true }).click()
  for (const one of [page, other]) await expect(core(one)).toHaveValue('您好，退款将在两天内到账。谢谢。')
  await expect(notes(other).getByRole('button', { name: '采纳', exact: true })).toHaveCount(0)
  await expect(notes(other).getByText('原文已改成')).toHaveCount(0)
  await expect(page.getByText('已保存', { exact: true })).toBeVisible()

  await notes(page).getByRole('button', { name: '标为已解决' }).click()
  await notes(other).getByRole('button', { name: '看已处理的 2 条' }).click()
  await expect(notes(other).getByText(/已采纳/)).toBeVisible()

  // The note of the next revision survives another tab, and the saved revision is the one that is submitted.
  await page.getByRole('textbox', { name: '这一版改了什么' }).fill('改为两天')
  await page.getByRole('link', { name: '审批', exact: true }).click()
  await page.getByRole('link', { name: '草稿', exact: true }).click()
  await expect(page.getByRole('textbox', { name: '这一版改了什么' })).toHaveValue('改为两天')
  await page.getByRole('button', { name: /保存第 1 版/ }).click()
  await expect(page.getByText('第 1 版已保存。')).toBeVisible()
  await page
    .getByRole('button', { name: /^送审第 1 版/ })
    .last()
    .click()
  await expect(page.getByText('第 1 版已送审。')).toBeVisible()
})
