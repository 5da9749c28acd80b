import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { RUNS, worstOf, type Benchmark, type Figure, type Workshop } from './benchmark.ts'
import { machineFacts } from './machine-facts.ts'
import { applyBenchmark } from './measure-apply.ts'
import { boardBenchmark, tenfoldBoardBenchmark } from './measure-board.ts'
import { commitBenchmark } from './measure-commit.ts'
import { fanoutBenchmark } from './measure-fanout.ts'
import { consoleBenchmark } from './measure-console.ts'
import { importBenchmark } from './measure-import.ts'
import { ingestBenchmark } from './measure-ingest.ts'
import { maskingBenchmark } from './measure-masking.ts'
import { listBenchmark } from './measure-list.ts'
import { openingBenchmark } from './measure-opening.ts'
import { pageBenchmark } from './measure-page.ts'
import { scrollBenchmark } from './measure-scroll.ts'
import { searchBenchmark } from './measure-search.ts'
import { teamBenchmark } from './measure-team.ts'
import { turningPointsBenchmark } from './turning-points.ts'
import { verifyBenchmark } from './measure-verify.ts'
import { wordingBenchmark } from './measure-wording.ts'
import { printFacts, printReport, withVerdicts, type Report } from './print-report.ts'

/**
 * `npm run bench`: measures the product's performance goals, each with its baseline on the same machine, and prints whether the
 * goal is met. A missed goal is printed and is not a failure.
 */
const BENCHMARKS: readonly Benchmark[] = [
  commitBenchmark,
  applyBenchmark,
  ingestBenchmark,
  teamBenchmark,
  fanoutBenchmark,
  openingBenchmark,
  pageBenchmark,
  listBenchmark,
  searchBenchmark,
  maskingBenchmark,
  wordingBenchmark,
  consoleBenchmark,
  importBenchmark,
  verifyBenchmark,
  turningPointsBenchmark,
  scrollBenchmark,
  boardBenchmark,
  tenfoldBoardBenchmark,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: String(RUNS) },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const chosen = BENCHMARKS.filter(({ name, onlyNamed }) => (positionals.length === 0 ? !onlyNamed : positionals.includes(name)))
const wantedRuns = Number.parseInt(values.runs, 10) || RUNS
const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name))

if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No such benchmark: ${unknown.join(', ')}`)
  console.error(
    `npm run bench -- [name …] [--json] [--runs N] [--keep DIR]\n--keep leaves the data sets in DIR for the next run; make a new one when the tables of the databases change\n\n${BENCHMARKS.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join('\n')}`,
  )
  process.exit(unknown.length > 0 ? 2 : 0)
}

/** Holds everything: the data sets, which `--keep` leaves for the next run, and the folders of each run. */
const root = mkdtempSync(join(tmpdir(), 'stormroom-bench-'))
const sets = values.keep ?? join(root, 'sets')
mkdirSync(sets, { recursive: true })
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const say = (line: string) => void process.stderr.write(`  ${line}\n`)
let folders = 0
const workshop: Workshop = {
  folder() {
    folders += 1
    const folder = join(root, String(folders))
    mkdirSync(folder)
    return folder
  },
  async dataSet(name, make) {
    const folder = join(sets, name)
    if (!existsSync(folder)) {
      say(`making the data set ${name}`)
      const unfinished = `${folder}.unfinished`
      rmSync(unfinished, { recursive: true, force: true })
      mkdirSync(unfinished)
      await make(unfinished)
      renameSync(unfinished, folder)
    }
    return folder
  },
  say,
}

async function measure(benchmark: Benchmark): Promise<Report> {
  const runs: Figure[][] = []
  for (let run = 1; run <= wantedRuns; run++) {
    say(`${benchmark.name}: run ${run} of ${wantedRuns}`)
    runs.push(await benchmark.run(workshop))
  }
  const figures = (runs[0] ?? []).flatMap((_, index) => worstOf(runs.flatMap((run) => run[index] ?? [])) ?? [])
  return { name: benchmark.name, about: benchmark.about, runs: runs.length, figures }
}

const facts = machineFacts(workshop.folder())
if (!values.json) printFacts(facts)
const reports: Report[] = []
for (const benchmark of chosen) {
  const report = await measure(benchmark)
  reports.push(report)
  if (!values.json) printReport(report)
}
if (values.json) process.stdout.write(`${JSON.stringify({ machine: facts, benchmarks: reports.map(withVerdicts) }, null, 2)}\n`)
