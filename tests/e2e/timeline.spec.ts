import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './app.ts'
import { composerText, entryRow, openEntry, openRoom, record } from './room.ts'

test.beforeEach(async ({ app }) => app.setUp())

test('an entry is written by keyboard alone: kind by "/", tags by "#", time in words', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page.keyboard.press('e')
  await page.keyboard.type('/声')
  await expect(page.getByRole('option', { name: /声明/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: '声明' })).toBeChecked()
  await page.keyboard.type('官微发布第一份说明 #官微 #华东')
  await page.getByLabel('发生于').fill('10 分钟前')
  await page.keyboard.press('Control+Enter')
  const row = entryRow(page, '官微发布第一份说明')
  await expect(row).toContainText('声明')
  await expect(row).toContainText('#官微')
  await expect(row).toContainText('#华东')
  await expect(row.getByText('官微发布第一份说明', { exact: true })).toBeVisible()
  await expect(composerText(page)).toHaveValue('')
})

test('a decision is refused without a reason and keeps its words; with one it names who decided', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page.keyboard.press('e')
  await page.getByRole('radio', { name: '决策' }).check()
  await composerText(page).fill('先下架 AP-3 全部渠道库存')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('请写理由')).toBeVisible()
  await expect(composerText(page)).toHaveValue('先下架 AP-3 全部渠道库存')
  await page.getByLabel('理由').fill('批次未核实')
  await page.getByLabel('理由').press('Control+Enter')
  const row = entryRow(page, '先下架 AP-3')
  await expect(row).toContainText('理由：批次未核实')
  await expect(row).toContainText('决策人：林舟')
})

test('a turning point says which of the five it is, cooling among them (AN-07…AN-11)', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  for (const point of ['前兆', '加速', '情绪转向', '议题扩展', '降温']) {
    await page.keyboard.press('e')
    await page.getByRole('radio', { name: '拐点' }).check()
    await composerText(page).fill(`走势：${point}`)
    if (point === '前兆') {
      await page.keyboard.press('Control+Enter')
      await expect(page.getByText('请选是哪一种拐点')).toBeVisible()
    }
    await page.getByRole('radio', { name: new RegExp(`^${point}`) }).check()
    await composerText(page).press('Control+Enter')
    await expect(entryRow(page, `走势：${point}`).getByText(point, { exact: true })).toBeVisible()
  }
})

test('a draft survives a reload, and a save that fails keeps the words', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page.keyboard.press('e')
  await composerText(page).fill('还没写完的话')
  await page.reload()
  await page.getByRole('button', { name: /继续写：还没写完的话/ }).click()
  await expect(composerText(page)).toHaveValue('还没写完的话')
  await app.kill()
  await page.keyboard.press('Control+Enter')
  await expect(composerText(page)).toHaveValue('还没写完的话')
  await expect(page.getByRole('feed')).not.toContainText('还没写完的话')
})

test('a clock is met by naming the entry, leads to it, and is reopened with a reason (C2-06)', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'observation', text: '只是观察' })
  await record(app, incident.id, { kind: 'statement', text: '第一份声明：已知悉，正在调查' })
  await page
    .getByRole('region', { name: '时限' })
    .getByRole('button', { name: /首次声明/ })
    .click()
  await page.getByRole('menuitem', { name: /用已有记录完成/ }).click()
  // Statements are listed first, although the observation is as new.
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('第一份声明')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '时限' }).getByRole('button', { name: /首次声明.*用时/ })).toBeVisible()
  await expect(entryRow(page, '第一份声明').getByText('完成“首次声明”')).toBeVisible()

  await page
    .getByRole('region', { name: '时限' })
    .getByRole('button', { name: /首次声明/ })
    .click()
  await page.getByRole('menuitem', { name: '查看完成它的记录' }).click()
  await expect(openEntry(page)).toContainText('第一份声明')

  await page
    .getByRole('region', { name: '时限' })
    .getByRole('button', { name: /首次声明/ })
    .click()
  await page.getByRole('menuitem', { name: /恢复计时/ }).click()
  await page.getByRole('button', { name: /恢复“首次声明”计时/ }).click()
  await expect(page.getByText('请写为什么恢复计时')).toBeVisible()
  await page.getByLabel('为什么恢复计时').fill('声明被平台限流，没有发出去')
  await page.getByRole('button', { name: /恢复“首次声明”计时/ }).click()
  await expect(page.getByRole('region', { name: '时限' }).getByRole('button', { name: /首次声明.*剩/ })).toBeVisible()
  await expect(page.getByRole('feed')).toContainText('恢复计时：声明被平台限流')
})

