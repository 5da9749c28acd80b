import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let results: string

beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'stormroom-sums-'))
})
afterEach(() => rm(results, { recursive: true, force: true }))

type Ended = { stdout: string; code: number }

const node = (args: string[], cwd: string): Promise<Ended> =>
  promisify(execFile)(process.execPath, args, { cwd }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => ({ stdout: error.stdout, code: error.code }),
  )

const sum = () => node([join(root, '.ci/sum-results.mjs'), results], root)
const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1)

const playwright = (stats: object, errors: object[] = [], suites: object[] = []) =>
  writeFile(
    join(results, 'playwright.json'),
    JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors, suites }),
  )
const vitest = (counts: object, testResults: object[] = []) =>
  writeFile(
    join(results, 'vitest.json'),
    JSON.stringify({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, ...counts, testResults }),
  )

test('both suites are added up on the last line', async () => {
  await vitest({ numPassedTests: 300, numPendingTests: 1 })
  await playwright({ expected: 12, skipped: 1 })
  const { stdout, code } = await sum()
  expect(lastLine(stdout)).toBe('tests: 312 passed, 0 failed, 2 skipped')
  expect(code).toBe(0)
})

test('a suite says its seconds beside its budget, and going over fails nothing', async () => {
  await vitest({ numPassedTests: 1, startTime: 1_000 }, [{ status: 'passed', assertionResults: [{}], endTime: 91_000 }])
  await playwright({ expected: 1, duration: 7_200_000 })
  const { stdout, code } = await sum()
  expect(stdout).toMatch(/vitest: 1 passed.*\n {2}took 90 s of \d+ s\n/u)
  expect(stdout).toMatch(/playwright: 1 passed.*\n {2}took 7200 s of \d+ s, over budget\n/u)
  expect(code).toBe(0)
})

test('a suite that did not run makes the sum fail', async () => {
  await vitest({ numPassedTests: 3 })
  const { stdout, code } = await sum()
  expect(stdout).toContain('playwright did not run')
  expect(lastLine(stdout)).toBe('tests: 3 passed, 0 failed, 0 skipped')
  expect(code).toBe(1)
})

test('an end-to-end test that passed only at the second try is named and counts as passed; an error outside a test counts as failed', async () => {
  await vitest({ numPassedTests: 3 })
  const inner = {
    file: 'wall.spec.ts',
    specs: [
      { title: 'stands still', tests: [{ status: 'flaky' }] },
      { title: 'goes round', tests: [{ status: 'expected' }] },
    ],
  }
  await playwright({ expected: 1, flaky: 1 }, [], [{ file: 'wall.spec.ts', specs: [], suites: [inner] }])
  const { stdout, code } = await sum()
  expect(stdout).toContain('second try, to be looked into: wall.spec.ts › stands still')
  expect(stdout).not.toContain('goes round')
  expect(lastLine(stdout)).toBe('tests: 5 passed, 0 failed, 0 skipped')
  expect(code).toBe(0)
  await playwright({ expected: 1 }, [{ message: 'the config threw' }])
  expect(lastLine((await sum()).stdout)).toBe('tests: 4 passed, 1 failed, 0 skipped')
})

test('what Vitest really writes is read right: passed, failed, skipped, and a file that cannot be loaded', async () => {
  await writeFile(
    join(results, 'some.test.mjs'),
    `import { test, expect } from ${JSON.stringify(join(root, 'node_modules/vitest/dist/index.js'))}
     test('a', () => {}); test('b', () => {}); test('c', () => { expect(1).toBe(2); }); test.skip('d', () => {});`,
  )
  await writeFile(join(results, 'broken.test.mjs'), 'import "./absent.mjs";')
  await node(
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      results,
      '--reporter=json',
      `--outputFile=${join(results, 'vitest.json')}`,
    ],
    results,
  )
  await playwright({})
  expect(lastLine((await sum()).stdout)).toBe('tests: 2 passed, 2 failed, 1 skipped')
})
