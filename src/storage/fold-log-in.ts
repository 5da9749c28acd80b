import Database from 'better-sqlite3'

/**
 * Writes the WAL of a database into the database file, so that the single file is complete. No other connection may have it
 * open.
 * @returns false if the file cannot be read
 */
export function checkpointWal(file: string): boolean {
  try {
    const db = new Database(file, { fileMustExist: true })
    try {
      db.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
    return true
  } catch {
    return false
  }
}