test('writing an entry that meets a clock does both in one act', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page
    .getByRole('region', { name: '时限' })
    .getByRole('button', { name: /首次响应/ })
    .click()
  await page.getByRole('menuitem', { name: /写一条记录来完成/ }).click()
  const also = page.getByRole('group', { name: '同时完成' })
  await expect(also.getByRole('checkbox', { name: '首次响应' })).toBeChecked()
  await composerText(page).fill('指挥组到位，开始处置')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: '时限' }).getByRole('button', { name: /首次响应.*用时/ })).toBeVisible()
  // A statement usually meets two clocks; a third is added with one press, and all are met in the same act.
  await composerText(page).fill('/声明')
  await page.keyboard.press('Enter')
  await composerText(page).fill('已知悉，正在调查')
  await expect(also.getByRole('checkbox', { name: '首次声明' })).toBeChecked()
  await expect(also.getByRole('checkbox', { name: '有效回应' })).toBeChecked()
  await expect(also.getByRole('checkbox', { name: '正式道歉' })).not.toBeChecked()
  await page.keyboard.press('Control+Enter')
  for (const name of [/首次声明.*用时/, /有效回应.*用时/, /正式道歉.*剩/])
    await expect(page.getByRole('region', { name: '时限' }).getByRole('button', { name })).toBeVisible()
})

test('a correction shows what changed and leaves the original readable', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'customer-voice', text: '客户称 3 人受伤' })
  await entryRow(page, '客户称').click()
  await page.keyboard.press('x')
  const form = page.getByRole('form', { name: '更正记录' })
  await form.getByRole('textbox', { name: '内容', exact: true }).fill('客户称 1 人受伤')
  await form.getByRole('button', { name: '保存更正' }).click()
  await expect(form.getByText('请写为什么更正')).toBeVisible()
  await form.getByLabel('为什么更正').fill('已电话核实')
  await form.getByRole('button', { name: '保存更正' }).click()
  await expect(entryRow(page, '客户称 1 人受伤')).toContainText('已更正 1 次')
  const history = page.getByRole('region', { name: '已更正 1 次' })
  await expect(history.locator('del')).toHaveText('3')
  await expect(history.locator('ins')).toHaveText('1')
  await expect(history).toContainText('理由：已电话核实')
  await expect(history).toContainText('客户称 3 人受伤')
})

test('comments, tags, star and links are kept, and a link is seen from both ends', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'observation', text: '视频开始扩散' })
  await record(app, incident.id, { kind: 'statement', text: '发布说明' })
  await entryRow(page, '发布说明').click()
  await page.keyboard.press('c')
  await expect(page.getByRole('textbox', { name: '写评论…' })).toBeFocused()
  await page.keyboard.type('法务看过')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: '评论 1' })).toContainText('法务看过')
  await openEntry(page).getByLabel('加标签').fill('官微')
  await openEntry(page).getByLabel('加标签').press('Enter')
  await expect(openEntry(page)).toContainText('#官微')
  await openEntry(page)
    .getByRole('button', { name: /加星标/ })
    .click()
  await expect(openEntry(page).getByRole('button', { name: /取消星标/ })).toBeVisible()
  await openEntry(page).getByRole('button', { name: /关联/ }).click()
  await page.getByRole('dialog').getByText('回应', { exact: true }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('扩散')
  await page.getByRole('option', { name: /视频开始扩散/ }).click()
  await page
    .getByRole('region', { name: '关联 1' })
    .getByRole('button', { name: /视频开始扩散/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: '关联 1' })).toContainText('得到回应')
  await app.restart()
  await page.goto(`${app.origin}#/incidents/${incident.id}`)
  await expect(entryRow(page, '发布说明')).toContainText('1 条评论')
  await expect(entryRow(page, '发布说明')).toContainText('#官微')
})

test('filters narrow the list, say how much they hide, and stand in the address', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'action', text: '门店撤下样机', tags: ['门店'] })
  await record(app, incident.id, { kind: 'media-report', text: '晚报记者来电采访' })
  await record(app, incident.id, { kind: 'action', text: '客服话术已更新' })
  await page.keyboard.press('/')
  await page.keyboard.type('采访')
  await expect(page.getByText('共 4 条，显示 1 条')).toBeVisible()
  await expect(page.getByRole('feed').getByRole('article')).toHaveCount(1)
  await page.reload()
  await expect(page.getByText('共 4 条，显示 1 条')).toBeVisible()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.getByRole('button', { name: '筛选', exact: true }).click()
  await page.getByRole('button', { name: '类型' }).click()
  await page.getByRole('checkbox', { name: '行动' }).check()
  await expect(page.getByText('共 4 条，显示 2 条')).toBeVisible()
  await page.keyboard.press('Escape')
  // A new entry that the filter hides is announced.
  await page.keyboard.press('e')
  await composerText(page).fill('看不到的观察')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('当前筛选看不到它')).toBeVisible()
  await page.getByRole('button', { name: '清除筛选并显示' }).click()
  await expect(entryRow(page, '看不到的观察')).toBeVisible()
})

test('the list is walked with j and k, opened with Enter, and closed with Escape', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  for (const text of ['第一件', '第二件', '第三件']) await record(app, incident.id, { kind: 'observation', text, happenedAt: Date.now() })
  await expect(entryRow(page, '第三件')).toBeVisible()
  await page.keyboard.press('j')
  await expect(entryRow(page, '第三件')).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(openEntry(page)).toContainText('第二件')
  await page.keyboard.press('Escape')
  await expect(openEntry(page)).toHaveCount(0)
  await expect(entryRow(page, '第二件')).toBeFocused()
  await page.keyboard.press('s')
  await expect(entryRow(page, '第二件').getByRole('button', { name: '星标' })).toHaveAttribute('aria-pressed', 'true')
})

