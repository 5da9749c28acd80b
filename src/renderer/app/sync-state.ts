import type { SyncView } from '#contract/workspace-api.ts'

export type SyncState = 'lost' | 'missing' | 'attention' | 'stopped' | 'lease' | 'away' | 'pending' | 'synced'

/**
 * The sync state of this device, most severe first: `lost`: no connection to the data service; `missing`: the hub lost data that it had
 * confirmed; `attention`: rejected ops to resolve; `stopped`: refused by the hub; `lease`: offline for more than half of the lease; `away`:
 * offline; `pending`: changes are waiting; `synced`: all sent.
 * @param connected whether the page reaches the data service
 * @param away whether the hub has been unreachable for longer than a moment
 */
export function syncState(sync: SyncView, connected: boolean, away: boolean, now: number): SyncState {
  if (!connected) return 'lost'
  if (sync.missing.scopes + sync.missing.records > 0) return 'missing'
  if (sync.needsAttention > 0) return 'attention'
  if (sync.to && sync.refused !== null) return 'stopped'
  if (sync.to && away) {
    const { lastContactAt, leaseEndsAt } = sync
    return lastContactAt !== null && leaseEndsAt !== null && now > (lastContactAt + leaseEndsAt) / 2 ? 'lease' : 'away'
  }
  return sync.pending + sync.filesWaiting > 0 ? 'pending' : 'synced'
}
