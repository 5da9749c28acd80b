import { writeFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { composerText, entryRow, openEntry, openRoom, record } from './room.ts'
import { expect, hostTeam, invite, join, PASSWORD, TEAM, test } from './team.ts'

const DAY = 24 * 3_600_000

test('joining by keyboard alone: the invite is shown first, what is missing is said, and nothing typed is lost', async ({ app, guest }) => {
  await hostTeam(app)
  const code = await invite(app)
  const { page } = guest
  await expect(page.getByRole('textbox', { name: '姓名' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { name: '用邀请加入团队' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: '邀请码' })).toBeFocused()
  await page.keyboard.insertText('这不是邀请码')
  await page.keyboard.press('Enter')
  await expect(page.getByText('这段文字里没有邀请码。')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('definition').filter({ hasText: TEAM })).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: '法务' })).toBeVisible()
  expect(await (await guest.client()).call('workspace.status', {})).toMatchObject({ ok: true, value: { phase: 'first-run' } })
  await expect(page.getByRole('textbox', { name: '姓名' })).toBeFocused()
  await page.keyboard.type('周敏')
  await page.keyboard.press('Tab')
  await page.keyboard.type('lin')
  await page.keyboard.press('Tab')
  await page.keyboard.type('short')
  await expect(page.getByText('5 个字符，太短')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('密码太短，至少 8 个字符。')).toBeVisible()
  await expect(page.locator('input[type=password]:visible')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByText('登录名“lin”已有人使用。')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '姓名' })).toHaveValue('周敏')
  await page.getByRole('textbox', { name: '登录名' }).fill('zhou')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: '周敏 法务' })).toBeVisible()
})

test('every way of entering is free of findings of axe', async ({ app, guest }) => {
  await hostTeam(app)
  const { page } = guest
  const check = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  // A page that is still opening has no heading yet.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await check()
  await page.getByText('登录已加入的团队').click()
  await page.getByRole('button', { name: '登录到团队' }).click()
  await expect(page.getByText('请填写地址。')).toBeVisible()
  await check()
  await page.getByText('用邀请加入团队').first().click()
  await page.getByRole('textbox', { name: '邀请码' }).fill(await invite(app))
  await page.getByRole('button', { name: '查看这个邀请' }).click()
  await expect(page.getByRole('button', { name: `加入“${TEAM}”，角色：法务` })).toBeVisible()
  await check()
})

