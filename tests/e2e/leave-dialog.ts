import { expect, type Page } from '@playwright/test'

/** Closes the open dialog with Escape once it has the focus: it is visible earlier, but handles no keys before. */
export async function leaveDialog(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
  await page.keyboard.press('Escape')
}
