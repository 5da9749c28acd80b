import type { Replica } from '#replica/open-replica.ts'
import type { MetaKey } from '#replica/store/meta.ts'
import { purgeScopes } from '#replica/store/scope-content.ts'
import { scrubDue } from '#replica/store/scrub.ts'
import { readJoined } from './team/joined-team.ts'

/** This device's membership state: restoring a backup must not reset it to an earlier, more permissive one. */
const STANDING = ['joined', 'refused', 'lastContactAt', 'latestSeenAt', 'leaseHours'] as const satisfies readonly MetaKey[]

export type CarriedOver = { hubId: string; memberId: string | null; standing: { key: MetaKey; value: string }[]; scopes: readonly string[] }

/** What survives when a backup replaces the replica; null without a team elsewhere. */
export function takeAlong({ store: { meta }, db }: Replica): CarriedOver | null {
  const joined = readJoined(meta)
  if (!joined) return null
  const standing = STANDING.flatMap((key) => {
    const value = meta.read(key)
    return value === null ? [] : [{ key, value }]
  })
  return { hubId: joined.hubId, memberId: meta.read('memberId'), standing, scopes: scrubDue(db)?.scopes ?? [] }
}

/** Writes it to the replica from the backup, if that is the same member's in the same team. */
export function putBack(replica: Replica, carried: CarriedOver | null, now: number): void {
  const { store, db } = replica
  if (!carried || readJoined(store.meta)?.hubId !== carried.hubId || store.meta.read('memberId') !== carried.memberId) return
  db.transaction(() => {
    for (const { key, value } of carried.standing) store.meta.write(key, value)
    if (carried.scopes.length > 0) purgeScopes(db, carried.scopes, now)
  })()
}
