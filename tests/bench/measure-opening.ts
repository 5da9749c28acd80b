import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Benchmark, Workshop } from './benchmark.ts'
import { fillDataFolder, spread } from './data-folders.ts'
import { timeEach } from './percentiles.ts'

const SHORT = 22_000
const LONG = 220_000
const INCIDENTS = 20
const STARTS = 3

/** Milliseconds, see `open-and-read.ts`. */
const Times = z.object({
  begun: z.number(),
  opened: z.number(),
  listed: z.number(),
  paged: z.number(),
  outlined: z.number(),
  all: z.number(),
})
type Times = z.infer<typeof Times>

function startOnce(folder: string): Times {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(new URL('open-and-read.ts', import.meta.url)), folder], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return Times.parse(JSON.parse(stdout))
}

async function start(workshop: Workshop, records: number): Promise<Times> {
  const folder = await workshop.dataSet(
    `team-${records}`,
    async (empty) => void (await fillDataFolder(empty, { seed: 7, entries: spread(records, INCIDENTS) }, workshop.say)),
  )
  const times = Array.from({ length: STARTS }, () => startOnce(folder))
  return times.reduce((worst, one) => (one.all > worst.all ? one : worst))
}

/** Figure 6: from the start of a process to a list of incidents and a timeline that can be scrolled. */
export const openingBenchmark: Benchmark = {
  name: 'start',
  about: `a fresh process opens a workspace of ${LONG} records in ${INCIDENTS} incidents, lists them, and shows first and last page and outline of the longest; beside ${SHORT} records`,
  async run(workshop) {
    const short = await start(workshop, SHORT)
    const long = await start(workshop, LONG)
    const bare = Math.max(...timeEach(STARTS, () => spawnSync(process.execPath, ['-e', '0'])))
    const beside = (pick: (times: Times) => number) => ({ name: `with ${SHORT} records`, value: pick(short) })
    return [
      {
        name: `start to interactive, ${LONG} records`,
        value: long.all,
        unit: 'ms',
        more: false,
        baseline: { name: 'a process that does nothing', value: bare },
        goal: { of: 'value', limit: 1500 },
      },
      {
        name: 'the same, independent of log length',
        value: long.all,
        unit: 'ms',
        more: false,
        baseline: beside((times) => times.all),
        goal: { of: 'ratio', limit: 1.2 },
      },
      { name: 'loading the code', value: long.begun, unit: 'ms', more: false, baseline: beside((times) => times.begun) },
      { name: 'opening the workspace', value: long.opened, unit: 'ms', more: false, baseline: beside((times) => times.opened) },
      { name: 'list of incidents', value: long.listed, unit: 'ms', more: false, baseline: beside((times) => times.listed) },
      { name: 'first page', value: long.paged, unit: 'ms', more: false, baseline: beside((times) => times.paged) },
      { name: 'outline and last page', value: long.outlined, unit: 'ms', more: false, baseline: beside((times) => times.outlined) },
    ]
  },
}
