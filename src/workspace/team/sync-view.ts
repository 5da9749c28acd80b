import { leaseStanding } from '#domain/members/lease.ts'
import type { Replica } from '#replica/open-replica.ts'
import { timeCorrection } from '#replica/store/clock-offset.ts'
import { missingCount } from '#replica/store/set-aside.ts'
import type { SyncView } from '#contract/workspace-api.ts'
import { attentionItems } from '../attention.ts'
import type { Connection } from './connection.ts'
import { readJoined } from './joined-team.ts'

/**
 * The sync status of this device: what is pending, since when, for whom, and the terms of its lease.
 * @param replica null if the database cannot be read
 * @param now this device's clock, milliseconds since 1970
 */
export function syncView(replica: Replica | null, connection: Connection | null, now: number): SyncView {
  if (!replica)
    return {
      pending: 0,
      pendingSince: null,
      connected: false,
      needsAttention: 0,
      to: null,
      lastContactAt: null,
      leaseEndsAt: null,
      refused: null,
      trouble: null,
      filesWaiting: 0,
      missing: { scopes: 0, records: 0 },
    }
  const pending = replica.store.pendingCount()
  const joined = readJoined(replica.store.meta)
  const terms = replica.contact.terms()
  // These are noted by this device's clock; screens show the team's time.
  const offset = timeCorrection(replica.store.meta)
  const shown = (at: number | null) => (at === null ? null : at + offset)
  return {
    pending: pending.count,
    pendingSince: shown(pending.since),
    connected: connection?.sync?.connected ?? false,
    needsAttention: attentionItems(replica).length,
    to: joined && { teamName: joined.teamName, address: joined.url },
    lastContactAt: shown(terms.lastContactAt),
    leaseEndsAt: joined ? shown(leaseStanding(terms, now).endsAt) : null,
    refused: replica.contact.refusal(),
    trouble: connection?.sync?.connected === true ? null : (connection?.link?.trouble?.() ?? null),
    filesWaiting: replica.filesWaiting(),
    missing: missingCount(replica.db),
  }
}
