import { sqliteCode } from './open-database.ts'

/** The system's or SQLite's code of an error, or an empty text. */
function codeOf(error: unknown): string {
  return sqliteCode(error) ?? (error instanceof Error && 'code' in error ? String(error.code) : '')
}

/** The disk is full or failing, or another process holds the file: nothing was saved, and it may be tried again. */
export function isNotSaved(error: unknown): boolean {
  return /^(SQLITE_(FULL|IOERR|BUSY|LOCKED)|ENOSPC$|EDQUOT$|EIO$)/.test(codeOf(error))
}

/** The place may be read but not written. */
export function isReadOnly(error: unknown): boolean {
  return /^(SQLITE_READONLY|EROFS$)/.test(codeOf(error))
}

/** The content of a database file is not what was written. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error)) || (error instanceof Error && error.name === 'DamagedRow')
}
