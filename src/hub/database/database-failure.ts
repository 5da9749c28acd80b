import { sqliteCode } from '#storage/open-database.ts'

/** The SQLSTATE of an error that PostgreSQL has answered with, or null. */
function sqlState(error: unknown): string | null {
  return error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : null
}

/** Another node was at the same rows: nothing was written, and the same again will go through. */
export function isRace(error: unknown): boolean {
  // Serialisation, deadlock, and a name that another node took between the look and the insert.
  return ['40001', '40P01', '23505'].includes(sqlState(error) ?? '')
}

/** A disk that failed under a commit of SQLite: nobody knows what of it is on disk. */
export function isDiskFailure(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_IOERR') ?? false
}

/** The database itself is out of reach, out of room or failing: no op is at fault, and none would fare better alone. */
export function isOutage(error: unknown): boolean {
  const code = sqliteCode(error)
  if (code !== null) return /^SQLITE_(IOERR|FULL|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB)/u.test(code)
  const state = sqlState(error)
  // Connection, resources, a lock that is not let go, an operator who stops the server, the system around it.
  if (state !== null) return /^(08|53|55P03|57|58|25006)/u.test(state)
  return error instanceof Error && ('errno' in error || /^Connection terminated|timeout exceeded when trying to connect/u.test(error.message))
}
