import type { BackgroundWork } from './background-work.ts'

/** Work that repeats while the hub runs. */
export type Round = { everyMs: number; run(): Promise<unknown> }

/** What a feature of the hub does on its own; all parts are optional. The calls that it answers are listed in `team/`. */
export type HubFeature = {
  name: string
  /** Migrates data of earlier versions before the hub serves. Runs in the order of the list. */
  settle?(): Promise<unknown>
  /** Runs once in the background after the start. */
  begin?(): Promise<unknown>
  rounds?: readonly Round[]
  /** Deletes what is no longer needed, once an hour. */
  sweep?(): Promise<unknown>
  /** Stops starting work; awaited before the database is closed. */
  close?(): unknown
}

const SWEEP_MS = 60 * 60_000

/**
 * Starts the background work of the features.
 * @param background runs the work and handles its errors
 * @returns a function that ends all rounds and resolves once every feature is closed
 */
export function startFeatures(features: readonly HubFeature[], background: BackgroundWork): () => Promise<void> {
  for (const { begin } of features) if (begin) background.run(async () => void (await begin()))
  const sweep = async () => void (await Promise.all(features.map((feature) => feature.sweep?.())))
  const rounds: readonly Round[] = [...features.flatMap((feature) => feature.rounds ?? []), { everyMs: SWEEP_MS, run: sweep }]
  const intervals = rounds.map(({ everyMs, run }) => setInterval(() => background.run(async () => void (await run())), everyMs).unref())
  return async () => {
    for (const interval of intervals) clearInterval(interval)
    for (const { close } of features) await close?.()
  }
}
