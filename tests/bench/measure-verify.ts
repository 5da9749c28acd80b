import { hash } from 'node:crypto'
import { verifyChains } from '#workspace/verify-log.ts'
import type { Benchmark } from './benchmark.ts'
import { fillDataFolder, openBareHub } from './data-folders.ts'

const RECORDS = 100_000

/** The speed of verifying a log's hash chain, compared with only reading and hashing its bytes. */
export const verifyBenchmark: Benchmark = {
  name: 'verify',
  about: `chain of ${RECORDS} records followed from the first, against SELECT and SHA-256 of their bytes alone`,
  async run(workshop) {
    const folder = await workshop.dataSet(
      `timeline-${RECORDS}`,
      async (empty) => void (await fillDataFolder(empty, { seed: 5, entries: [RECORDS] }, workshop.say)),
    )
    const hub = openBareHub(folder)
    const from = performance.now()
    const scopes = await verifyChains(hub.db, 'scope_head')
    const verified = (performance.now() - from) / 1000
    if (scopes.some(({ fault }) => fault !== null)) throw new Error('The chain of the data set is broken')
    const records = scopes.reduce((sum, scope) => sum + scope.records, 0)
    const bareFrom = performance.now()
    for (const { bytes } of hub.db.prepare<[], { bytes: string }>('SELECT bytes FROM record ORDER BY scope, seq').iterate())
      hash('sha256', bytes)
    const bare = (performance.now() - bareFrom) / 1000
    await hub.close()
    return [
      {
        name: 'verify',
        value: records / verified,
        unit: 'records/s',
        more: true,
        baseline: { name: 'read and hash alone', value: records / bare },
      },
    ]
  },
}
