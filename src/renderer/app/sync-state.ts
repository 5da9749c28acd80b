import type { SyncView } from '#contract/workspace-api.ts'

export type SyncState = 'lost' | 'missing' | 'attention' | 'stopped' | 'lease' | 'away' | 'pending' | 'synced'

/**
 * How this device stands with those it writes for, the gravest first: no way to its own data service; something that
 * the team's server had confirmed is gone from it; something to be decided;
 * turned away by the team; away from it for more than half of the time it may show what it holds; away; waiting; all sent.
 * @param connected whether the page reaches the data service
 * @param away whether the team has been out of reach for longer than a moment
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
