import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Unit and integration tests. The end-to-end ones run in Playwright (tests/e2e), the measurements in tests/bench. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'tests/architecture/wrong/**'],
    pool: 'forks',
    // The keys of tests lie with their results, never in the settings of whoever runs them.
    env: { STORMROOM_KEY_FILE: resolve(import.meta.dirname, '../test-results/device.key') },
    maxWorkers: 2,
    allowOnly: false,
    // Against a test that hangs, not a claim about speed: a slow machine must not turn a run red.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
  },
})