test('a device that was signed out says so, and goes on with a new password by a code from an owner', async ({ app, guest }) => {
  await hostTeam(app)
  await join(app, guest)
  const { page } = guest
  await expect(page.getByRole('link', { name: '周敏 法务' })).toBeVisible()
  const host = await app.client()
  const sessions = await host.call('team.sessions', { memberId: null })
  const other = sessions.ok ? sessions.value.find((one) => one.device === '会议室电脑') : undefined
  await host.call('team.revokeSession', { id: other?.id ?? '' })
  await expect(page.getByRole('heading', { name: '这台设备已被退出登录' })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.locator('input[type=password]:visible').fill('falsch-falsch')
  await page.getByRole('button', { name: '重新登录这台设备' }).click()
  await expect(page.getByText('登录名或密码不对。')).toBeVisible()
  const reset = await host.call('team.resetPassword', { memberId: other?.memberId ?? '' })
  await page.getByRole('textbox', { name: '邀请码' }).fill(reset.ok ? reset.value.code : '')
  await page.getByRole('button', { name: '查看这个邀请' }).click()
  const way = page.locator('section').filter({ has: page.getByRole('heading', { name: '用邀请码进入' }) })
  await expect(way.getByRole('textbox', { name: '登录名' })).toHaveValue('zhou')
  await way.locator('input[type=password]').fill('ein-neues-passwort')
  await way.getByRole('button', { name: `设为新密码并登录“${TEAM}”` }).click()
  await expect(page.getByRole('link', { name: '周敏 法务' })).toBeVisible()
})

test('the team page: hosting, an invite shown once, a colleague placed, revoked and let in again, and the log of it', async ({
  app,
  guest,
}) => {
  await app.setUp()
  const { page } = app
  await page.goto(`${app.origin}#/team`)
  await page.getByRole('textbox', { name: '团队名称' }).fill(TEAM)
  await page.getByRole('textbox', { name: '端口' }).fill('0')
  await page.getByRole('textbox', { name: '你的登录名' }).fill('lin')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.getByRole('button', { name: `在这台电脑上开放“${TEAM}”` }).click()
  await expect(page.getByRole('heading', { name: '团队服务器' })).toBeVisible()
  await page.getByRole('textbox', { name: '备注' }).fill('给周律师')
  await page.getByRole('button', { name: '生成公关品牌的邀请' }).click()
  await expect(page.getByText('公关品牌的邀请码，只显示这一次。')).toBeVisible()
  await expect(page.getByRole('region', { name: '邀请列表' }).getByRole('row', { name: /给周律师.*待使用/ })).toBeVisible()

  await join(app, guest)
  await expect(guest.page.getByRole('link', { name: '周敏 法务' })).toBeVisible()
  const members = page.getByRole('region', { name: '成员列表' })
  await expect(members.getByRole('row', { name: /周敏.*法务.*在线.*1 台/ })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await members.getByRole('button', { name: '管理成员 周敏' }).click()
  await page.getByRole('combobox', { name: '角色' }).last().selectOption('social-media')
  await page.getByRole('button', { name: '保存：周敏 担任社交媒体' }).click()
  await expect(guest.page.getByRole('link', { name: '周敏 社交媒体' })).toBeVisible()

  await members.getByRole('button', { name: '管理成员 周敏' }).click()
  const dialog = page.getByRole('dialog', { name: '成员：周敏' })
  await expect(dialog.getByRole('combobox', { name: '角色' })).toBeFocused()
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await dialog.getByRole('button', { name: '收回 周敏 的成员资格' }).click()
  await expect(dialog.getByText('请写明原因，它会留在记录里。')).toBeVisible()
  await dialog.getByRole('textbox', { name: '原因' }).fill('项目结束')
  await dialog.getByRole('button', { name: '收回 周敏 的成员资格' }).click()
  await expect(guest.page.getByRole('heading', { name: '你的成员资格已被收回' })).toBeVisible()
  await expect(members.getByRole('row', { name: /周敏.*已收回.*项目结束/ })).toBeVisible()

  await members.getByRole('button', { name: '管理成员 周敏' }).click()
  await page.getByRole('button', { name: '恢复 周敏 的成员资格' }).click()
  await expect(members.getByRole('row', { name: /周敏.*已收回/ })).toHaveCount(0)
  await guest.page.getByRole('button', { name: '现在再连一次' }).click()
  // The revocation ended the session as well.
  await guest.page.locator('input[type=password]:visible').fill(PASSWORD)
  await guest.page.getByRole('button', { name: '重新登录这台设备' }).click()
  await expect(guest.page.getByRole('link', { name: '周敏 社交媒体' })).toBeVisible()

  await page.getByRole('link', { name: '访问日志' }).click()
  await expect(page.getByRole('row', { name: /周敏.*用邀请加入/ })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})

test('who may not is told who may: somebody from legal cannot place or invite, and leaves by a press that says what it does', async ({
  app,
  guest,
}) => {
  await hostTeam(app)
  await join(app, guest)
  const { page } = guest
  await page.goto(`${guest.origin}#/team`)
  await page.getByRole('button', { name: '管理成员 林舟' }).click()
  const save = page.getByRole('button', { name: '保存：林舟 担任危机指挥' })
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await expect(save).toHaveAccessibleDescription(/危机指挥.*团队负责人/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: '邀请' })).toHaveCount(0)
  await page.getByRole('button', { name: '退出团队…' }).click()
  await page.getByRole('button', { name: `退出“${TEAM}”并清除这台电脑上的内容` }).click()
  await expect(page.getByRole('heading', { name: '先说说你是谁' })).toBeVisible()
})

test('000-20: an outside vendor is shown what it may, and is told everywhere else who may instead', async ({ app, guest }) => {
  await hostTeam(app)
  const incident = await openRoom(app)
  const theirs = await record(app, incident.id, { kind: 'observation', text: '门店来电' })
  const vendor = { company: '远帆舆情', from: Date.now() - DAY, until: Date.now() + DAY }
  const code = await invite(app, 'social-media', { vendor })
  const client = await guest.client()
  expect(
    await client.call('membership.join', { code, name: '何敏', login: 'he', password: PASSWORD, device: '外部电脑', language: 'zh-Hans' }),
  ).toMatchObject({ ok: true })
  const { page } = guest
  await page.goto(guest.origin)
  await expect(page.getByRole('link', { name: incident.title }).first()).toBeVisible()
  const own = await record(guest, incident.id, { kind: 'observation', text: '监测到 320 次转发' })
  const houseOnly = /请找本公司成员来做/
  await expect(page.getByRole('button', { name: '启动事件' })).toHaveAccessibleDescription(houseOnly)
  await page.goto(`${guest.origin}#/incidents/${incident.id}?entry=${theirs.id}`)
  await expect(page.getByRole('button', { name: incident.title })).toBeDisabled()
  await expect(openEntry(page).getByRole('button', { name: '更正' })).toHaveAccessibleDescription(/请找.*来做/)
  await expect(openEntry(page).getByRole('button', { name: '加星标' })).toHaveAccessibleDescription(houseOnly)
  await expect(openEntry(page).getByRole('button', { name: '添加' })).toHaveAttribute('aria-disabled', 'true')
  await expect(openEntry(page).getByRole('textbox', { name: '加标签' })).toBeDisabled()
  await expect(openEntry(page).getByRole('textbox', { name: '写评论…' })).toBeEnabled()
  await entryRow(page, '监测到 320 次转发').click()
  await expect(openEntry(page).getByText(own.text)).toBeVisible()
  await expect(openEntry(page).getByRole('textbox', { name: '加标签' })).toBeEnabled()
  await expect(openEntry(page).getByRole('button', { name: '更正' })).not.toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('tab', { name: '概览' }).click()
  await expect(page.getByRole('button', { name: '导入' })).toHaveAccessibleDescription(houseOnly)
  await page.goto(`${guest.origin}#/incidents/${incident.id}/import`)
  await expect(page.getByRole('heading', { name: '不能在这里导入' })).toBeVisible()
  await page.goto(`${guest.origin}#/plans`)
  await expect(page.getByRole('button', { name: '修改' })).toHaveAccessibleDescription(houseOnly)
})

test('who is here and what they look at is seen; when the server goes, the indicator says so and to whom, and what waits', async ({
  app,
  guest,
}) => {
  await hostTeam(app)
  await join(app, guest)
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'observation', text: '门店来电' })
  await expect(app.page.getByRole('link', { name: '在线的同事: 周敏' })).toBeVisible()
  await expect(guest.page.getByRole('link', { name: incident.title }).first()).toBeVisible()
  await guest.page.goto(`${guest.origin}#/incidents/${incident.id}`)
  await expect(app.page.getByText('周敏 也在看')).toBeVisible()
  await guest.page.keyboard.press('e')
  await composerText(guest.page).fill('门店反馈')
  await expect(app.page.getByText('周敏 正在写…')).toBeVisible()
  const row = entryRow(app.page, '门店来电')
  await entryRow(guest.page, '门店来电').click()
  await expect(row.getByText('周敏 也在看')).toBeAttached()
  await expect(app.page.getByRole('link', { name: '时间线 周敏 也在看' })).toBeVisible()
  await row.click()
  await expect(openEntry(app.page).getByText('周敏 也在看')).toBeVisible()
  await expect(openEntry(guest.page).getByText('林舟 也在看')).toBeVisible()
  await app.page.keyboard.press('x')
  await expect(guest.page.getByRole('status').getByText('林舟 正在写更正')).toBeVisible()
  await app.page.keyboard.press('Escape')
  await expect(openEntry(guest.page).getByText('林舟 也在看')).toBeVisible()
  await expect(guest.page.getByRole('button', { name: '已同步' })).toBeVisible()
  expect((await new AxeBuilder({ page: app.page }).include('main header').analyze()).violations).toEqual([])
  // In two lines at 1280 pixels in either language, with a colleague here and all clocks running.
  await app.page.setViewportSize({ width: 1280, height: 800 })
  for (const language of ['en', 'zh-Hans'] as const) {
    await (await app.client()).call('workspace.setPreferences', { language })
    await app.page.locator(`html[lang="${language}"]`).waitFor()
    expect((await app.page.getByRole('main').locator('header').first().boundingBox())?.height, language).toBeLessThan(76)
  }

  await app.kill()
  await expect(guest.page.getByRole('button', { name: '离线' })).toBeVisible()
  await composerText(guest.page).press('ControlOrMeta+Enter')
  // Two ops: the entry, and the follow of its author.
  await guest.page.getByRole('button', { name: '离线，2 条待送' }).click()
  await expect(guest.page.getByText(`连不上“${TEAM}”。照常工作`)).toBeVisible()
  await app.restart()
  await expect(guest.page.getByRole('button', { name: '已同步' })).toBeVisible({ timeout: 60_000 })
})

