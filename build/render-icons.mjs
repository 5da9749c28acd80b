// Renders resources/artwork to the icons that the desktop app and its packages use. Run after changing a drawing:
//   node build/render-icons.mjs <path of a Chromium>
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const resources = join(import.meta.dirname, '../resources')
const [executablePath] = process.argv.slice(2)

/** Below 48 pixels the fine lines are lost, so a simpler drawing is used. */
const jobs = [
  ...[16, 24, 32].map((size) => ({ drawing: 'icon-small', size, file: `icons/${size}x${size}.png` })),
  ...[48, 64, 128, 256, 512].map((size) => ({ drawing: 'icon', size, file: `icons/${size}x${size}.png` })),
  { drawing: 'icon-small', size: 16, file: 'tray/tray.png' },
  { drawing: 'icon-small', size: 32, file: 'tray/tray@2x.png' },
  { drawing: 'tray-template', size: 16, file: 'tray/trayTemplate.png' },
  { drawing: 'tray-template', size: 32, file: 'tray/trayTemplate@2x.png' },
]

const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
const page = await browser.newPage()
for (const { drawing, size, file } of jobs) {
  const svg = readFileSync(join(resources, 'artwork', `${drawing}.svg`), 'utf8')
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>html,body{margin:0;background:none}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  await page.screenshot({ path: join(resources, file), omitBackground: true })
}
await browser.close()
