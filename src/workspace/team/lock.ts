import { leaseStanding } from '#domain/members/lease.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { WorkspaceLock } from '#contract/workspace-api.ts'
import type { DeviceKeys } from './device-keys.ts'
import { readJoined } from './joined-team.ts'
import { unsentCount } from './unsent.ts'

/** Refusals after which nothing is shown any more; the others only stop the sync. */
const LOCKING = ['member-revoked', 'contract-ended', 'session-revoked', 'session-unknown'] as const

/**
 * Why a device shows none of its data: the hub refused it at the last contact, its lease has expired, or the key of its session
 * token is lost; then its user must sign in again, as if the hub did not know the session.
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
