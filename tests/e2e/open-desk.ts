import { expect, type App } from './app.ts'

/** The first run done and the desk on screen, ready for keys. */
export async function openDesk(app: App, member?: Parameters<App['setUp']>[0]): Promise<void> {
  await app.setUp(member)
  await expect(app.page.locator('main h1')).toBeVisible()
}
