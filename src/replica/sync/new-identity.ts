import type { Db } from '#storage/open-database.ts'

/**
 * Gives a device that runs with a copy of another's data folder its own identity. Ops in the outbox keep their ids, so that the
 * hub recognizes those it has from either device; from now on the new device is their author.
 */
export function takeNewIdentity(db: Db, replicaId: string): void {
  db.transaction(() => {
    const rename = db.prepare('UPDATE outbox SET bytes = ? WHERE place = ?')
    const pending = db.prepare<[], { place: number; bytes: string }>('SELECT place, bytes FROM outbox ORDER BY place').all()
    let counter = 0
    for (const { place, bytes } of pending) {
      counter += 1
      rename.run(withIdentity(bytes, replicaId, counter), place)
    }
    const save = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    save.run('replicaId', replicaId)
    save.run('counter', String(counter))
  }).immediate()
}

/** The same op with the identity of another device; text that is no op stays as it is, for the hub to refuse. */
function withIdentity(bytes: string, replicaId: string, counter: number): string {
  try {
    const op = JSON.parse(bytes) as unknown
    return typeof op === 'object' && op !== null && !Array.isArray(op) ? JSON.stringify({ ...op, replicaId, counter }) : bytes
  } catch {
    return bytes
  }
}
