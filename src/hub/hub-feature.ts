import type { BackgroundWork } from './background-work.ts'

/** Work that comes round by itself as long as the hub runs. */
export type Round = { everyMs: number; run(): Promise<unknown> }

/** What a feature of the hub does unasked. Each leaves out what it has no need of; what it answers, `team/` lists. */
export type HubFeature = {
  name: string
  /** Brings into today's form what earlier versions have stored, before anybody is served. In the order of the list. */
  settle?(): Promise<unknown>
  /** Done once in the background when the hub has begun. */
  begin?(): Promise<unknown>
  rounds?: readonly Round[]
  /** Takes away what is needed no longer, once an hour. */
  sweep?(): Promise<unknown>
  /** Begins nothing more; awaited before the database is closed. */
  close?(): unknown
}

const SWEEP_MS = 60 * 60_000

/**
 * Starts what the features do by themselves.
 * @param background takes up the work, and what it throws
 * @returns ends all rounds, and resolves once every feature is closed
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
