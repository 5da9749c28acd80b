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

/** Time that passes in each step, milliseconds. */
const STEP_MS = 700

export type Outcome = {
  /** The property that did not hold, with details; null when all did. */
  fault: { property: string; detail: string } | null
  /** Hash over all events and the final state; equal for equal plans. */
  traceHash: string
  /** One line per step; empty unless requested. */
  trace: string[]
  records: number
  rejected: number
  rounds: number
  /** Number of files on the hub at the end, and of files that devices have fetched. */
  files: { sent: number; fetched: number }
  /** Number of entities in which a concurrent write of a field was superseded. */
  superseded: number
}

/** P9: a device never loses records that it has seen, unless the hub's log was replaced or the right to read it was lost. */
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
 * Runs a plan from start to end in its own folder and checks all properties.
 * @param root parent of the run's folder; the run's folder is deleted afterwards
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

/** Everybody joins and learns of one incident, so that their acts meet on the same entities. */
const PROLOGUE: readonly Step[] = [
  { do: 'act', device: 0, act: { name: 'declare', a: 0, b: 0, c: 0 }, wake: true },
  ...Array.from({ length: 6 }, (): Step => ({ do: 'burst', fate: 'arrives' })),
  ...Array.from({ length: 4 }, (_, device): Step => ({ do: 'look-again', device })),
  ...Array.from({ length: 8 }, (): Step => ({ do: 'burst', fate: 'arrives' })),
  { do: 'act', device: 0, act: { name: 'record', a: 0, b: 0, c: 0 }, wake: true },
]
