// The second half of npm test: Vitest, then Playwright. Both always run, so that one failing unit test does not hide what the
// browsers found. Exits with 1 when either failed.
import { spawnSync } from 'node:child_process'

const suites = [
  ['vitest', 'run', '--config', 'tests/vitest.config.ts'],
  ['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts'],
]

for (const [command, ...args] of suites) {
  // A shell finds the command of the package on every system; the arguments hold nothing that it could read otherwise.
  const { status } = spawnSync([command, ...args].join(' '), { stdio: 'inherit', shell: true })
  if (status !== 0) process.exitCode = 1
}
