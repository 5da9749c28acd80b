import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import type * as Electron from 'electron'
import type { record } from '../../support/electron-stand-in/record.ts'
import type { DesktopBridge } from '#contract/desktop-ipc.ts'
import { launchDesktop, type DesktopApp } from './launch-desktop.ts'

declare global {
  interface Window {
    stormroom?: DesktopBridge
  }
}

export type Desktop = {
  dataFolder: string
  /** Starts the app on the data folder; the fixture stops it after the test if it still runs. */
  launch(...args: string[]): Promise<DesktopApp>
}

/** The desktop app on the test's own data folder. */
export const test = base.extend<{ desktop: Desktop }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright asks for the pattern even when nothing is taken
  desktop: async ({}, use) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'stormroom-desktop-'))
    const started: DesktopApp[] = []
    await use({
      dataFolder,
      launch: async (...args) => {
        const app = await launchDesktop({ dataFolder, args })
        started.push(app)
        return app
      },
    })
    for (const app of started) await app.kill()
    await rm(dataFolder, { recursive: true, maxRetries: 10 })
  },
})

export { expect } from '@playwright/test'

/** Collects page errors from now on: no call may be refused or throw behind a working screen. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => void faults.push(String(error)))
  return faults
}

/** Completes the first run on the page, in Chinese. */
export async function setUp(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '姓名' }).fill('王值班')
  await page.getByText('危机指挥', { exact: true }).click()
  await page.getByRole('button', { name: '开始使用' }).click()
  await expect(page.getByRole('heading', { name: '指挥台' })).toBeVisible()
}

/** Declares a level I incident in the open dialog. */
export async function declareInDialog(page: Page, title: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '启动事件' })
  await dialog.getByRole('textbox', { name: '发生了什么' }).fill(title)
  await dialog.locator('[data-field=type] label').first().click()
  await dialog.locator('[data-field=level] label[data-level="1"]').click()
  await dialog.getByRole('button', { name: /启动一级事件/ }).click()
  await expect(dialog).toBeHidden()
}

/** Selects an item of the application menu. */
export function chooseInMenu(app: DesktopApp, id: string): Promise<void> {
  return app.inMain(({ Menu }, chosen) => {
    Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click()
  }, id)
}

/** Reads what only the stand-in can observe; see the list in its record.ts. */
export function readRecord<Key extends keyof typeof record>(app: DesktopApp, key: Key): Promise<(typeof record)[Key]> {
  return app.inMain((electron, name) => (electron as unknown as typeof Electron & { record: typeof record }).record[name], key)
}
