import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { closeFile, makePrivateFile } from './private-files.ts'

export type Db = Database.Database

/** Why a database file cannot be used as requested. The file is never modified when one of these is returned. */
export type DatabaseTrouble =
  | { kind: 'missing'; file: string; detail: string }
  | { kind: 'damaged'; file: string; detail: string }
  | { kind: 'newer-version'; file: string; detail: string; found: number; supported: number }
  | { kind: 'read-only'; file: string; detail: string }

export type OpenedDatabase = { ok: true; db: Db } | { ok: false; trouble: DatabaseTrouble }

export type DatabaseSchema = {
  /** Written to `PRAGMA user_version`. */
  version: number
  /** Migrates an empty or older file to `version`; runs inside one transaction. */
  migrate(db: Db, from: number): void
}

/** The SQLite result code of an error, or null when it did not come from SQLite. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null
}

/** The trouble that an SQLite error indicates, or null when it did not come from SQLite. */
export function troubleOf(error: unknown, file: string): DatabaseTrouble | null {
  const code = sqliteCode(error)
  if (code === null) return null
  const detail = `${code}: ${error instanceof Error ? error.message : ''}`
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'SQLITE_CANTOPEN') return { kind: 'read-only', file, detail }
  // Locked by another process, out of space, or failing hardware: the file may be intact, but cannot be written now.
  if (/^SQLITE_(BUSY|LOCKED|FULL|IOERR)/u.test(code)) return { kind: 'read-only', file, detail }
  // Any other error here means that the file is corrupt.
  return { kind: 'damaged', file, detail }
}

/** Sets the durability pragmas of a connection and reads them back: an ineffective setting would lose acknowledged work (D3). */
function setDurable(db: Db): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 10000')
  db.pragma('cache_size = -65536')
  db.pragma('mmap_size = 0')
  const mode = String(db.pragma('journal_mode', { simple: true }))
  const synchronous = Number(db.pragma('synchronous', { simple: true }))
  if (mode !== 'wal' || synchronous !== 2) throw new Error(`The database is not durable: journal_mode=${mode}, synchronous=${synchronous}`)
}

/**
 * Opens a database file for reading and writing, durable from the first commit.
 * @param mayCreate whether a missing file may be created; otherwise its absence is reported, never hidden by a new file
 * @returns the connection, or the trouble
 */
export function openDatabase(file: string, schema: DatabaseSchema, mayCreate: boolean): OpenedDatabase {
  if (!existsSync(file) && !mayCreate) return { ok: false, trouble: { kind: 'missing', file, detail: 'no such file' } }
  let db: Db | null = null
  try {
    // SQLite creates the WAL and other side files with the permissions of the database.
    if (mayCreate) makePrivateFile(file)
    else closeFile(file)
    db = new Database(file)
    const found = Number(db.pragma('user_version', { simple: true }))
    if (found > schema.version) {
      db.close()
      return { ok: false, trouble: { kind: 'newer-version', file, detail: `version ${found}`, found, supported: schema.version } }
    }
    if (found === 0 && !mayCreate) {
      // A new database would look like a first run and hide the loss of data.
      db.close()
      return { ok: false, trouble: { kind: 'damaged', file, detail: 'the file is empty' } }
    }
    if (found > 0 && !db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get()) {
      // A file of another application: not even its journal mode is changed.
      db.close()
      return { ok: false, trouble: { kind: 'damaged', file, detail: 'not a database of this app' } }
    }
    setDurable(db)
    // A read-only medium is detected only at the first write.
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    if (found < schema.version) migrate(db, schema)
    else db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return { ok: true, db }
  } catch (error) {
    db?.close()
    const trouble = troubleOf(error, file)
    if (!trouble) throw error
    return { ok: false, trouble }
  }
}

function migrate(db: Db, schema: DatabaseSchema): void {
  db.transaction(() => {
    // Another process may have migrated between the check and the lock.
    const from = Number(db.pragma('user_version', { simple: true }))
    if (from >= schema.version) return
    schema.migrate(db, from)
    db.pragma(`user_version = ${schema.version}`)
  }).immediate()
}

/**
 * Opens a file read-only. On a read-only medium SQLite cannot create the side files of a WAL database; then, and for a file
 * of an older version, a temporary copy is read instead.
 * @param schema the schema that the reader expects; if omitted, the file is read as it is
 * @returns the connection, or the trouble when even that fails
 */
export function openReadOnly(file: string, schema?: DatabaseSchema): OpenedDatabase {
  if (!existsSync(file)) return { ok: false, trouble: { kind: 'missing', file, detail: 'no such file' } }
  const direct = readAt(file)
  const opened = !direct.ok && direct.trouble.kind === 'read-only' ? readAt(copyAside(file)) : direct
  if (!opened.ok || !schema || Number(opened.db.pragma('user_version', { simple: true })) >= schema.version) return opened
  opened.db.close()
  return openDatabase(copyAside(file), schema, false)
}

function readAt(file: string): OpenedDatabase {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true })
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return { ok: true, db }
  } catch (error) {
    const trouble = troubleOf(error, file)
    if (!trouble) throw error
    return { ok: false, trouble }
  }
}

/** Temporary copies are as confidential as their originals: all are deleted when this process exits. */
const copies = new Set<string>()

function copyAside(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-reading-'))
  if (copies.size === 0) {
    process.once('exit', () => {
      for (const copy of copies) rmSync(copy, { recursive: true, force: true })
    })
  }
  copies.add(folder)
  const copy = join(folder, basename(file))
  copyFileSync(file, copy)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
  return copy
}
