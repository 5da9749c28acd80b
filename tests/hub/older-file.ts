import Database from 'better-sqlite3'

/**
 * Makes a hub's file one of an earlier version.
 * @param tables patterns (LIKE) of the tables that it did not have
 * @param steps how many versions earlier
 */
export function makeOlder(file: string, tables: readonly string[], steps: number): void {
  const db = new Database(file)
  const later = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE ?").pluck()
  for (const name of tables.flatMap((pattern) => later.all(pattern))) db.exec(`DROP TABLE ${String(name)}`)
  db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true })) - steps}`)
  db.close()
}