test('a colleague’s file says where it is, and all of an incident can be kept here, with how much there is to fetch', async ({
  app,
  guest,
}, info) => {
  await hostTeam(app)
  await join(app, guest)
  const incident = await openRoom(app)
  const path = info.outputPath('检测报告.bin')
  await writeFile(path, Buffer.alloc(3 * 1024 * 1024, 7))
  const kept = await (await app.client()).call('evidence.keepPath', { path })
  if (!kept.ok) throw new Error(kept.failure.code)
  const entry = await record(app, incident.id, { kind: 'observation', text: '检测报告已到', evidence: [kept.value.hash] })
  await app.page.goto(`${app.origin}#/incidents/${incident.id}?entry=${entry.id}`)
  await expect(openEntry(app.page).getByText('团队服务器已存')).toBeVisible()

  const { page } = guest
  await expect(page.getByRole('link', { name: incident.title }).first()).toBeVisible()
  await page.goto(`${guest.origin}#/incidents/${incident.id}?entry=${entry.id}`)
  await expect(openEntry(page).getByText('不在这台电脑上，打开时向团队取')).toBeVisible()
  await page.getByRole('tab', { name: '概览' }).click()
  const files = page.getByRole('region', { name: '证据文件' })
  await expect(files.getByRole('status')).toHaveText('1 个文件，0 个在这台电脑上（0 B）；其余 1 个（3 MB）打开时才取。')
  await files.getByRole('switch', { name: '全部留在这台电脑上（再取 3 MB），断网也能看' }).check()
  await expect(files.getByRole('status')).toHaveText('1 个文件，1 个在这台电脑上（3 MB）')
  await entryRow(page, '检测报告已到').click()
  await expect(openEntry(page).getByText('团队服务器已存')).toBeVisible()
})

