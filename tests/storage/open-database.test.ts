import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { isDamage, isNotSaved, isReadOnly } from '#storage/disk-failure.ts'
import { checkIntegrity } from '#storage/integrity.ts'
import { openDatabase, openReadOnly, type DatabaseSchema, type Db } from '#storage/open-database.ts'
import { checkRow, DamagedRow, rowSum } from '#storage/row-sum.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const SCHEMA: DatabaseSchema = {
  version: 2,
  migrate(db, from) {
    if (from < 1) db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)')
    if (from < 2) db.exec('CREATE TABLE thing (name TEXT NOT NULL)')
  },
}

function open(file: string, schema = SCHEMA, mayCreate = true): Db {
  const opened = openDatabase(file, schema, mayCreate)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  onTestFinished(() => void opened.db.close())
  return opened.db
}

const troubleOf = (file: string, mayCreate = false) => {
  const opened = openDatabase(file, SCHEMA, mayCreate)
  if (!opened.ok) return opened.trouble.kind
  opened.db.close()
  return 'opened'
}

test('a file is made only where it may be, and brought to the version of the schema', () => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  expect(troubleOf(file)).toBe('missing')
  expect(existsSync(file)).toBe(false)
  const db = open(file)
  expect(db.pragma('user_version', { simple: true })).toBe(2)
  db.close()
  expect(troubleOf(file)).toBe('opened')
})

test('D7: an older file is migrated in one step: when it fails, it is as it was', () => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  open(file, { version: 1, migrate: (db) => void db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)') }).close()
  const half: DatabaseSchema = {
    version: 2,
    migrate(db) {
      db.exec('CREATE TABLE thing (name TEXT NOT NULL)')
      db.exec('this is no SQL')
    },
  }
  expect(openDatabase(file, half, false)).toMatchObject({ ok: false })
  const db = new Database(file)
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'thing'").all()).toEqual([])
  db.close()
  open(file)
})

test.for([
  ['empty', (file: string) => truncateSync(file, 0), 'damaged'],
  ['a text', (file: string) => writeFileSync(file, 'text '.repeat(400)), 'damaged'],
  ['cut to half its header', (file: string) => truncateSync(file, 50), 'damaged'],
] as const)('a file that is %s is damaged, and left as it is', ([, damage, kind]) => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  open(file).close()
  damage(file)
  const before = readFileSync(file)
  expect(troubleOf(file)).toBe(kind)
  expect(readFileSync(file)).toEqual(before)
})

test('S12: a newer file names both versions, and its journal mode is left alone', () => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  const db = new Database(file)
  db.exec('CREATE TABLE meta (x); PRAGMA user_version = 7')
  db.close()
  const before = readFileSync(file)
  expect(openDatabase(file, SCHEMA, false)).toMatchObject({ ok: false, trouble: { kind: 'newer-version', found: 7, supported: 2 } })
  expect(readFileSync(file)).toEqual(before)
})

test('a file that another process holds is not called damaged', () => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  open(file).close()
  const holder = new Database(file)
  onTestFinished(() => void holder.close())
  holder.pragma('locking_mode = EXCLUSIVE')
  holder.exec('BEGIN EXCLUSIVE')
  expect(troubleOf(file)).toBe('read-only')
})

test('opening for reading reads, and writes nothing', () => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  const db = open(file)
  db.exec("INSERT INTO thing VALUES ('一')")
  const reader = openReadOnly(file)
  if (!reader.ok) throw new Error(reader.trouble.detail)
  expect(reader.db.prepare('SELECT name FROM thing').all()).toEqual([{ name: '一' }])
  expect(() => reader.db.exec("INSERT INTO thing VALUES ('二')")).toThrow('readonly')
  reader.db.close()
  expect(openReadOnly(`${file}.none`)).toMatchObject({ ok: false, trouble: { kind: 'missing' } })
})

test('the check of a whole file finds what SQLite can find, and never throws', () => {
  const file = join(makeTempFolder('storage', 'quick'), 'a.db')
  const db = open(file)
  db.exec('CREATE INDEX by_name ON thing (name)')
  db.exec("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000) INSERT INTO thing SELECT 'name ' || x FROM n")
  db.close()
  expect(checkIntegrity(file, true)).toEqual({ ok: true, detail: null })
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xff, 4096 * 3, 4096 * 4))
  expect(checkIntegrity(file, false).ok).toBe(false)
  expect(checkIntegrity(`${file}.none`, false).ok).toBe(false)
})

test('the sum of a row tells apart what moved from one part into the next, and nothing from an empty text', () => {
  expect(rowSum('a', 'bc')).not.toBe(rowSum('ab', 'c'))
  expect(rowSum('a', null)).not.toBe(rowSum('a', ''))
  expect(() => checkRow(rowSum('a', 'b'), 'x', 'a', 'b')).not.toThrow()
  expect(() => checkRow(rowSum('a', 'b'), 'x', 'a', 'c')).toThrow(DamagedRow)
})

test('what an error means for its user: nothing saved, nothing writable, or damage', () => {
  const file = (code: string) => Object.assign(new Error(code), { code })
  const sqlite = (code: string) => new Database.SqliteError('x', code)
  const kinds = (error: unknown) => [isNotSaved(error), isReadOnly(error), isDamage(error)]
  for (const error of [
    file('ENOSPC'),
    file('EIO'),
    file('EDQUOT'),
    sqlite('SQLITE_FULL'),
    sqlite('SQLITE_IOERR_FSYNC'),
    sqlite('SQLITE_BUSY'),
  ])
    expect(kinds(error)).toEqual([true, false, false])
  for (const error of [file('EROFS'), sqlite('SQLITE_READONLY_DBMOVED')]) expect(kinds(error)).toEqual([false, true, false])
  for (const error of [sqlite('SQLITE_CORRUPT'), sqlite('SQLITE_NOTADB'), new DamagedRow('x')])
    expect(kinds(error)).toEqual([false, false, true])
  for (const error of [new Error('x'), file('ENOENT'), 'text', null]) expect(kinds(error)).toEqual([false, false, false])
})
