import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countFiles } from './check-evidence.ts'
import { checkAll } from './check-state.ts'
import { createDice, type Plan, type Step } from './plan.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import { hold, SimulationFault } from './simulation-fault.ts'
import { takeStep } from './take-step.ts'
import type { VirtualTimers } from './virtual-timers.ts'

/** Time that passes with each step, milliseconds. */
const STEP_MS = 700

export type Outcome = {
  /** The property that did not hold, and how; null when all did. */
  fault: { property: string; detail: string } | null
  /** Over everything that happened and everything that stands at the end: the same for the same plan. */
  traceHash: string
  /** What happened, a line a step; only when it was asked for. */
  trace: string[]
  records: number
  rejected: number
  rounds: number
  /** Files that the hub holds in the end, and those that devices have fetched. */
  files: { sent: number; fetched: number }
  /** Concurrent writes of one field of which one gave way. */
  superseded: number
}

/** P9: what a device has seen of a log it does not unsee, unless the hub's log became another or the right to it was lost. */
function createMonotony(simulation: Simulation) {
  const seen = new Map<string, number>()
  return () => {
    if (simulation.plan.faults.includes('restore')) return
    for (const device of simulation.devices) {
      const cursors = new Map(device.store.cursors().map(({ scope, seq }) => [scope, seq]))
      for (const [scope, seq] of cursors) {
        const key = `${device.name} ${scope}`
        hold('P9', seq >= (seen.get(key) ?? 0), () => `${device.name} went back in ${scope} from ${seen.get(key)} to ${seq}`)
        seen.set(key, seq)
      }
      for (const key of seen.keys())
        if (key.startsWith(`${device.name} `) && !cursors.has(key.slice(device.name.length + 1))) seen.delete(key)
    }
  }
}

function describe(simulation: Simulation): string {
  const { network, devices, hubs } = simulation
  const at = devices.map(
    ({ name, store, refused }) =>
      `${name} ${store.pendingCount().count} pending${refused ? ` ${refused}` : ''} [${store
        .cursors()
        .map(({ scope, seq, hash }) => `${scope.slice(0, 8)}${scope.slice(-4)}@${seq}:${hash.slice(0, 6)}`)
        .join(' ')}]`,
  )
  return [...network.underWay(), ...at, ...hubs.map(({ up }) => (up ? 'up' : 'down'))].join(' | ')
}

/**
 * Runs a plan from beginning to end in a folder of its own, and checks everything.
 * @param root folder under which the run's files lie, gone afterwards
 */
export async function runPlan(plan: Plan, root: string, timers: VirtualTimers, keepTrace = false): Promise<Outcome> {
  mkdirSync(root, { recursive: true })
  const folder = mkdtempSync(join(root, 'run-'))
  const digest = createHash('sha256')
  const outcome: Outcome = {
    fault: null,
    traceHash: '',
    trace: [],
    records: 0,
    rejected: 0,
    rounds: 0,
    files: { sent: 0, fetched: 0 },
    superseded: 0,
  }
  const say = (line: string) => {
    digest.update(line)
    if (keepTrace) outcome.trace.push(line)
  }
  let simulation: Simulation | null = null
  try {
    simulation = await createSimulation(folder, plan, timers)
    const run = simulation
    const checkMonotony = createMonotony(run)
    const take = async (step: Step) => {
      run.hubClock.advance(STEP_MS)
      for (const device of run.devices) device.clock.advance(STEP_MS)
      timers.advance(STEP_MS)
      await takeStep(run, step)
      run.rights.note()
      checkMonotony()
      say(`${JSON.stringify(step)} → ${describe(run)}`)
    }
    for (const step of PROLOGUE) await take(step)
    for (const step of plan.steps) await take(step)
    outcome.rounds = await run.quiesce()
    const hub = await run.hub()
    say(describe(run))
    checkAll(run, hub.db, createDice(plan.seed + 2))
    outcome.files = countFiles(run)
    Object.assign(outcome, hub.db.prepare(`SELECT count(*) AS superseded FROM entity WHERE body LIKE '%"superseded":[{%'`).get())
    Object.assign(
      outcome,
      hub.db
        .prepare(`SELECT count(*) AS records, count(*) FILTER (WHERE outcome LIKE '{"kind":"rejected"%') AS rejected FROM record`)
        .get(),
    )
  } catch (error) {
    if (error instanceof SimulationFault) outcome.fault = { property: error.property, detail: error.message }
    else outcome.fault = { property: 'faults', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    say(outcome.fault.property)
  } finally {
    simulation?.close()
    await new Promise(setImmediate)
    rmSync(folder, { recursive: true, force: true })
  }
  outcome.traceHash = digest.digest('hex')
  return outcome
}

/** Everybody joins and knows one incident, so that they meet on the same things. */
const PROLOGUE: readonly Step[] = [
  { do: 'act', device: 0, act: { name: 'declare', a: 0, b: 0, c: 0 }, wake: true },
  ...Array.from({ length: 6 }, (): Step => ({ do: 'burst', fate: 'arrives' })),
  ...Array.from({ length: 4 }, (_, device): Step => ({ do: 'look-again', device })),
  ...Array.from({ length: 8 }, (): Step => ({ do: 'burst', fate: 'arrives' })),
  { do: 'act', device: 0, act: { name: 'record', a: 0, b: 0, c: 0 }, wake: true },
]
