import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { ImportPlan } from '#contract/import-api.ts'
import { expectDone } from './expect-done.ts'
import { openBenchWorkspace } from './open-workspace.ts'

/** Runs in its own process: imports a file into a new workspace and prints the duration, the event loop delay and the memory. */
const [dataFolder = '', path = ''] = process.argv.slice(2)
const { handlers, close } = await openBenchWorkspace(dataFolder)
expectDone(await handlers['workspace.setUp']({ name: '林晚', role: 'commander', language: 'zh-Hans' }))
const declared = expectDone(
  await handlers['incidents.declare']({
    title: '导入',
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
    known: '',
    mode: 'real',
  }),
)
const reading = { encoding: 'auto', format: 'auto', zone: 'Asia/Shanghai', dateOrder: 'ymd' } as const
const memoryBefore = process.memoryUsage.rss()
let memoryPeak = memoryBefore

async function follow(jobId: string, phase: 'checked' | 'complete'): Promise<number> {
  const from = performance.now()
  for (;;) {
    const job = expectDone(await handlers['imports.job']({ jobId }))
    if (job.phase === phase) return (performance.now() - from) / 1000
    if (job.failure) throw new Error(JSON.stringify(job.failure))
    memoryPeak = Math.max(memoryPeak, process.memoryUsage.rss())
    await wait(50)
  }
}

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const table = expectDone(await handlers['imports.inspect']({ incidentId: declared.id, source: { path }, reading }))
const plan: ImportPlan = {
  target: 'timeline',
  mapping: { happenedAt: table.columns[0] ?? '', text: [table.columns[1] ?? ''], defaultKind: 'observation' },
}
const { jobId } = expectDone(await handlers['imports.check']({ incidentId: declared.id, sourceId: table.sourceId, reading, plan }))
const checkSeconds = await follow(jobId, 'checked')
expectDone(await handlers['imports.write']({ jobId }))
const writeSeconds = await follow(jobId, 'complete')
delay.disable()
const settledFrom = performance.now()
await close()
process.stdout.write(
  JSON.stringify({
    checkSeconds,
    writeSeconds,
    closeSeconds: (performance.now() - settledFrom) / 1000,
    deafMs: delay.max / 1e6,
    deafP99Ms: delay.percentile(99) / 1e6,
    memoryMb: (memoryPeak - memoryBefore) / 2 ** 20,
  }),
)
process.exit(0)
