import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from './app.ts'
import { openRoom } from './room.ts'

const HISTORIES = resolve(import.meta.dirname, '../../../shared/data/hot-topics')

/** "时间,内容\n2026-11-20 09:00,道歉\n" in GB18030, which Node cannot encode. */
const GB18030 = Buffer.from('cab1bce42cc4dac8dd0a323032362d31312d32302030393a30302cb5c0c7b80a', 'hex')

test.beforeEach(async ({ app }) => app.setUp())

async function openImport(app: Parameters<typeof openRoom>[0]) {
  const incident = await openRoom(app)
  await app.page.keyboard.press('i')
  await expect(app.page.getByRole('heading', { name: '导入表格' })).toBeVisible()
  return incident
}

test('a table becomes timeline entries: good rows written, bad ones listed with line and reason and saved, all taken back', async ({
  app,
}, info) => {
  const { page } = app
  const rows = [
    '发生时间,内容,类型',
    '2026-11-20 09:00,门店撤下样机,行动',
    '昨天下午,客户来电,客户声音',
    '2026-11-20 10:00,,观察',
    '2026-11-20 11:00,晚报采访,八卦',
    '2026-11-20 12:00,第二次说明,声明',
    ...[13, 14, 15, 16].map((hour) => `2026-11-20 ${hour}:00,门店回访,行动`),
  ]
  await writeFile(info.outputPath('处置记录.csv'), rows.join('\n'))
  await openImport(app)
  await page.locator('input[type=file]').setInputFiles(info.outputPath('处置记录.csv'))
  await expect(page.getByLabel('“发生时间”列是')).toHaveValue('happenedAt')
  await expect(page.getByLabel('“类型”列是')).toHaveValue('kind')
  await page.getByRole('button', { name: '检查整个文件' }).click()
  await expect(page.getByText('6 行可以写入')).toBeVisible()
  await expect(page.getByText('3 行有问题，不会写入')).toBeVisible()
  const refused = page.getByRole('region', { name: '不会写入的行' }).getByRole('row')
  await expect(refused.nth(1)).toContainText('“昨天下午”不是时间。')
  await expect(refused.nth(1).getByRole('cell').first()).toHaveText('3')
  await expect(refused.nth(2)).toContainText('没有内容。')
  await expect(refused.nth(3)).toContainText('不认识类型“八卦”。')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载有问题的 3 行' }).click()
  expect((await readFile(await (await saving).path(), 'utf8')).match(/昨天下午|晚报采访/g)).toEqual(['昨天下午', '昨天下午', '晚报采访'])

  await page.getByRole('button', { name: '写入 6 条到时间线' }).click()
  await expect(page.getByText('已写入 6 条到时间线')).toBeVisible()
  await page.getByRole('button', { name: '回到事件' }).click()
  await expect(page.getByRole('feed')).toContainText('门店撤下样机')
  await expect(page.getByRole('feed')).toContainText('导入自第 2 行')
  await page.getByRole('button', { name: '撤销 6 行' }).click()
  await expect(page.getByRole('feed')).not.toContainText('门店撤下样机')
  await page.getByRole('button', { name: '恢复 6 行' }).click()
  await expect(page.getByRole('feed')).toContainText('门店撤下样机')
})

test('the mapping is remembered, and the very same file is noticed', async ({ app }, info) => {
  const { page } = app
  await writeFile(info.outputPath('a.csv'), 'when,what,who\n2026-11-20 09:00,客户来电,张三\n')
  await openImport(app)
  await page.locator('input[type=file]').setInputFiles(info.outputPath('a.csv'))
  await page.getByLabel('“who”列是').selectOption('text')
  await expect(page.getByText('内容由这些列拼成：what、who。')).toBeVisible()
  await page.getByRole('button', { name: '检查整个文件' }).click()
  await page.getByRole('button', { name: '写入 1 条到时间线' }).click()
  await page.getByRole('button', { name: '换一个文件' }).first().click()
  await page.locator('input[type=file]').setInputFiles(info.outputPath('a.csv'))
  await expect(page.getByText('同一个文件已经导入过')).toBeVisible()
  await expect(page.getByText('沿用上次同样表格的设置')).toBeVisible()
  await expect(page.getByLabel('“who”列是')).toHaveValue('text')
})

