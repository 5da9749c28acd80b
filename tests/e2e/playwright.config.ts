import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { findChromium, type Chromium } from '../support/find-chromium.ts'

const results = resolve(import.meta.dirname, '../../test-results')

// Playwright reads this file again in every worker: the browser is looked for once and handed down.
const found = (process.env['STORMROOM_FOUND_CHROMIUM'] ??= JSON.stringify(await findChromium()))
const chromium = JSON.parse(found) as Chromium

/** End-to-end tests: the built app in a real Chromium. `npm run e2e -- <file>` runs some of them. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: resolve(results, 'e2e'),
  reporter: [['list'], ['json', { outputFile: resolve(results, 'playwright.json') }]],
  workers: 2,
  // One more try, so that a run of many minutes does not end in nothing; what needed it is named at the end of .ci/run.
  retries: 1,
  forbidOnly: true,
  // Against what hangs, not a claim about speed: a machine with other work must not turn a run red.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // Recording costs a quarter of the run; what failed once is recorded at its second try.
    trace: 'on-first-retry',
    // What moves is drawn many times by the processor; tests that are about movement ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium.executablePath,
      args: chromium.args,
      env: { ...process.env, ...chromium.env } as Record<string, string>,
    },
  },
})
