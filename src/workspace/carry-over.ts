import type { Replica } from '#replica/open-replica.ts'
import type { MetaKey } from '#replica/store/meta.ts'
import { purgeScopes } from '#replica/store/scope-content.ts'
import { scrubDue } from '#replica/store/scrub.ts'
import { readJoined } from './team/joined-team.ts'

/** How this device stands with its team: a backup from before must not put it back to when it stood better. */
const STANDING = ['joined', 'refused', 'lastContactAt', 'latestSeenAt', 'leaseHours'] as const satisfies readonly MetaKey[]

export type CarriedOver = { hubId: string; memberId: string | null; standing: { key: MetaKey; value: string }[]; scopes: readonly string[] }

/** What of a replica outlives its being replaced by a backup; null where it belongs to no team elsewhere. */
export function takeAlong({ store: { meta }, db }: Replica): CarriedOver | null {
  const joined = readJoined(meta)
  if (!joined) return null
  const standing = STANDING.flatMap((key) => {
    const value = meta.read(key)
    return value === null ? [] : [{ key, value }]
  })
  return { hubId: joined.hubId, memberId: meta.read('memberId'), standing, scopes: scrubDue(db)?.scopes ?? [] }
}

/** Puts it into the replica that came from a backup, if that is the same member's of the same team. */
export function putBack(replica: Replica, carried: CarriedOver | null, now: number): void {
  const { store, db } = replica
  if (!carried || readJoined(store.meta)?.hubId !== carried.hubId || store.meta.read('memberId') !== carried.memberId) return
  db.transaction(() => {
    for (const { key, value } of carried.standing) store.meta.write(key, value)
    if (carried.scopes.length > 0) purgeScopes(db, carried.scopes, now)
  })()
}
