import { chmodSync, chownSync, closeSync, openSync, readFileSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runJsonInside } from './run-inside.ts'
import { declareIncident, openWarRoom, run, runJson, type RunOptions } from './run-command.ts'

let room: Awaited<ReturnType<typeof openWarRoom>>

beforeEach(async () => {
  room = await openWarRoom()
  await declareIncident(room.data, '受损')
})
afterEach(() => room.remove())

const readingCommands = () =>
  [['incidents'], ['search', '受损'], ['export', '受损', '--format', 'md', '--out', join(room.folder, 'x.md')]].map((args) => [
    ...args,
    '--data',
    room.data,
  ])

test('a sound data folder verifies; the report names databases, chains and records', async () => {
  const { code, document } = await runJson(['verify', '--data', room.data])
  expect(code).toBe(0)
  const report = document['report'] as { databases: { ok: boolean }[]; scopes: { head: string; records: number }[]; records: number }
  expect(report.databases.map((database) => database.ok)).toEqual([true, true])
  expect(report.scopes.reduce((sum, scope) => sum + scope.records, 0)).toBe(report.records)
  expect(report.records).toBeGreaterThan(1)
  expect((await run(['verify', '--data', room.data])).out).toMatch(/校验通过。\n$/)
})

test('databases written over with noise end every command with code 5, and are left as they are', async () => {
  for (const name of readdirSync(room.data).filter((file) => file.endsWith('.db')))
    writeFileSync(join(room.data, name), Buffer.alloc(statSync(join(room.data, name)).size, 0x5a))
  const before = readFileSync(join(room.data, 'replica.db'))
  for (const args of [['verify', '--data', room.data], ...readingCommands()]) {
    const answer = await runJsonInside(args)
    expect([answer.code, answer.document.failure?.code], args[0]).toEqual([5, 'damaged'])
    expect(answer.document.failure?.message).toContain('stormroom start')
  }
  expect(Buffer.compare(readFileSync(join(room.data, 'replica.db')), before)).toBe(0)
})

test('one changed byte of a record breaks the chain, and verify says where', async () => {
  const hub = new Database(join(room.data, 'hub.db'))
  // Somebody with write access to the file can also drop the triggers that protect the log.
  hub.exec('DROP TRIGGER record_is_final_update')
  const changed = hub.prepare("UPDATE record SET bytes = replace(bytes, '受损', '无损') WHERE bytes LIKE '%受损%'").run()
  hub.close()
  expect(changed.changes).toBeGreaterThan(0)
  const { code, document } = await runJson(['verify', '--data', room.data])
  expect([code, document.failure?.code]).toEqual([5, 'damaged'])
  expect((document['report'] as { scopes: { fault: { kind: string } | null }[] }).scopes.map((scope) => scope.fault?.kind)).toContain(
    'hash',
  )
})

test('a database of a newer version is refused by every command, and not taken for damage', async () => {
  const replica = new Database(join(room.data, 'replica.db'))
  replica.pragma('user_version = 9999')
  replica.close()
  for (const args of [['verify', '--data', room.data], ...readingCommands()]) {
    const answer = await runJsonInside(args)
    expect([answer.code, answer.document.failure?.code], args[0]).toEqual([1, 'newer-version'])
    expect(answer.document.failure?.message).toContain('9999')
  }
})

test('torn pages are damage, for verify and for every other command', async () => {
  const path = join(room.data, 'replica.db')
  const file = openSync(path, 'r+')
  for (let offset = 3 * 4096; offset < statSync(path).size; offset += 4096) writeSync(file, Buffer.alloc(512, 0xff), 0, 512, offset)
  closeSync(file)
  for (const args of [['verify', '--data', room.data], ...readingCommands()]) {
    const answer = await runJsonInside(args)
    expect([answer.code, answer.document.failure?.code], `${args[0] ?? ''}: ${answer.err}`).toEqual([5, 'damaged'])
  }
})

test('a folder that cannot be written can still be read', async () => {
  // File permissions do not apply to root, so as root the command runs as another user.
  const uid = process.getuid?.() === 0 ? 65_534 : undefined
  const inside = readdirSync(room.data, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: join(entry.parentPath, entry.name),
    mode: entry.isDirectory() ? 0o500 : 0o400,
  }))
  if (uid !== undefined) for (const path of [room.folder, room.data, ...inside.map((entry) => entry.path)]) chownSync(path, uid, uid)
  for (const { path, mode } of inside) chmodSync(path, mode)
  chmodSync(room.data, 0o500)
  const options: RunOptions = uid === undefined ? {} : { uid }
  try {
    for (const args of readingCommands()) {
      const answer = await runJson(args, options)
      expect([answer.code, answer.document.ok], `${args[0] ?? ''}: ${JSON.stringify(answer)}`).toEqual([0, true])
    }
    const declared = await runJson(['declare', '--title', 'x', '--type', 'public-event', '--level', '1', '--data', room.data], options)
    expect([declared.code, declared.document.failure?.code]).toEqual([1, 'read-only'])
  } finally {
    chmodSync(room.data, 0o700)
    for (const { path, mode } of inside) chmodSync(path, mode | 0o200)
  }
})