test('numbers become series with their shape in the room (AN-01)', async ({ app }, info) => {
  const { page } = app
  const rows = Array.from(
    { length: 144 },
    (_, at) => `2026-11-20T${String(Math.floor(at / 6)).padStart(2, '0')}:${String((at % 6) * 10).padStart(2, '0')}:00+08:00,${at * at}`,
  )
  await writeFile(info.outputPath('热度.csv'), `time,reposts\n${rows.join('\n')}\n`)
  await openImport(app)
  await page.locator('input[type=file]').setInputFiles(info.outputPath('热度.csv'))
  await page.getByLabel('“reposts”的名称').fill('转发')
  await page.getByLabel('单位').fill('次')
  await page.getByRole('button', { name: '检查整个文件' }).click()
  await page.getByRole('button', { name: '写入 144 行数据' }).click()
  await page.getByRole('button', { name: '回到事件' }).click()
  const series = page.getByRole('region', { name: '数据 1' })
  await expect(series).toContainText('转发')
  await expect(series).toContainText('144 个点')
  await expect(series).toContainText('20,449 次')
  await expect(series.getByRole('img', { name: '转发 的走势' })).toBeVisible()
})

test('GB18030 is recognised, and the choice of another encoding reads the file again', async ({ app }, info) => {
  const { page } = app
  await writeFile(info.outputPath('gb.csv'), GB18030)
  await openImport(app)
  await page.locator('input[type=file]').setInputFiles(info.outputPath('gb.csv'))
  await expect(page.getByRole('region', { name: '文件的前几行' })).toContainText('道歉')
  await page.getByLabel('编码').selectOption('utf-8')
  await expect(page.getByRole('region', { name: '文件的前几行' })).not.toContainText('道歉')
  await page.getByLabel('编码').selectOption('gb18030')
  await expect(page.getByRole('region', { name: '文件的前几行' })).toContainText('道歉')
})

test('files that are no tables are refused in a sentence each', async ({ app }, info) => {
  const { page } = app
  await openImport(app)
  const hostile: [string, Buffer, string][] = [
    ['网页.csv', Buffer.from('<!doctype html><html><body><table></table></body></html>'), '这是网页'],
    ['程序.csv', Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(4096)]), '这是二进制文件'],
    ['旧表.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]), '旧的 .xls 格式'],
    ['断.json', Buffer.from('[{"时间":"2026-11-20","内容":"'), 'JSON'],
    ['空.csv', Buffer.alloc(0), '空的'],
  ]
  for (const [name, bytes, sentence] of hostile) {
    await writeFile(info.outputPath(name), bytes)
    await page.locator('input[type=file]').setInputFiles(info.outputPath(name))
    await expect(page.getByRole('alert')).toContainText(sentence)
    const other = page.getByRole('button', { name: '换一个文件' })
    if (await other.isVisible()) await other.click()
  }
})

test('the real histories go from file to timeline by path', async ({ app }) => {
  test.skip(!existsSync(HISTORIES), 'the real histories are not on this machine (../shared/data/hot-topics)')
  const { page } = app
  await openImport(app)
  await page.getByLabel('或写本机文件的完整路径').fill(resolve(HISTORIES, 'hm-xinjiang-cotton.csv'))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('“occurred_at”列是')).toHaveValue('happenedAt')
  await expect(page.getByLabel('“topic”列是')).toHaveValue('text')
  await page.getByRole('button', { name: '检查整个文件' }).click()
  await page.getByRole('button', { name: /^写入 \d+ 条到时间线$/ }).click()
  await page.getByRole('button', { name: '回到事件' }).click()
  await expect(page.getByRole('feed')).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.locator('input:focus')).toBeVisible()
  await page.keyboard.type('黄轩')
  await expect(page.getByRole('feed')).toContainText('黄轩终止与HM合作')
})