test('a restricted incident bears its mark, leaves the devices of those who are not named, and comes back when it is opened', async ({
  app,
  guest,
}) => {
  await hostTeam(app)
  await join(app, guest)
  const { title } = await openRoom(app)
  await expect(guest.page.getByRole('link', { name: title }).first()).toBeVisible()
  await app.page.getByRole('button', { name: '全团队可见' }).click()
  const dialog = app.page.getByRole('dialog', { name: '谁能看这个事件' })
  await expect(dialog.getByRole('checkbox', { name: '林舟（总能看到）' })).toBeDisabled()
  await dialog.getByRole('button', { name: '只给这 1 人看' }).click()
  await expect(app.page.getByRole('button', { name: '只给 1 人看' })).toBeVisible()
  await expect(guest.page.getByRole('link', { name: title })).toHaveCount(0)
  await app.page.getByRole('button', { name: '只给 1 人看' }).click()
  await dialog.getByRole('checkbox', { name: '周敏' }).check()
  await dialog.getByRole('button', { name: '只给这 2 人看' }).click()
  await expect(guest.page.getByRole('link', { name: title }).first()).toBeVisible()
  await app.page.getByRole('button', { name: '只给 2 人看' }).click()
  await dialog.getByRole('button', { name: '对全团队公开' }).click()
  await expect(app.page.getByRole('button', { name: '全团队可见' })).toBeVisible()
})
