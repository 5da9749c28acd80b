import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { CallInput, CallName, CallOutput } from '#contract/api.ts'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import type { App } from './app.ts'
import { enterConsole } from './console-agent.ts'
import { openRoom } from './room.ts'
import { expect, hostTeam, join, test } from './team.ts'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
}

async function ask<Name extends CallName>(app: App, name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await (await app.client()).call(name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.code}`)
  return answer.value
}

const PLACE = { kind: 'script', statement: null, scenario: '产品起火', emotion: null, language: 'zh-Hans', preparedFor: '' } as const

/** Writes a version of a text and has the commander approve it. */
async function approved(head: App, commander: App, ref: { incidentId: string; wordingId: string }): Promise<void> {
  const { last } = await ask(head, 'wordings.save', { ...ref, note: '', overruled: [], ask: true })
  const revisionId = last?.id ?? ''
  await expect
    .poll(async () => (await (await commander.client()).call('wordings.revision', { incidentId: ref.incidentId, revisionId })).ok)
    .toBe(true)
  const { hash } = await ask(commander, 'wordings.revision', { incidentId: ref.incidentId, revisionId })
  await ask(commander, 'wordings.decide', {
    ...ref,
    revisionId,
    hash,
    verdict: 'approve',
    as: 'commander',
    comparedWith: null,
    values: {},
    note: '',
    comments: [],
  })
}

test('MS-06 to MS-08: the head sends an urgent text to a vendor’s group, sees who confirms, and reminds the others', async ({
  app,
  guest,
}) => {
  await hostTeam(app)
  const { rules, version } = await ask(app, 'rules.get', {})
  const policy = { roles: ['commander' as const], inOrder: false, dueMinutes: 30 }
  await ask(app, 'rules.set', { version, rules: { ...rules, approvals: [{ kind: null, level: null, policy }] } })
  await join(app, guest, { role: 'call-center', name: '唐宁', login: 'tang' })
  const { page } = guest

  // Groups, agents by a list with an error, and a link for the vendor.
  await page.goto(`${guest.origin}#/settings/agents`)
  for (const [name, vendor] of [
    ['热线', ''],
    ['外包夜班', '远声外呼'],
  ] as const) {
    await page.getByRole('button', { name: '新建坐席组' }).click()
    const making = page.getByRole('dialog', { name: '新建坐席组' })
    await making.getByLabel('组名').fill(name)
    await making.getByLabel('公司').fill(vendor)
    await page.keyboard.press('Enter')
    await expect(making).toBeHidden()
  }
  await expect(page.getByRole('region', { name: '坐席组' })).toContainText('远声外呼')
  await page.getByRole('button', { name: '导入名单' }).click()
  const importing = page.getByRole('dialog', { name: '导入坐席名单' })
  await importing.getByRole('textbox').fill('工号,姓名,公司,组\n1001,王芳,,热线\n2001,李强,远声外呼,外包夜班\n2002,赵敏,,白班')
  await expect(importing.getByText('没有叫“白班”的组')).toBeVisible()
  await expectAccessible(page)
  await importing.getByRole('button', { name: '添加 2 名坐席' }).click()
  const passwords = page.getByRole('dialog', { name: '2 个初始密码' })
  const password = (await passwords.getByRole('row', { name: /2001/ }).getByRole('cell').last().textContent()) ?? ''
  await passwords.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: '新建链接' }).click()
  const linking = page.getByRole('dialog', { name: '新建链接' })
  await linking.getByLabel('用途').fill('远声夜班')
  await linking.getByLabel('坐席组').selectOption({ label: '外包夜班（远声外呼）' })
  await linking.getByRole('button', { name: '建链接' }).click()
  await expect(page.getByRole('img', { name: '“远声夜班”的二维码' })).toBeVisible()
  const address = (await page.getByText(/\/console\/?#join=/).textContent()) ?? ''
  await expectAccessible(page)

  // Two agents of the vendor's group are at their consoles, one by password, one by the link.
  const hub = new URL(address).origin
  const li = await enterConsole(hub, { number: '2001', password })
  const zhao = await enterConsole(hub, { link: /#join=(.+)$/.exec(address)?.[1] ?? '', number: '2002', name: '赵敏' })
  const stream = zhao.listen()
  await stream.next('state')

  // A text is approved, and published by the head in one dialog.
  const incident = await openRoom(app)
  const ref = { incidentId: incident.id, wordingId: '' }
  await expect.poll(async () => (await (await guest.client()).call('incidents.get', { incidentId: incident.id })).ok).toBe(true)
  const content = { ...EMPTY_CONTENT, title: '起火视频怎么答', core: '请先断电停用，48 小时内有人上门。' }
  ref.wordingId = (await ask(guest, 'wordings.create', { incidentId: incident.id, place: PLACE, content })).id
  await approved(guest, app, ref)
  await page.goto(`${guest.origin}#/incidents/${incident.id}/wording/${ref.wordingId}`)
  await page.getByRole('button', { name: '发布第 1 版' }).click()
  const publishing = page.getByRole('dialog', { name: /发布第 1 版/ })
  await publishing.getByRole('radio', { name: '只发给选中的组' }).check()
  await publishing.getByRole('button', { name: '发布第 1 版，立即生效' }).click()
  await expect(publishing.getByText('请至少选一个坐席组。')).toBeVisible()
  await publishing.getByRole('checkbox', { name: '外包夜班（远声外呼）' }).check()
  await publishing.getByText('紧急', { exact: true }).click()
  await expect(publishing.getByLabel('确认时限')).toHaveValue('15')
  await expectAccessible(page)
  await publishing.getByRole('button', { name: '发布第 1 版，立即生效' }).click()
  await expect(page.getByText('第 1 版已发布，送达 2 名坐席')).toBeVisible()

  // It reaches only that group, and each confirmation moves the numbers.
  const sent = await stream.next('change')
  expect(sent.texts.map(({ title, urgency }) => [title, urgency])).toEqual([['起火视频怎么答', 'urgent']])
  const line = page.getByRole('paragraph').filter({ hasText: '确认' })
  await expect(line).toContainText('确认 0/2')
  await li.confirm(ref.wordingId)
  await expect(line).toContainText('确认 1/2')
  await expect(line).toContainText('未确认 1')

  await page.getByRole('link', { name: '← 口径' }).click()
  const reach = page.getByRole('listitem').filter({ hasText: '还剩' })
  await expect(reach).toContainText('确认 1/2')
  await reach.getByRole('button', { name: '未确认 1' }).click()
  const drawer = page.getByRole('dialog', { name: '起火视频怎么答' })
  await expect(drawer.getByRole('region', { name: '坐席' })).toContainText('赵敏')
  await expect(drawer.getByRole('region', { name: '坐席' })).not.toContainText('李强')
  await expectAccessible(page)
  await drawer.getByRole('button', { name: '关闭' }).click()
  await expect(drawer).toBeHidden()
  await reach.getByRole('button', { name: '提醒 1 人' }).click()
  await expect(page.getByText('已提醒 1 名坐席')).toBeVisible()
  expect((await stream.next('nudge')).ids).toEqual([ref.wordingId])

  // The commander and the head see at home who still has not read it.
  await app.page.goto(`${app.origin}#/`)
  await expect(app.page.getByRole('region', { name: '谁还没看' })).toContainText('1 人未确认，共 2 人')
  await page.goto(`${guest.origin}#/`)
  await expect(page.getByRole('region', { name: '谁还没看' })).toContainText('1 人未确认，共 2 人')
  await expectAccessible(page)
  await zhao.confirm(ref.wordingId)
  await expect(page.getByRole('region', { name: '谁还没看' })).toBeHidden()

  // Both are known on the page of the agents, which was open before they came.
  await page.goto(`${guest.origin}#/settings/agents`)
  await expect(page.getByRole('row', { name: /2002/ })).toContainText('在线')

  // Somebody took a colleague's number: the head sees who wants it, and gives it back.
  const byLink = { link: /#join=(.+)$/.exec(address)?.[1] ?? '', number: '2003' }
  await enterConsole(hub, { ...byLink, name: '李四' })
  await expect(enterConsole(hub, { ...byLink, name: '周周' })).rejects.toThrow('login-taken')
  await page.reload()
  const wanted = page.getByRole('region', { name: '有人在争用工号' })
  await expect(wanted).toContainText('2003：现由 李四（远声外呼）使用，周周 也要用')
  await expectAccessible(page)
  await wanted.getByRole('button', { name: /释放工号 2003/ }).click()
  await expect(wanted).toBeHidden()
  await enterConsole(hub, { ...byLink, name: '周周' })

  // What customers object comes back, and becomes an objection of the draft by one act.
  await li.note(ref.wordingId, 'opened')
  await li.note(ref.wordingId, 'copied')
  await zhao.note(ref.wordingId, 'worked')
  await zhao.note(ref.wordingId, 'objected', '为什么不能换新的')
  await page.goto(`${guest.origin}#/incidents/${incident.id}/wording/${ref.wordingId}`)
  const quotes = page.getByRole('list', { name: '客户怎么说' })
  await expect(quotes).toContainText('为什么不能换新的')
  await expect(quotes).not.toContainText('赵敏')
  await quotes.getByRole('button', { name: '写进异议' }).click()
  await expect(quotes).toContainText('已在草稿的异议里')
  await expect(page.getByRole('textbox', { name: /客户问/ }).last()).toHaveValue('为什么不能换新的')
  await expectAccessible(page)

  // A new version: the changed fact is offered as the sentence, and who confirmed the old one counts as such.
  await page.getByRole('textbox', { name: '核心信息' }).fill('请先断电停用，24 小时内有人上门。')
  await expect.poll(async () => (await ask(guest, 'wordings.get', ref)).draftAhead).toBe(true)
  await expect(page.getByText('已保存')).toBeVisible()
  await approved(guest, app, ref)
  await page.getByRole('button', { name: '发布第 2 版' }).click()
  await expect(publishing.or(page.getByRole('dialog', { name: /发布第 2 版/ })).getByLabel('改了什么')).toHaveValue(/48 小时.*24 小时/)
  await page.getByRole('button', { name: /发布第 2 版.*替换/ }).click()
  await expect(line).toContainText('旧版 2')

  await page.goto(`${guest.origin}#/incidents/${incident.id}/risk`)
  await expect(page.getByRole('region', { name: '口径的使用' })).toContainText('起火视频怎么答')
  stream.close()
})
