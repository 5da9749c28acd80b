import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makePlan } from './plan.ts'
import { runPlan } from './run-plan.ts'
import { shrinkPlan } from './shrink-plan.ts'
import { installVirtualTimers } from './virtual-timers.ts'

/**
 * Runs the simulator: `simulate --seeds N [--seed S] [--steps K] [--json]`. Seeds count up from S. The first failing plan is
 * shrunk and printed; with `--json`, one line per seed is printed instead, for the tests.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '90' },
    json: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    'keep-going': { type: 'boolean', default: false },
  },
})
const [seeds, first, steps] = [Number(values.seeds), Number(values.seed), Number(values.steps)]
const root = join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `stormroom-simulation-${process.pid}`)
const timers = installVirtualTimers()
const seen = { runs: 0, records: 0, rejected: 0, superseded: 0, sent: 0, fetched: 0, failed: 0 }
const beganAt = performance.now()

try {
  for (let seed = first; seed < first + seeds; seed++) {
    const plan = makePlan(seed, steps, TWO_AT_NIGHT)
    const outcome = await runPlan(plan, root, timers, values.trace)
    seen.runs += 1
    seen.records += outcome.records
    seen.rejected += outcome.rejected
    seen.superseded += outcome.superseded
    seen.sent += outcome.files.sent
    seen.fetched += outcome.files.fetched
    if (values.json) process.stdout.write(`${JSON.stringify({ seed, ...outcome })}\n`)
    else if (values.trace) process.stdout.write(`${outcome.trace.join('\n')}\n${outcome.traceHash}\n`)
    if (!outcome.fault) continue
    seen.failed += 1
    process.exitCode = 1
    if (values['keep-going']) {
      process.stdout.write(`seed ${seed}: ${outcome.fault.detail.slice(0, 400)}\n`)
      continue
    }
    const small = await shrinkPlan(plan, outcome.fault.property, (one) => runPlan(one, root, timers, true))
    process.stdout.write(
      `\nSeed ${seed} fails with ${steps} steps: ${outcome.fault.detail}\n\nMade smaller (${small.runs} runs):\n${JSON.stringify({ ...small.plan, steps: undefined })}\n`,
    )
    process.stdout.write(
      `${small.outcome.trace.join('\n')}\n\n${small.outcome.fault?.detail ?? ''}\n\nAgain: npm run simulate -- --seeds 1 --seed ${seed} --steps ${steps}\n`,
    )
    break
  }
} finally {
  timers.uninstall()
  rmSync(root, { recursive: true, force: true })
}
if (!values.json)
  process.stdout.write(
    `${seen.runs} seeds, ${seen.records} records, ${seen.rejected} of them rejections, ${seen.superseded} fields superseded, ${seen.sent} files sent and ${seen.fetched} fetched, ${seen.failed} failed, ${((performance.now() - beganAt) / 1000).toFixed(1)} s\n`,
  )
