import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Language } from '#contract/workspace-api.ts'
import type { App } from './app.ts'

const FOLDER = resolve(import.meta.dirname, '../../test-results/screenshots')
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const LANGUAGES: readonly Language[] = ['zh-Hans', 'en']
const THEMES = ['light', 'dark'] as const

/**
 * Takes pictures of one view in both languages, themes and sizes: `test-results/screenshots/<name>.<language>.<theme>.<width>.png`.
 * @param show brings the view on screen; called once for each language
 */
export async function photograph(app: App, name: string, show: (language: Language) => Promise<void>): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const client = await app.client()
  for (const language of LANGUAGES) {
    await client.call('workspace.setPreferences', { language })
    await app.page.locator(`html[lang="${language}"]`).waitFor()
    for (const theme of THEMES) {
      await client.call('workspace.setPreferences', { theme })
      await app.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor()
      for (const size of SIZES) {
        await app.page.setViewportSize(size)
        await show(language)
        await app.page.evaluate(() => document.fonts.ready)
        await app.page.screenshot({ path: join(FOLDER, `${name}.${language}.${theme}.${size.width}.png`), animations: 'disabled' })
      }
    }
  }
  await client.call('workspace.setPreferences', { language: 'zh-Hans', theme: 'auto' })
}
