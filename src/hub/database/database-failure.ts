import { sqliteCode } from '#storage/open-database.ts'
import type { PostgresTrouble } from './postgres-settings.ts'

/** The server at the other end would not keep what it is given, or takes no writes. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase'
  readonly trouble: PostgresTrouble
  constructor(trouble: PostgresTrouble) {
    super(`The database cannot serve: ${JSON.stringify(trouble)}`)
    this.trouble = trouble
  }
}

/** The SQLSTATE of an error that PostgreSQL has answered with, or null. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : null
}

/** Another node was at the same rows: nothing was written, and the same again will go through. */
export function isRace(error: unknown): boolean {
  // Serialisation, deadlock, and a name that another node took between the look and the insert.
  return ['40001', '40P01', '23505'].includes(sqlState(error) ?? '')
}

/** Somebody holds a row that was asked for: those who asked for others should not wait along. */
export function isHeld(error: unknown): boolean {
  return sqlState(error) === '55P03'
}

/** How the driver says that a line has ended under a question. */
const ENDED = /^(Connection terminated|Client has encountered a connection error|Client was closed|Postgres connection has been discarded)/u

/** What the system says of a line that cannot be had; of several tries at once it has no number of its own. */
const NO_LINE = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/u

/** How the driver says that a server has not answered in time. */
const SILENT =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated due to connection timeout|timeout expired)/u

/**
 * A transaction that was cut off: by a limit of time, by an operator, or with its line. Perhaps its last word was still heard,
 * but whoever says the same again is given the records that are there.
 */
export function isCutOff(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== null) return /^(25P0[23]|57014|57P0[1-3]|08)/u.test(state)
  return (
    error instanceof Error && !SILENT.test(error.message) && (ENDED.test(error.message) || ('code' in error && error.code === 'ECONNRESET'))
  )
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
  // Connection, resources, a lock that is not let go, a limit of time, an operator who stops the server, the system around it.
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
