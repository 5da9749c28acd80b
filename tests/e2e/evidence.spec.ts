import { createHash } from 'node:crypto'
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EVIDENCE_LIMIT } from '#contract/file-api.ts'
import { expect, test } from './app.ts'
import { composerText, entryRow, openEntry, openRoom } from './room.ts'

/** A minimal PNG: one red pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test.beforeEach(async ({ app }) => app.setUp())

test('chosen files become evidence with their SHA-256; pictures and text are shown, the rest is only saved', async ({ app }, info) => {
  const { page } = app
  const text = Buffer.from('10:02 客户来电，称净化器冒烟。\n', 'utf8')
  const program = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(70_000, 7)])
  const files: [string, Buffer][] = [
    ['起火截图.png', PIXEL],
    ['客服记录.txt', text],
    ['检测报告.pdf', program],
  ]
  for (const [name, bytes] of files) await writeFile(info.outputPath(name), bytes)
  await openRoom(app)
  await page.keyboard.press('e')
  await composerText(page).fill('收到客户材料')
  await page
    .getByRole('region', { name: '写入时间线' })
    .locator('input[type=file]')
    .setInputFiles(files.map(([name]) => info.outputPath(name)))
  await expect(page.getByRole('list', { name: '证据' }).getByRole('listitem')).toHaveCount(3)
  await composerText(page).press('Control+Enter')

  await entryRow(page, '收到客户材料').click()
  const entry = openEntry(page)
  for (const [name, bytes] of files) {
    const card = entry.getByRole('listitem').filter({ hasText: name })
    await expect(card.locator('code')).toHaveAttribute('title', sha256(bytes))
  }
  await expect(entry.getByRole('img', { name: '起火截图.png' })).toHaveJSProperty('naturalWidth', 1)
  await entry.getByRole('button', { name: '查看文字' }).click()
  await expect(entry.getByLabel('客服记录.txt', { exact: true })).toContainText('称净化器冒烟')
  const pdf = entry.getByRole('listitem').filter({ hasText: '检测报告.pdf' })
  await expect(pdf).toContainText('不在应用内打开')
  const saving = page.waitForEvent('download')
  await pdf.getByRole('button', { name: '另存为' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe('检测报告.pdf')
  expect(await readFile(await download.path())).toEqual(program)
})

test('a pasted screenshot gets a name that tells it apart', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  await page.keyboard.press('e')
  await composerText(page).evaluate((field, base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, PIXEL.toString('base64'))
  await expect(page.getByRole('list', { name: '证据' })).toContainText(/截图 \d{4}-\d{2}-\d{2} \d{2}\.\d{2}\.\d{2}\.png/)
  await composerText(page).fill('粘贴的截图')
  await page.keyboard.press('Control+Enter')
  await expect(entryRow(page, '粘贴的截图').getByRole('list', { name: '证据' })).toContainText('截图')
})

test('files dropped on the timeline start an entry, and the same file twice is kept once', async ({ app }) => {
  const { page } = app
  await openRoom(app)
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['同样的内容'], '甲.txt', { type: 'text/plain' }))
    data.items.add(new File(['同样的内容'], '乙.txt', { type: 'text/plain' }))
    return data
  })
  const timeline = page.getByRole('region', { name: '时间线', exact: true })
  await timeline.dispatchEvent('dragover', { dataTransfer: transfer })
  await expect(page.getByText('松开，作为新记录的证据')).toBeVisible()
  await timeline.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByRole('list', { name: '证据' }).getByRole('listitem')).toHaveCount(1)
  await expect(composerText(page)).toBeFocused()
})

test('a file on this machine is taken by its path; a wrong path says so', async ({ app }) => {
  const { page } = app
  const path = join(app.dataFolder, '..', `stormroom-evidence-${Date.now()}.log`)
  await writeFile(path, 'line\n')
  await openRoom(app)
  await page.keyboard.press('e')
  await page.getByRole('button', { name: '按路径添加本机文件' }).click()
  await page.getByLabel('本机文件的完整路径').fill(`${path}.missing`)
  await page.keyboard.press('Enter')
  await expect(page.getByText('找不到这个文件')).toBeVisible()
  await page.getByRole('button', { name: '按路径添加本机文件' }).click()
  await page.getByLabel('本机文件的完整路径').fill(path)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: '证据' })).toContainText('5 B')
})

test('a file over the limit is refused before it is read, with both sizes', async ({ app }, info) => {
  const { page } = app
  const path = info.outputPath('录像.mp4')
  const file = await open(path, 'w')
  await file.truncate(EVIDENCE_LIMIT + 1)
  await file.close()
  await openRoom(app)
  await page.keyboard.press('e')
  await page.getByRole('region', { name: '写入时间线' }).locator('input[type=file]').setInputFiles(path)
  await expect(page.getByRole('list', { name: '证据' })).toContainText('超过上限 200 MB')
  await page.getByRole('button', { name: '不再提示 录像.mp4' }).click()
  await expect(page.getByRole('list', { name: '证据' })).toHaveCount(0)
})

test('evidence is added to an entry that is already written', async ({ app }, info) => {
  const { page } = app
  await writeFile(info.outputPath('补充.txt'), '补充材料')
  await openRoom(app)
  await page.keyboard.press('e')
  await composerText(page).fill('先写下')
  await page.keyboard.press('Control+Enter')
  await entryRow(page, '先写下').click()
  await openEntry(page).locator('input[type=file]').setInputFiles(info.outputPath('补充.txt'))
  await expect(page.getByRole('region', { name: '证据 1' })).toContainText('补充.txt')
})
