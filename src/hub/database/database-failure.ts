import { sqliteCode } from '#storage/open-database.ts'
import type { PostgresTrouble } from './postgres-settings.ts'

/** The server would not store data durably or unchanged, or takes no writes. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase'
  readonly trouble: PostgresTrouble
  constructor(trouble: PostgresTrouble) {
    super(`The database cannot serve: ${JSON.stringify(trouble)}`)
    this.trouble = trouble
  }
}

/** The SQLSTATE of a PostgreSQL error, or null. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : null
}

/** A conflict with another node: nothing was written; a retry will succeed. */
export function isRace(error: unknown): boolean {
  // Serialization failure, deadlock, and a key that another node inserted after the check.
  return ['40001', '40P01', '23505'].includes(sqlState(error) ?? '')
}

/** A lock timeout: another transaction holds a requested row, and jobs about other rows should not wait. */
export function isHeld(error: unknown): boolean {
  return sqlState(error) === '55P03'
}

/** Driver messages for a connection that ended during a query. */
const ENDED = /^(Connection terminated|Client has encountered a connection error|Client was closed|Postgres connection has been discarded)/u

/** System error codes for a failed connection; an error of several attempts has no code of its own. */
const NO_LINE = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/u

/** Driver messages for a server that did not answer in time. */
const SILENT =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated due to connection timeout|timeout expired)/u

/**
 * A transaction that was interrupted by a timeout, an operator, or a lost connection. It may have been committed; a resubmission
 * gets the existing records.
 */
export function isCutOff(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== null) return /^(25P0[23]|57014|57P0[1-3]|08)/u.test(state)
  return (
    error instanceof Error && !SILENT.test(error.message) && (ENDED.test(error.message) || ('code' in error && error.code === 'ECONNRESET'))
  )
}

/** The disk failed during a SQLite commit: it is unknown what reached the disk. */
export function isDiskFailure(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_IOERR') ?? false
}

/** The database itself is unreachable, full or failing: no single op is the cause, and a retry one by one does not help. */
export function isOutage(error: unknown): boolean {
  const code = sqliteCode(error)
  if (code !== null) return /^SQLITE_(IOERR|FULL|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB)/u.test(code)
  const state = sqlState(error)
  // Connection, resources, lock timeout, time limits, shutdown by an operator, system errors.
  if (state !== null) return /^(08|25006|25P0[23]|53|55P03|57|58)/u.test(state)
  return (
    error instanceof UnfitDatabase ||
    (error instanceof Error &&
      ('errno' in error ||
        ('code' in error && NO_LINE.test(String(error.code))) ||
        ENDED.test(error.message) ||
        SILENT.test(error.message)))
  )
}
