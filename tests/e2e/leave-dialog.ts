import { expect, type Page } from '@playwright/test'

/** Leaves the open dialog by Escape, as soon as it has the focus: it hears no key before, however early it can be seen. */
export async function leaveDialog(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
  await page.keyboard.press('Escape')
}
