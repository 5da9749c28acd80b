import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Benchmark } from './benchmark.ts'
import { entryText } from './entry-texts.ts'
import { STARTED_AT } from './op-texts.ts'
import { createRandom } from './random.ts'

const ROWS = 100_000
const run = promisify(execFile)
const Outcome = z.object({
  checkSeconds: z.number(),
  writeSeconds: z.number(),
  closeSeconds: z.number(),
  deafMs: z.number(),
  deafP99Ms: z.number(),
  memoryMb: z.number(),
})

function writeTable(file: string): void {
  const random = createRandom(13)
  const lines = ['时间,内容,来源']
  for (let index = 0; index < ROWS; index++)
    lines.push(`${new Date(STARTED_AT + index * 7000).toISOString()},"${entryText(random, index)}",微博`)
  writeFileSync(file, `${lines.join('\n')}\n`)
}

/** Checks and writes a long file in its own process, and measures the effect on screens. */
export const importBenchmark: Benchmark = {
  name: 'import',
  about: `a CSV file of ${ROWS} rows: checked, then written as entries (outbox, view, full text, hub), in a process of its own`,
  async run(workshop) {
    const folder = workshop.folder()
    const file = join(folder, 'rows.csv')
    writeTable(file)
    const { stdout } = await run(process.execPath, [fileURLToPath(new URL('import-file.ts', import.meta.url)), join(folder, 'data'), file])
    const outcome = Outcome.parse(JSON.parse(stdout))
    return [
      { name: 'check', value: ROWS / outcome.checkSeconds, unit: 'rows/s', more: true },
      { name: 'write', value: ROWS / outcome.writeSeconds, unit: 'rows/s', more: true },
      { name: 'sync still to do at the end', value: outcome.closeSeconds, unit: 's', more: false },
      { name: 'longest time deaf', value: outcome.deafMs, unit: 'ms', more: false, goal: { of: 'value', limit: 200 } },
      { name: 'deaf p99', value: outcome.deafP99Ms, unit: 'ms', more: false },
      { name: 'memory on top', value: outcome.memoryMb, unit: 'MB', more: false },
    ]
  },
}
