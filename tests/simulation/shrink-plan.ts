import type { Plan } from './plan.ts'
import type { Outcome } from './run-plan.ts'

const MOST_RUNS = 400

export type Shrunk = { plan: Plan; outcome: Outcome; runs: number }

/**
 * Shrinks a failing plan while the same property still fails: fewer steps, then fewer hubs and devices, then milder fates.
 */
export async function shrinkPlan(plan: Plan, property: string, run: (plan: Plan) => Promise<Outcome>): Promise<Shrunk> {
  let best: Shrunk = { plan, outcome: await run(plan), runs: 1 }
  let runs = 1

  async function holds(candidate: Plan): Promise<boolean> {
    if (runs >= MOST_RUNS) return false
    runs += 1
    const outcome = await run(candidate)
    if (outcome.fault?.property !== property) return false
    best = { plan: candidate, outcome, runs }
    return true
  }

  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.plan.steps.length;) {
      const fewer = { ...best.plan, steps: best.plan.steps.toSpliced(at, size) }
      if (!(await holds(fewer))) at += size
    }
  }
  if (best.plan.hubs === 2) await holds({ ...best.plan, hubs: 1 })
  while (best.plan.devices.length > 1 && (await holds({ ...best.plan, devices: best.plan.devices.slice(0, -1) }))) continue
  while (
    best.plan.places.length > 1 &&
    best.plan.devices.every((member) => member < best.plan.places.length - 1) &&
    (await holds({ ...best.plan, places: best.plan.places.slice(0, -1) }))
  )
    continue
  for (const [at, step] of best.plan.steps.entries()) {
    if ('fate' in step && step.fate !== 'arrives')
      await holds({ ...best.plan, steps: best.plan.steps.with(at, { ...step, fate: 'arrives' }) })
  }
  return { ...best, runs }
}
