import { writeFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { openRoom, record } from './room.ts'

async function expectAccessible(page: Page, place: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]),
    place,
  ).toEqual([])
}

for (const look of [
  { language: 'zh-Hans', theme: 'light', check: '检查整个文件', write: /^写入/, marked: '道歉' },
  { language: 'en', theme: 'dark', check: 'Check the whole file', write: /^Write/, marked: '道歉' },
] as const) {
  test(`import, search and print have no serious accessibility fault (${look.language}, ${look.theme})`, async ({ app }, info) => {
    const { page } = app
    await app.setUp({ language: look.language })
    await (await app.client()).call('workspace.setPreferences', { theme: look.theme })
    const incident = await openRoom(app)
    await record(app, incident.id, { kind: 'statement', text: '公开道歉' })
    await expectAccessible(page, 'room')
    await page.goto(`${app.origin}#/incidents/${incident.id}/import`)
    await expect(page.locator('input[type=file]')).toBeAttached()
    await expectAccessible(page, 'import, before a file')
    const rows = Array.from({ length: 9 }, (_, at) => `2026-11-20 0${at}:00,第 ${at} 条`)
    await writeFile(info.outputPath('t.csv'), `time,text\n${rows.join('\n')}\nsoon,bad\n`)
    await page.locator('input[type=file]').setInputFiles(info.outputPath('t.csv'))
    await page.getByRole('button', { name: look.check }).click()
    await expect(page.getByRole('button', { name: look.write })).toBeVisible()
    await expectAccessible(page, 'import, checked')
    await page.goto(`${app.origin}#/search?q=${encodeURIComponent(look.marked)}`)
    await expect(page.locator('mark')).toHaveText(look.marked)
    await expectAccessible(page, 'search')
    await page.goto(`${app.origin}#/print/${incident.id}`)
    await expect(page.getByRole('main')).toContainText('公开道歉')
    await expectAccessible(page, 'print')
  })
}
