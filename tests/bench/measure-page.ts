import { cpSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { connectApi } from '#contract/api-wire.ts'
import type { ApiClient } from '#contract/api.ts'
import { PAGE_SIZE, type TimelineFilter } from '#contract/timeline-api.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { fillDataFolder } from './data-folders.ts'
import { expectDone } from './expect-done.ts'
import { percentile, timeEach, timeEachLater } from './percentiles.ts'
import { portChannel } from './port-channel.ts'
import { createRandom } from './random.ts'

const ENTRIES = 100_000
const READS = 300
const WRITES = 150
const ZONE = 'Asia/Shanghai'
const GOAL = { of: 'value', limit: 5 } as const

async function measure(client: ApiClient): Promise<Figure[]> {
  const incidentId = expectDone(await client.call('incidents.list', {}))[0]?.id ?? ''
  const filter: TimelineFilter = { order: 'happened' }
  const random = createRandom(11)
  const pages = Math.floor(ENTRIES / PAGE_SIZE)
  const readPage = async () => expectDone(await client.call('timeline.page', { incidentId, filter, page: random.below(pages) }))
  const readOutline = async () => expectDone(await client.call('timeline.outline', { incidentId, filter, zone: ZONE }))

  const readDensity = async () => expectDone(await client.call('timeline.density', { incidentId, filter, zone: ZONE }))

  const firstOutline = await timeEachLater(1, readOutline)
  const quiet = await timeEachLater(READS, readPage)
  const afterWrite: number[] = []
  const outlines: number[] = []
  const densities: number[] = []
  for (let index = 0; index < WRITES; index++) {
    expectDone(await client.call('timeline.record', { incidentId, kind: 'observation', text: `第 ${index} 条新的观察` }))
    // The screen is notified of the change, then requests the outline and the visible page.
    afterWrite.push(...(await timeEachLater(1, readPage)))
    outlines.push(...(await timeEachLater(1, readOutline)))
    densities.push(...(await timeEachLater(1, readDensity)))
  }
  const page = await readPage()
  const clones = timeEach(READS, () => void structuredClone(page))

  const clone = { name: 'structuredClone of that page', value: percentile(clones, 0.99) }
  return [
    {
      name: 'page p50',
      value: percentile(quiet, 0.5),
      unit: 'ms',
      more: false,
      baseline: { name: 'structuredClone of that page', value: percentile(clones, 0.5) },
    },
    { name: 'page p99', value: percentile(quiet, 0.99), unit: 'ms', more: false, baseline: clone, goal: GOAL },
    { name: 'page right after a write, p99', value: percentile(afterWrite, 0.99), unit: 'ms', more: false, baseline: clone, goal: GOAL },
    { name: 'outline after a write, p99', value: percentile(outlines, 0.99), unit: 'ms', more: false },
    { name: 'density strip after a write, p99', value: percentile(densities, 0.99), unit: 'ms', more: false },
    { name: 'first outline', value: percentile(firstOutline, 1), unit: 'ms', more: false },
  ]
}

/** Figure 8: pages of a long timeline as a screen requests them, over a message port from another thread. */
export const pageBenchmark: Benchmark = {
  name: 'page',
  about: `${READS} random pages of ${PAGE_SIZE} of a timeline of ${ENTRIES} through the UI contract over a message port, quiet and with a write before each`,
  async run(workshop) {
    const made = await workshop.dataSet(
      `timeline-${ENTRIES}`,
      async (folder) => void (await fillDataFolder(folder, { seed: 5, entries: [ENTRIES] }, workshop.say)),
    )
    const folder = workshop.folder()
    cpSync(made, folder, { recursive: true })
    const worker = new Worker(new URL('workspace-worker.ts', import.meta.url), { workerData: folder })
    try {
      return await measure(connectApi(portChannel(worker), () => undefined))
    } finally {
      await worker.terminate()
    }
  },
}
