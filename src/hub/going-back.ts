import type { ScopeHead } from '#contract/hub-link.ts'
import { createFence } from './fence.ts'
import type { Hub } from './open-hub.ts'

type Edge = { folder: string; hubId: string; log(level: 'error' | 'warn', message: string, detail?: Record<string, unknown>): void }

/**
 * Notices that the log went back behind what was acknowledged: the database was put back to an older state, or another server took
 * its place that had not everything. A new epoch begins then, by itself.
 */
export async function watchForGoingBack(hub: Hub, { folder, hubId, log }: Edge) {
  const fence = createFence(folder, hubId, (error) =>
    log('warn', 'What was acknowledged last could not be noted beside the database', {
      error: error instanceof Error ? error.message : String(error),
    }),
  )

  /** Where everything stands, what moved last at the end. */
  const standing = async (): Promise<ScopeHead[]> => (await hub.log.latestHeads()).toReversed()

  async function begin(from: string): Promise<void> {
    if (await hub.epochs.begin('went-back', from))
      log('error', 'The database is older than what this hub has acknowledged; a new epoch begins, and devices offer again what it lacks')
  }

  async function look(): Promise<void> {
    const [noted, epoch] = [fence.epoch(), await hub.epoch()]
    if (noted === epoch) {
      if (!(await hub.log.lacks(fence.heads()))) return
      await begin(epoch)
      // Another epoch than the one noted is one that has begun since, or it is from before that one.
    } else if (noted !== '' && !(await hub.epochs.list()).some(({ id }) => id === noted)) await begin(epoch)
    fence.begin(await hub.epoch(), await standing())
  }

  await look()
  return {
    /** Looks whether the log still holds what was acknowledged last. */
    look,
    /** It does not: somebody has shown it. */
    async found(epoch: string): Promise<void> {
      await begin(epoch)
      await look()
    },
    /** Scopes moved, and somebody is told. */
    note: (heads: readonly ScopeHead[]) => fence.note(heads),
    close: () => fence.close(),
  }
}
