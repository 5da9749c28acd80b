import { editsTowards, openDraft, readDraft } from '#domain/wording/draft-document.ts'
import { openRoom } from './room.ts'
import { expect, hostTeam, join, test } from './team.ts'

const PLACE = { kind: 'script', statement: null, scenario: '起火', emotion: 'angry', language: 'zh-Hans', preparedFor: '' } as const
const CONTENT = { title: '起火视频怎么答', core: '已停售同批次产品。', blocks: [], objections: [], variants: [] }

test('MS-03, TK-02: two people write one draft at once; checks tell what must change, and nothing typed is lost', async ({
  app,
  guest,
}) => {
  const { page } = app
  await hostTeam(app)
  await join(app, guest, { role: 'pr' })
  const incident = await openRoom(app)
  const made = await (await app.client()).call('wordings.create', { incidentId: incident.id, place: PLACE, content: CONTENT })
  if (!made.ok) throw new Error(made.failure.code)
  const address = `#/incidents/${incident.id}/wording/${made.value.id}`
  await page.goto(`${app.origin}${address}`)
  const other = guest.page
  await expect(other.getByText(incident.title).first()).toBeVisible()
  await other.goto(`${guest.origin}${address}`)
  const core = (of: typeof page) => of.getByRole('textbox', { name: '核心信息' })
  await expect(core(page)).toHaveValue('已停售同批次产品。')
  await expect(core(other)).toHaveValue('已停售同批次产品。')

  // Both type at once, at different places of one sentence.
  await core(page).focus()
  await page.keyboard.press('Home')
  await core(other).focus()
  await other.keyboard.press('End')
  await Promise.all([page.keyboard.insertText('我们'), other.keyboard.insertText('请先停用。')])
  await expect(core(page)).toHaveValue('我们已停售同批次产品。请先停用。')
  await expect(core(other)).toHaveValue('我们已停售同批次产品。请先停用。')
  // The caret stays where its owner left it.
  await page.keyboard.insertText('今天')
  await expect(core(other)).toHaveValue('我们今天已停售同批次产品。请先停用。')

  // The formula adds three parts; a promise that may not be made is found, and jumped to.
  await page.getByRole('button', { name: '共情 + 安抚 + 承诺' }).click()
  const promise = page.getByRole('textbox', { name: '承诺 3 · 文字' })
  await promise.fill('我们保证全额赔偿。')
  const checks = page.getByRole('complementary', { name: '检查' })
  await expect(checks.getByText('必须改').first()).toBeVisible()
  await expect(page.getByRole('button', { name: '保存并送审' })).toHaveAttribute('aria-disabled', 'true')
  await expect(other.getByRole('textbox', { name: '承诺 3 · 文字' })).toHaveValue('我们保证全额赔偿。')
  await core(page).focus()
  await checks.getByRole('button', { name: /全额赔偿/ }).click()
  await expect(promise).toBeFocused()
  await promise.fill('我们会在今天 15:00 前给您回电。')
  await expect(checks.getByText('全额赔偿')).toHaveCount(0)

  // Undo takes back own typing alone.
  await core(other).focus()
  await other.keyboard.press('End')
  await other.keyboard.insertText('谢谢。')
  await expect(core(page)).toHaveValue('我们今天已停售同批次产品。请先停用。谢谢。')
  await promise.focus()
  await page.keyboard.press('Control+z')
  await expect(promise).toHaveValue('我们保证全额赔偿。')
  await expect(core(page)).toHaveValue('我们今天已停售同批次产品。请先停用。谢谢。')
  await page.keyboard.press('Control+Shift+z')
  await expect(promise).toHaveValue('我们会在今天 15:00 前给您回电。')

  // What was typed a moment before the page is left is there when it is opened again.
  await core(page).focus()
  await page.keyboard.press('End')
  await page.keyboard.insertText('热线已开通。')
  await page.getByRole('link', { name: '版本', exact: true }).click()
  await page.getByRole('link', { name: '草稿', exact: true }).click()
  await expect(core(page)).toHaveValue(/热线已开通。$/)
  await expect(core(other)).toHaveValue(/热线已开通。$/)

  // What has no room is not dropped without a word.
  await core(page).evaluate((field) => {
    const data = new DataTransfer()
    data.setData('text/plain', '长'.repeat(400))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('alert').filter({ hasText: '字放不下' })).toContainText('最多 300 字')
  await page.keyboard.press('Control+z')

  await core(page).focus()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('第 1 版已保存。')).toBeVisible()

  // One deletes a part while the other writes in it: what was not seen stays beside the draft.
  const ref = { incidentId: incident.id, wordingId: made.value.id }
  const [host, colleague] = [await app.client(), await guest.client()]
  const draft = await host.call('wordings.draft', ref)
  if (!draft.ok) throw new Error(draft.failure.code)
  const { doc, generation } = draft.value
  const read = readDraft(openDraft(doc))
  if (!read.ok) throw new Error('unreadable draft')
  const { content } = read
  const [first] = content.blocks
  const write = async (by: typeof host, clientId: number, next: typeof content) => {
    for (const update of editsTowards(doc, next, clientId)) await by.call('wordings.edit', { ...ref, update, generation })
  }
  await write(colleague, 71, {
    ...content,
    blocks: content.blocks.map((one) => (one === first ? { ...one, text: `${one.text}孩子没事吧？` } : one)),
  })
  await write(host, 72, { ...content, blocks: content.blocks.slice(1) })
  const kept = page.getByRole('region', { name: '1 段文字不在草稿里' })
  await expect(kept).toContainText('孩子没事吧？')
  await expect(other.getByRole('region', { name: '1 段文字不在草稿里' })).toBeVisible()
  await kept.getByRole('button', { name: '放回正文' }).click()
  await expect(kept).toHaveCount(0)
  const texts = () => other.locator('textarea').evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value))
  await expect.poll(texts).toContainEqual(expect.stringContaining('孩子没事吧？'))
  await expect(other.getByRole('region', { name: '1 段文字不在草稿里' })).toHaveCount(0)
})
