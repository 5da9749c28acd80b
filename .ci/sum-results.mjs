// Adds up the results of Vitest and Playwright in test-results/ and prints one line each, the sum last:
//   tests: N passed, N failed, N skipped
// A test file that could not be loaded counts as one failure. A test that passed only on its retry counts as passed and is
// named: the cause may be slowness on a busy machine, or a rare fault. Exits with 1 when something failed or when one of the
// two left no results: a run that stopped early must not look green.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const results = process.argv[2] ?? fileURLToPath(new URL('../test-results/', import.meta.url))

function readVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return {
    seconds: vitestSeconds(report),
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Seconds from the start of the run to the end of its last file. */
function vitestSeconds(report) {
  const ends = report.testResults.map((file) => file.endTime ?? 0)
  return Math.round(Math.max(0, Math.max(0, ...ends) - (report.startTime ?? Number.POSITIVE_INFINITY)) / 1000)
}

function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  for (const title of secondTries(report.suites)) console.log(`passed only at the second try, to be looked into: ${title}`)
  return {
    seconds: Math.round((report.stats.duration ?? 0) / 1000),
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
  }
}

function secondTries(suites) {
  return suites.flatMap((suite) => [
    ...suite.specs.filter((spec) => spec.tests.some((test) => test.status === 'flaky')).map((spec) => `${suite.file} › ${spec.title}`),
    ...secondTries(suite.suites ?? []),
  ])
}

// Budgets are in seconds on two otherwise idle cores. Exceeding one is printed and is not a failure: machines differ.
const suites = [
  { name: 'vitest', file: 'vitest.json', read: readVitest, budget: 840 },
  { name: 'playwright', file: 'playwright.json', read: readPlaywright, budget: 900 },
]

const sum = { passed: 0, failed: 0, skipped: 0 }
let complete = true
for (const { name, file, read, budget } of suites) {
  const path = `${results}/${file}`
  if (!existsSync(path)) {
    complete = false
    console.log(`${name} did not run`)
    continue
  }
  const counts = read(JSON.parse(readFileSync(path, 'utf8')))
  for (const key of Object.keys(sum)) sum[key] += counts[key]
  print(name, counts)
  const over = counts.seconds > budget ? ', over budget' : ''
  console.log(`  took ${counts.seconds} s of ${budget} s${over}`)
}
print('tests', sum)
if (!complete || sum.failed > 0) process.exitCode = 1

function print(name, { passed, failed, skipped }) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
}
