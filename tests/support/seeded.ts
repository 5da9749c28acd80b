import fc from 'fast-check'

/** Time for shrinking a failing property, which is then reported with its seed; a slow machine tries fewer cases. */
const TIME_LIMIT_MS = 40_000

/**
 * Settings of a property: the same seed unless STORMROOM_SEED names another, and more runs with STORMROOM_RUNS (a factor, which
 * also lifts the time limit), for a nightly search. fast-check prints seed and path of a failure; both together replay it.
 */
export function seeded(numRuns: number): { seed: number; numRuns: number; interruptAfterTimeLimit: number } {
  const seed = Number(process.env['STORMROOM_SEED'] ?? 20260315)
  const factor = Number(process.env['STORMROOM_RUNS'] ?? 1)
  return { seed, numRuns: Math.ceil(numRuns * factor), interruptAfterTimeLimit: TIME_LIMIT_MS * Math.max(1, factor) }
}

/** A canonical lower-case UUID drawn from the run's seed. */
export const anyUuid = fc.uuid({ version: 7 })

/** A small generator of numbers in [0, 1) for choices within a run; the same seed gives the same run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** UUIDs in ascending order, the same for the same seed: version 7 in form, with a running number instead of the time. */
export function createUuids(seed: number): () => string {
  const random = createRandom(seed)
  let made = 0
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  return () => {
    made += 1
    const count = made.toString(16).padStart(12, '0')
    return `${count.slice(0, 8)}-${count.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(12)}`
  }
}
