// Adds up what Vitest and Playwright wrote into test-results/ and prints one line each, the sum last:
//   tests: N passed, N failed, N skipped
// A file of tests that could not be loaded counts as one failure. Exits with 1 when something failed, or when one of the
// two left no results: a run that stopped early must not look green.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const results = process.argv[2] ?? fileURLToPath(new URL('../test-results/', import.meta.url));

function readVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded, skipped: report.numPendingTests + report.numTodoTests };
}

function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

const suites = [
  { name: 'vitest', file: 'vitest.json', read: readVitest },
  { name: 'playwright', file: 'playwright.json', read: readPlaywright },
];

const sum = { passed: 0, failed: 0, skipped: 0 };
let complete = true;
for (const { name, file, read } of suites) {
  const path = `${results}/${file}`;
  if (!existsSync(path)) {
    complete = false;
    console.log(`${name} did not run`);
    continue;
  }
  const counts = read(JSON.parse(readFileSync(path, 'utf8')));
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  print(name, counts);
}
print('tests', sum);
if (!complete || sum.failed > 0) process.exitCode = 1;

function print(name, { passed, failed, skipped }) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