test('title, stage and what is known are revised in place and noted (EV-01)', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page.getByRole('button', { name: '修改标题' }).click()
  await page.getByLabel('标题').fill('空气净化器起火（AP-3）')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('空气净化器起火（AP-3）')
  await page.getByRole('button', { name: /^阶段/ }).click()
  await page.getByRole('button', { name: '意见领袖关注', exact: true }).click()
  await page.getByRole('button', { name: '改为“意见领袖关注”' }).click()
  await expect(page.getByRole('feed')).toContainText('阶段改为“意见领袖关注”')
  await page.getByRole('button', { name: /已知情况/ }).click()
  await page.getByRole('button', { name: '修改', exact: true }).click()
  await page.getByRole('textbox', { name: '已知情况' }).fill('批次已核实：2026-08 产 1,200 台。')
  await page.getByRole('button', { name: '更新已知情况' }).click()
  await expect(page.getByRole('region', { name: '已知情况' })).toContainText('1,200 台')
})

for (const look of [
  { language: 'zh-Hans', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const) {
  test(`the room has no serious accessibility fault (${look.language}, ${look.theme})`, async ({ app }) => {
    const { page } = app
    await (await app.client()).call('workspace.setPreferences', look)
    const incident = await openRoom(app)
    const entry = await record(app, incident.id, {
      kind: 'decision',
      text: '下架',
      decision: { reason: '风险', decidedBy: '林舟' },
      tags: ['门店'],
    })
    await page.goto(`${app.origin}#/incidents/${incident.id}?entry=${entry.id}`)
    await expect(openEntry(page)).toContainText('下架')
    await page.keyboard.press('e')
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  })
}

test('a long list loads only what is near the screen, jumps to its ends, and stays put when an entry comes in above', async ({ app }) => {
  const { page } = app
  const incident = await openRoom(app)
  const client = await app.client()
  const start = Date.UTC(2026, 9, 1)
  const table = Array.from(
    { length: 1500 },
    (_, at) =>
      `${new Date(start + at * 600_000).toISOString()},第 ${at + 1} 件${at % 3 === 0 ? `：${'门店反馈客户要求退货。'.repeat(6)}` : ''}`,
  )
  const path = join(app.dataFolder, 'long.csv')
  await writeFile(path, `time,text\n${table.join('\n')}\n`)
  const seen = await client.call('imports.inspect', { incidentId: incident.id, source: { path } })
  if (!seen.ok || !seen.value.suggested.timeline) throw new Error('the table was not understood')
  const checked = await client.call('imports.check', {
    incidentId: incident.id,
    sourceId: seen.value.sourceId,
    plan: { target: 'timeline', mapping: seen.value.suggested.timeline },
  })
  if (!checked.ok) throw new Error(checked.failure.code)
  const { jobId } = checked.value
  const phase = async () => {
    const job = await client.call('imports.job', { jobId })
    return job.ok ? job.value.phase : job.failure.code
  }
  await expect.poll(phase, { timeout: 60_000 }).toBe('checked')
  await client.call('imports.write', { jobId })
  await expect.poll(phase, { timeout: 60_000 }).toBe('complete')

  await expect(page.getByText('共 1,502 条')).toBeVisible()
  const rows = page.getByRole('feed').getByRole('article')
  expect(await rows.count()).toBeLessThan(60)
  await page.keyboard.press('Shift+G')
  await expect(entryRow(page, '第 1 件')).toBeVisible()
  await page.keyboard.press('g')
  await expect(rows.first()).toContainText('系统')

  // In the middle of the list, the visible row keeps its position.
  await page.getByTestId('timeline-scroll').evaluate((list) => list.scrollTo(0, 30_000))
  await expect(rows.first()).not.toContainText('系统')
  const inView = page
    .getByRole('feed')
    .getByRole('article')
    .filter({ hasText: /第 \d+ 件/ })
    .nth(14)
  await expect(inView).toBeVisible()
  const words = (await inView.innerText()).match(/第 \d+ 件/)?.[0] ?? ''
  const row = page
    .getByRole('feed')
    .getByRole('article')
    .filter({ hasText: new RegExp(`${words}(\\D|$)`) })
  // Wait until the rows that were just loaded have their measured heights.
  let before = Number.NaN
  await expect
    .poll(async () => {
      const earlier = before
      before = (await row.boundingBox())?.y ?? Number.NaN
      return before === earlier
    })
    .toBe(true)
  await record(app, incident.id, { kind: 'observation', text: '刚刚进来的一条' })
  await expect(page.getByText('共 1,503 条')).toBeVisible()
  await expect.poll(async () => Math.abs(((await row.boundingBox())?.y ?? 0) - before)).toBeLessThan(2)
  await page.keyboard.press('g')
  await expect(rows.first()).toContainText('刚刚进来的一条')
})
