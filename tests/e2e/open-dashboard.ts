import { expect, type App } from './app.ts'

/** Completes the first run and shows the dashboard, ready for keys. */
export async function openDashboard(app: App, member?: Parameters<App['setUp']>[0]): Promise<void> {
  await app.setUp(member)
  await expect(app.page.locator('main h1')).toBeVisible()
}
