import { AxeBuilder } from '@axe-core/playwright'
import { composerText, entryRow, openEntry, openRoom } from './room.ts'
import { leaveDialog } from './leave-dialog.ts'
import { expect, hostTeam, join, test } from './team.ts'

// Demand: mentions with notices; follow an incident. P12: each notice is announced once. Two processes on two data folders.

test('one names a colleague, who sees the bell and comes to the entry; who follows is told of a new level, who may not read is not', async ({
  app,
  guest,
}) => {
  await hostTeam(app)
  await join(app, guest)
  const bell = (count: number) => guest.page.getByRole('button', { name: `通知，${count} 条未读` })
  await expect(bell(0)).toBeVisible()
  const incident = await openRoom(app)
  await expect(guest.page.getByText(incident.title).first()).toBeVisible()
  const { page } = app

  // Mention by keyboard alone: the list opens at once, typing narrows it, Enter takes the name.
  await page.keyboard.press('e')
  await expect(composerText(page)).toBeFocused()
  await page.keyboard.insertText('请@')
  await expect(page.getByRole('option', { name: '周敏 法务' })).toBeVisible()
  await page.keyboard.insertText('周')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(composerText(page)).toHaveValue('请@周敏 ')
  await page.keyboard.insertText('看合同第三条')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(entryRow(page, '请@周敏 看合同第三条').locator('[class*=mention]')).toHaveText('@周敏')

  await expect(bell(1)).toBeVisible()
  await expect(guest.page.getByRole('alert').filter({ hasText: '林舟 在记录里提到了你' })).toHaveCount(1)
  await guest.page.keyboard.press('Shift+N')
  const notice = guest.page.getByRole('dialog', { name: '通知' }).getByRole('button', { name: /林舟 在记录里提到了你/ })
  await expect(notice).toBeVisible()
  expect((await new AxeBuilder({ page: guest.page }).analyze()).violations).toEqual([])
  await notice.press('Enter')
  await expect(openEntry(guest.page)).toContainText('请@周敏 看合同第三条')
  await expect(bell(0)).toBeVisible()
  // Announced once per device, also after the page is reloaded.
  await guest.page.reload()
  await expect(openEntry(guest.page)).toContainText('请@周敏 看合同第三条')
  await expect(guest.page.getByRole('alert').filter({ hasText: '提到了你' })).toHaveCount(0)

  await guest.page.getByRole('button', { name: '关注这个事件' }).click()
  await expect(guest.page.getByRole('button', { name: '关注这个事件' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('region', { name: '关注的人' })).toContainText('周敏')
  const client = await app.client()
  const level = (to: 2 | 3) => client.call('incidents.changeLevel', { incidentId: incident.id, to, reason: '只有一处门店' })
  expect(await level(2)).toMatchObject({ ok: true })
  await expect(bell(1)).toBeVisible()
  await guest.page.keyboard.press('Shift+N')
  await expect(guest.page.getByRole('dialog', { name: '通知' }).getByRole('button', { name: /林舟 调整等级：一级改为二级/ })).toBeVisible()
  await leaveDialog(guest.page)

  // A restricted incident sends no notices to others, and earlier notices about it are not counted either.
  const me = await client.call('workspace.status', {})
  expect(
    await client.call('incidents.restrict', { incidentId: incident.id, members: me.ok && me.value.me ? [me.value.me.id] : [] }),
  ).toMatchObject({ ok: true })
  expect(await level(3)).toMatchObject({ ok: true })
  await expect(bell(0)).toBeVisible()
  await guest.page.keyboard.press('Shift+N')
  await expect(guest.page.getByRole('dialog', { name: '通知' }).getByText('还没有通知')).toBeVisible()
})
