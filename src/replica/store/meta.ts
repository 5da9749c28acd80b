import type { Db } from '#storage/open-database.ts'

export type MetaKey =
  | 'replicaId'
  | 'memberId'
  | 'hlc'
  | 'counter'
  | 'knownTypes'
  | 'preferences'
  /** The hub this replica belongs to, its key, and the epoch of the last contact. */
  | 'hubId'
  | 'hubKey'
  | 'epoch'
  /** What to add to this device's clock to get the hub's, milliseconds. */
  | 'clockOffset'
  /** See `domain/members/lease.ts`. */
  | 'lastContactAt'
  | 'latestSeenAt'
  | 'leaseHours'
  /** Why the hub refused this device at the last contact; empty if it did not. */
  | 'refused'
  /** Set while purged content may remain in the file or in copies of it; see `scrub.ts`. */
  | 'scrub'
  /** In the replica that the hub makes snapshots from: the form that its files require. */
  | 'form'
  | 'admission'
  /** The team this replica has joined, and how this machine hosts one; see `workspace/team/joined-team.ts`. */
  | 'joined'
  | 'hosted'

export type Meta = {
  read(key: MetaKey): string | null
  /** Throws when the value is missing. */
  require(key: MetaKey): string
  write(key: MetaKey, value: string): void
}

/** The single values of a replica. Read from the file each time, because two processes may share one data folder. */
export function createMeta(db: Db): Meta {
  const find = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const save = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const read = (key: MetaKey): string | null => find.get(key)?.value ?? null
  return {
    read,
    require(key) {
      const value = read(key)
      if (value === null) throw new Error(`The replica has no ${key}`)
      return value
    },
    write: (key, value) => void save.run(key, value),
  }
}
