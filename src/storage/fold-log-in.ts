import Database from 'better-sqlite3'

/**
 * Brings what lies in the log beside a database into the database itself, so that the one file is all of it. Nobody else may
 * have it open.
 * @returns false where the file cannot be read
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
