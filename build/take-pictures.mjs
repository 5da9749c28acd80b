// npm run pictures: runs the end-to-end tests that take the README's pictures, and copies them to docs/pictures.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const playwright = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')
const tests = ['demo.spec', 'desktop-app.spec', '-g', 'the demo, zh-Hans|the demo opens in the window']
const { status } = spawnSync(process.execPath, [playwright, 'test', '--config', 'tests/e2e/playwright.config.ts', ...tests], {
  cwd: root,
  stdio: 'inherit',
})
if (status === 0) {
  mkdirSync(join(root, 'docs/pictures'), { recursive: true })
  for (const name of ['browser', 'desktop'])
    copyFileSync(join(root, 'test-results/pictures', `${name}.png`), join(root, 'docs/pictures', `${name}.png`))
}
process.exitCode = status ?? 1
