import { readFile } from 'node:fs/promises'
import { expect, test, type App } from './app.ts'
import { openRoom, record } from './room.ts'

test.beforeEach(async ({ app }) => app.setUp())

async function openFilledRoom(app: App) {
  const incident = await openRoom(app)
  await record(app, incident.id, { kind: 'decision', text: '下架 AP-3', decision: { reason: '批次未核实', decidedBy: '林舟' } })
  const entry = await record(app, incident.id, { kind: 'customer-voice', text: '=HYPERLINK("http://evil.example","点我")' })
  const corrected = await (
    await app.client()
  ).call('timeline.correct', {
    incidentId: incident.id,
    entryId: (await record(app, incident.id, { kind: 'observation', text: '3 人受伤' })).id,
    content: { kind: 'observation', text: '1 人受伤', happenedAt: Date.now() },
    reason: '已核实',
  })
  expect(corrected.ok).toBe(true)
  return { incident, entry }
}

for (const { format, ending, holds } of [
  { format: 'Markdown', ending: '.md', holds: '下架 AP-3' },
  { format: 'CSV', ending: '.csv', holds: '下架 AP-3' },
  { format: 'Excel（XLSX）', ending: '.xlsx', holds: 'PK' },
  { format: 'JSON', ending: '.json', holds: '"批次未核实"' },
]) {
  test(`the incident is saved as ${ending}`, async ({ app }) => {
    const { page } = app
    await openFilledRoom(app)
    await page.getByRole('button', { name: '导出' }).click()
    const saving = page.waitForEvent('download')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${format.replaceAll(/[（）]/g, '.')}`) })
      .click()
    const download = await saving
    expect(download.suggestedFilename()).toBe(`空气净化器起火视频${ending}`)
    const content = await readFile(await download.path(), 'utf8')
    expect(content).toContain(holds)
    // A cell that starts like a formula must be escaped in the table.
    if (ending === '.csv') expect(content).not.toMatch(/(^|,|")=HYPERLINK/m)
    await expect(page.getByText(`已导出 空气净化器起火视频${ending}`)).toBeVisible()
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`the printable page is black on white and complete (${theme})`, async ({ app }) => {
    const { page } = app
    await (await app.client()).call('workspace.setPreferences', { theme })
    const { incident } = await openFilledRoom(app)
    await page.goto(`${app.origin}#/print/${incident.id}`)
    const paper = page.getByRole('main')
    await expect(paper.getByRole('heading', { level: 1 })).toHaveText('空气净化器起火视频')
    await expect(paper).toContainText('首次声明')
    await expect(paper).toContainText('理由：批次未核实')
    await expect(paper).toContainText('更正，理由：已核实')
    await expect(paper.locator('s')).toHaveText('3 人受伤')
    await expect(paper).toHaveCSS('background-color', 'rgb(255, 255, 255)')
    await expect(paper).toHaveCSS('color', 'rgb(17, 17, 17)')
    await page.evaluate(() => {
      window.print = () => void document.body.setAttribute('data-printed', '')
    })
    await page.getByRole('button', { name: '打印' }).click()
    await expect(page.locator('body')).toHaveAttribute('data-printed', '')
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('button', { name: '打印' })).toBeHidden()
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000)
  })
}
