import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Outcome } from './run-plan.ts'
import { REGRESSION_SEEDS } from './regression-seeds.ts'

const NODE = resolve(import.meta.dirname, '../../node_modules/.bin/node')
const SCRIPT = join(import.meta.dirname, 'simulate.ts')
/** `STORMROOM_RUNS` multiplies the number of seeds for a longer search, `STORMROOM_SEED` is the first seed. */
const FACTOR = Number(process.env['STORMROOM_RUNS'] ?? 1)
/** Seeds of an ordinary run. Seeds that once found a fault run below in any case; `test:long` runs many more. */
const SEEDS = Math.ceil(150 * FACTOR)
const FIRST = Number(process.env['STORMROOM_SEED'] ?? 1)
const MINUTES = 60_000

type Line = Outcome & { seed: number }

/** Runs the simulator in its own process, since it replaces the system's timers. */
function simulate(...options: string[]): Promise<{ lines: Line[]; said: string }> {
  return new Promise((done) => {
    execFile(NODE, [SCRIPT, '--json', ...options], { encoding: 'utf8', maxBuffer: 1 << 28 }, (_error, stdout, stderr) => {
      const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{"seed"') ? [JSON.parse(line) as Line] : []))
      done({ lines, said: stdout.slice(stdout.indexOf('\nSeed ')) + stderr })
    })
  })
}

test(
  `P1-P7, P9-P11, P13-P15: ${SEEDS} teams on a network, disks and clocks that fail them lose nothing, agree in the end, and tell nobody what is not theirs`,
  { timeout: 20 * MINUTES * Math.max(1, FACTOR) },
  async () => {
    const half = Math.ceil(SEEDS / 2)
    const halves = await Promise.all([
      simulate('--seeds', String(half), '--seed', String(FIRST)),
      simulate('--seeds', String(SEEDS - half), '--seed', String(FIRST + half)),
    ])
    const lines = halves.flatMap((one) => one.lines)
    const failed = lines.filter(({ fault }) => fault !== null)
    expect(
      failed,
      halves
        .filter((one) => one.lines.some(({ fault }) => fault))
        .map(({ said }) => said)
        .join('\n'),
    ).toEqual([])
    expect(
      lines.map(({ seed }) => seed).toSorted((a, b) => a - b),
      halves.map(({ said }) => said).join('\n'),
    ).toEqual(Array.from({ length: SEEDS }, (_, index) => FIRST + index))
    // The runs must be meaningful: many records, some of them rejections.
    expect(lines.reduce((sum, { records }) => sum + records, 0) / SEEDS).toBeGreaterThan(15)
    expect(lines.reduce((sum, { rejected }) => sum + rejected, 0) / SEEDS).toBeGreaterThan(0.5)
    expect(lines.reduce((sum, { superseded }) => sum + superseded, 0) / SEEDS).toBeGreaterThan(0.1)
    expect(lines.reduce((sum, { files }) => sum + files.sent, 0) / SEEDS).toBeGreaterThan(0.1)
    expect(lines.reduce((sum, { files }) => sum + files.fetched, 0) / SEEDS).toBeGreaterThan(0.02)
  },
)

test('the same seed gives the same run, step by step and byte by byte', { timeout: 5 * MINUTES }, async () => {
  const runs = await Promise.all([simulate('--seeds', '12', '--seed', '41'), simulate('--seeds', '12', '--seed', '41')])
  const [one, two] = runs.map(({ lines }) => lines.map(({ traceHash }) => traceHash))
  expect(one).toHaveLength(12)
  expect(two).toEqual(one)
  expect(new Set(one).size).toBe(12)
})

test.for(REGRESSION_SEEDS)('a run that once found something: seed $seed ($found)', { timeout: 5 * MINUTES }, async ({ seed, steps }) => {
  const { lines, said } = await simulate('--seeds', '1', '--seed', String(seed), '--steps', String(steps))
  expect(
    lines.map(({ fault }) => fault),
    said,
  ).toEqual([null])
})
