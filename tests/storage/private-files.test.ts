import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#storage/open-database.ts'
import { makePrivateFolder } from '#storage/private-files.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const onWindows = process.platform === 'win32'
const modeOf = (path: string) => (lstatSync(path).mode & 0o777).toString(8)

function withUmask(mask: number): void {
  const before = process.umask(mask)
  onTestFinished(() => void process.umask(before))
}

test.skipIf(onWindows)('a data folder is made for its owner alone, whatever the umask (modes mean nothing on Windows)', () => {
  withUmask(0)
  const folder = join(makeTempFolder(), 'data')
  expect(makePrivateFolder(folder)).toEqual({ kind: 'private' })
  expect(modeOf(folder)).toBe('700')
})

test.skipIf(onWindows)('a folder that an administrator made, or an earlier version, is closed with all that is ours in it', () => {
  withUmask(0)
  const folder = join(makeTempFolder(), 'data')
  mkdirSync(join(folder, 'backups', 'one'), { recursive: true, mode: 0o755 })
  for (const name of ['replica.db', 'hub.db-wal', 'backups/one/replica.db']) writeFileSync(join(folder, name), 'x', { mode: 0o644 })
  symlinkSync('/etc/hostname', join(folder, 'evidence'))
  const elsewhere = statSync('/etc/hostname').mode
  expect(makePrivateFolder(folder)).toEqual({ kind: 'mended', count: 5 })
  expect(
    ['', 'replica.db', 'hub.db-wal', 'backups', 'backups/one', 'backups/one/replica.db'].map((name) => modeOf(join(folder, name))),
  ).toEqual(['700', '600', '600', '700', '700', '600'])
  expect(statSync('/etc/hostname').mode).toBe(elsewhere)
  expect(makePrivateFolder(folder)).toEqual({ kind: 'private' })
})

test.skipIf(onWindows)('a folder with other things in it is left as it is; what is ours in it is closed', () => {
  withUmask(0)
  const folder = makeTempFolder()
  chmodSync(folder, 0o755)
  for (const name of ['replica.db', 'letters.txt']) writeFileSync(join(folder, name), 'x', { mode: 0o644 })
  expect(makePrivateFolder(folder)).toEqual({ kind: 'shared', detail: 'letters.txt' })
  expect([modeOf(folder), modeOf(join(folder, 'replica.db')), modeOf(join(folder, 'letters.txt'))]).toEqual(['755', '600', '644'])
})

test.skipIf(onWindows)('a database and what SQLite keeps beside it are closed to others, made or found', () => {
  withUmask(0)
  const folder = makeTempFolder()
  chmodSync(folder, 0o755)
  const file = join(folder, 'a.db')
  const schema = { version: 1, migrate: (db: Database.Database) => void db.exec('CREATE TABLE meta (key TEXT)') }
  const made = openDatabase(file, schema, true)
  if (!made.ok) throw new Error(made.trouble.detail)
  made.db.exec("INSERT INTO meta VALUES ('x')")
  const beside = readdirSync(folder).toSorted()
  expect(beside).toEqual(['a.db', 'a.db-shm', 'a.db-wal'])
  expect(beside.map((name) => modeOf(join(folder, name)))).toEqual(['600', '600', '600'])
  for (const name of beside) chmodSync(join(folder, name), 0o644)
  const found = openDatabase(file, schema, false)
  expect(found.ok).toBe(true)
  expect(beside.map((name) => modeOf(join(folder, name)))).toEqual(['600', '600', '600'])
  if (found.ok) found.db.close()
  made.db.close()
})
