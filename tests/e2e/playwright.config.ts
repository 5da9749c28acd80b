import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { findChromium, type Chromium } from '../support/find-chromium.ts'

const results = resolve(import.meta.dirname, '../../test-results')

// Playwright loads this file again in every worker: find the browser once and pass it on in the environment.
const found = (process.env['STORMROOM_FOUND_CHROMIUM'] ??= JSON.stringify(await findChromium()))
const chromium = JSON.parse(found) as Chromium

/** End-to-end tests: the built app in a real Chromium. `npm run e2e -- <file>` runs some of them. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: resolve(results, 'e2e'),
  reporter: [['list'], ['json', { outputFile: resolve(results, 'playwright.json') }]],
  workers: 2,
  // One retry, so that one failure does not waste a run of many minutes; .ci/run lists the retried tests at its end.
  retries: 1,
  forbidOnly: true,
  // Catches hangs and is no performance goal: a machine with other work must not fail a run.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // Tracing costs a quarter of the run; a failed test is traced on its retry.
    trace: 'on-first-retry',
    // Animations are rendered in software and are slow; tests of animation turn them on.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium.executablePath,
      args: chromium.args,
      env: { ...process.env, ...chromium.env } as Record<string, string>,
    },
  },
})
