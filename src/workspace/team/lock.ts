import { leaseStanding } from '#domain/members/lease.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { WorkspaceLock } from '#contract/workspace-api.ts'
import type { DeviceKeys } from './device-keys.ts'
import { readJoined } from './joined-team.ts'
import { unsentCount } from './unsent.ts'

/** Refusals after which nothing is shown any more; the others only stop the sync. */
const LOCKING = ['member-revoked', 'contract-ended', 'session-revoked', 'session-unknown'] as const

/**
 * Why a device shows nothing of what it holds: it was turned away when it last met the hub, has not met it for longer than its
 * lease, or has lost the key to what the hub knows it by: it has to sign in again, as where the hub does not know it.
 * @param now this device's clock, milliseconds since 1970
 */
export function lockOf(replica: Replica, keys: DeviceKeys, now: number): WorkspaceLock | null {
  const joined = readJoined(replica.store.meta)
  if (!joined) return null
  const refusal = replica.contact.refusal()
  const reason = LOCKING.find((one) => one === refusal)
  const terms = replica.contact.terms()
  const lost = keys.open(joined.token).kind === 'lost' ? 'session-unknown' : null
  const why = reason ?? lost ?? (leaseStanding(terms, now).over ? 'lease-over' : null)
  if (!why) return null
  return {
    reason: why,
    teamName: joined.teamName,
    address: joined.url,
    login: joined.login,
    lastContactAt: terms.lastContactAt,
    unsent: unsentCount(replica),
  }
}
