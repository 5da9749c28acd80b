import { sqliteCode } from './open-database.ts'

/** The error code of the system or SQLite, or an empty text. */
function codeOf(error: unknown): string {
  return sqliteCode(error) ?? (error instanceof Error && 'code' in error ? String(error.code) : '')
}

/** The disk is full or failing, or another process has locked the file: nothing was saved, and a retry may succeed. */
export function isNotSaved(error: unknown): boolean {
  return /^(SQLITE_(FULL|IOERR|BUSY|LOCKED)|ENOSPC$|EDQUOT$|EIO$)/.test(codeOf(error))
}

/** The location is readable but not writable. */
export function isReadOnly(error: unknown): boolean {
  return /^(SQLITE_READONLY|EROFS$)/.test(codeOf(error))
}

/** The database file is corrupt. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error)) || (error instanceof Error && error.name === 'DamagedRow')
}
