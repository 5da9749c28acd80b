import type { Db } from '#storage/open-database.ts'

export type MetaKey =
  | 'replicaId'
  | 'memberId'
  | 'hlc'
  | 'counter'
  | 'knownTypes'
  | 'preferences'
  /** The hub this replica belongs to, its key, and which life of its log was met last. */
  | 'hubId'
  | 'hubKey'
  | 'epoch'
  /** What must be added to this device's clock to have the hub's, milliseconds. */
  | 'clockOffset'
  /** See `domain/members/lease.ts`. */
  | 'lastContactAt'
  | 'latestSeenAt'
  | 'leaseHours'
  /** Why the hub turned this device away when it was last met; empty when it did not. */
  | 'refused'
  /** Set while something that was purged may still lie in the file or in copies of it; see `scrub.ts`. */
  | 'scrub'
  /** Of the mirror at the hub: what its files can be used by. */
  | 'form'
  | 'admission'
  /** The team this replica has joined, and how this machine hosts one; see `workspace/team/joined-team.ts`. */
  | 'joined'
  | 'hosted'

/** The few single values a replica keeps. Read from the file each time: two processes may share one data folder. */
export function createMeta(db: Db) {
  const find = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const save = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const read = (key: MetaKey): string | null => find.get(key)?.value ?? null
  return {
    read,
    require(key: MetaKey): string {
      const value = read(key)
      if (value === null) throw new Error(`The replica has no ${key}`)
      return value
    },
    write: (key: MetaKey, value: string) => void save.run(key, value),
  }
}

export type Meta = ReturnType<typeof createMeta>
