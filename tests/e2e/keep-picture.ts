import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'

const FOLDER = resolve(import.meta.dirname, '../../test-results/pictures')

/** Takes the picture of that name for the README; `npm run pictures` moves it into place. */
export async function keepPicture(page: Page, name: 'browser' | 'desktop'): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' })
}
