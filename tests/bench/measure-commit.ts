import { incidentScope } from '#domain/log/ids.ts'
import { openBareFile } from './bare-disk.ts'
import type { Benchmark } from './benchmark.ts'
import { fillDataFolder, openBareReplica } from './data-folders.ts'
import { entryText } from './entry-texts.ts'
import { percentile } from './percentiles.ts'
import { createRandom } from './random.ts'

const COMMITS = 1000

/** Figure 1: the commit that a click waits for, compared with a bare durable write. They alternate, so that a slow moment affects both. */
export const commitBenchmark: Benchmark = {
  name: 'commit',
  about: `one timeline entry through store.commit (outbox, view, full text; synchronous=FULL), ${COMMITS} commits, against a bare 4 KB write + fdatasync`,
  async run(workshop) {
    const folder = workshop.folder()
    const { incidentIds } = await fillDataFolder(folder, { seed: 1, entries: [2000] }, workshop.say)
    const replica = openBareReplica(folder)
    const bare = openBareFile(folder)
    const random = createRandom(2)
    const commits: number[] = []
    const writes: number[] = []
    const scope = incidentScope(incidentIds[0] ?? '')
    for (let index = 0; index < COMMITS; index++) {
      const draft = {
        scope,
        kind: 'entry',
        id: crypto.randomUUID(),
        type: 'entry.record',
        body: { kind: 'observation', text: entryText(random, index), happenedAt: Date.now() },
      }
      const from = performance.now()
      const result = replica.store.commit([draft])
      const between = performance.now()
      bare.writeAndSync()
      writes.push(performance.now() - between)
      commits.push(between - from)
      if (!result.ok) throw new Error(JSON.stringify(result.failure))
    }
    bare.close()
    await replica.close()
    return [
      {
        name: 'commit p50',
        value: percentile(commits, 0.5),
        unit: 'ms',
        more: false,
        baseline: { name: 'bare fdatasync p50', value: percentile(writes, 0.5) },
      },
      {
        name: 'commit p99',
        value: percentile(commits, 0.99),
        unit: 'ms',
        more: false,
        baseline: { name: 'bare fdatasync p99', value: percentile(writes, 0.99) },
        goal: { of: 'ratio', limit: 3 },
      },
    ]
  },
}
