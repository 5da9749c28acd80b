import type { ScopeHead } from '#contract/hub-link.ts'
import { createFence } from './fence.ts'
import type { Hub } from './open-hub.ts'

type Edge = { folder: string; hubId: string; log(level: 'error' | 'warn', message: string, detail?: Record<string, unknown>): void }

/** Watches whether the log still holds what it acknowledged. */
export type GoingBackWatch = {
  /** Checks that the log still holds what was acknowledged last. */
  look(): Promise<void>
  /** Called when a device has shown that the log lacks records. */
  found(epoch: string): Promise<void>
  /** Notes the heads of scopes that moved and are announced. */
  note(heads: readonly ScopeHead[]): void
  close(): void
}

/**
 * Detects that the log lacks what it acknowledged: the database was reset to an older state, or replaced by a server that lagged. A
 * new epoch then begins automatically.
 */
export async function watchForGoingBack(hub: Hub, { folder, hubId, log }: Edge): Promise<GoingBackWatch> {
  const fence = createFence(folder, hubId, (error) =>
    log('warn', 'What was acknowledged last could not be noted beside the database', {
      error: error instanceof Error ? error.message : String(error),
    }),
  )

  /** The latest heads, oldest first. */
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
      // A different epoch was noted: either a newer one has begun since, or the database is from before the noted epoch.
    } else if (noted !== '' && !(await hub.epochs.list()).some(({ id }) => id === noted)) await begin(epoch)
    fence.begin(await hub.epoch(), await standing())
  }

  await look()
  return {
    look,
    async found(epoch) {
      await begin(epoch)
      await look()
    },
    note: (heads) => fence.note(heads),
    close: () => fence.close(),
  }
}
