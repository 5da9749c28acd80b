import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { HubConfig, readHubConfig } from '#hub/hub-config.ts'
import { openHub } from '#hub/open-hub.ts'
import { HUB_DATABASE, runHub, type RunningHub } from '#hub/run-hub.ts'
import { makePrivateKey, openHubKey } from '#hub/signing/hub-key.ts'
import { readKeyFile } from '#storage/key-file.ts'
import { makeSealingKey, openSealed } from '#storage/sealed-value.ts'
import { askPostgres, makePostgresDatabase, whyNoPostgres } from '#tests/support/postgres.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const missing = whyNoPostgres()
const configOf = (data: string, more: object = {}) =>
  HubConfig.parse({ data, port: 0, host: '127.0.0.1', 'no-tls': true, name: '清风小组', ...more })
const run = (config: HubConfig, log: (level: string, message: string) => void = () => {}) =>
  runHub(config, { version: 'test', log, now: Date.now, addressesAt: () => ['127.0.0.1'] })

async function start(config: HubConfig): Promise<{ publicKey: string; close(): Promise<void> }> {
  const ran = await run(config)
  if (!ran.ok) throw new Error(JSON.stringify(ran.trouble))
  let open: RunningHub | null = ran.running
  const close = async () => {
    await open?.close()
    open = null
  }
  onTestFinished(close)
  const { publicKey } = await ran.running.team
    .connect('00000000-0000-4000-8000-000000000001', 'x')
    .hello({ replicaId: '00000000-0000-4000-8000-000000000002', cursors: [], sentAt: 0 })
  return { publicKey, close }
}

async function troubleOf(config: HubConfig): Promise<unknown> {
  const ran = await run(config)
  if (!ran.ok) return ran.trouble
  await ran.running.close()
  return null
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []))

/** The files that contain a private key, as text or as bytes. */
const filesWith = (folder: string, privateKey: string) => {
  const bytes = Buffer.from(privateKey, 'base64')
  // The first bytes are the same for every key of this type.
  return filesIn(folder).filter((file) => [privateKey, bytes, bytes.subarray(16)].some((part) => readFileSync(file).includes(part)))
}

function privateKeyIn(data: string, keyFile: string): string {
  const db = new Database(join(data, HUB_DATABASE), { readonly: true })
  const kept = db.prepare<[], string>("SELECT value FROM meta WHERE key = 'privateKey'").pluck().get() ?? ''
  db.close()
  const found = readKeyFile(keyFile)
  if (found.kind !== 'key') throw new Error(found.kind)
  const opened = openSealed(kept, found.key, 'hub-signing-key')
  if (opened.kind !== 'open') throw new Error(opened.kind)
  return opened.text
}

test("the hub's key lies in no file of its data folder, and the key file is this user's alone", async () => {
  const data = makeTempFolder('hub', 'quick')
  const keyFile = join(makeTempFolder('keys', 'quick'), 'apart', 'hub.key')
  const config = configOf(data, { 'key-file': keyFile })
  const hub = await start(config)
  const privateKey = privateKeyIn(data, keyFile)
  expect(openHubKey(privateKey).publicKey).toBe(hub.publicKey)
  expect(filesWith(data, privateKey)).toEqual([])
  if (process.platform !== 'win32') expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  await hub.close()
  expect(filesWith(data, privateKey)).toEqual([])
  const again = await start(config)
  expect(again.publicKey).toBe(hub.publicKey)
})

test('a hub that kept its key in the clear is the same one after its next start, and the clear key has left the file', async () => {
  const data = makeTempFolder('hub', 'quick')
  const keyFile = join(makeTempFolder('keys', 'quick'), 'hub.key')
  const privateKey = makePrivateKey()
  const opened = openHub(join(data, HUB_DATABASE), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { db } = opened.hub
  // Written more than once, so that the row has moved in the file.
  for (const value of [`${privateKey}${'x'.repeat(3000)}`, privateKey])
    db.prepare("INSERT INTO meta (key, value) VALUES ('privateKey', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(value)
  await opened.hub.close()
  expect(filesWith(data, privateKey)).toHaveLength(1)
  const hub = await start(configOf(data, { 'key-file': keyFile }))
  expect(hub.publicKey).toBe(openHubKey(privateKey).publicKey)
  expect(privateKeyIn(data, keyFile)).toBe(privateKey)
  expect(filesWith(data, privateKey)).toEqual([])
})

test('with another key file, none, or rubbish the hub does not start, changes nothing, and goes on with the right one', async () => {
  const data = makeTempFolder('hub', 'quick')
  const keyFile = join(data, 'hub.key')
  const config = configOf(data)
  const hub = await start(config)
  await hub.close()
  const kept = readFileSync(keyFile, 'utf8')
  const stored = () => {
    const db = new Database(join(data, HUB_DATABASE), { readonly: true })
    const rows = db.prepare("SELECT key, value FROM meta WHERE key IN ('privateKey', 'hubId', 'epoch', 'seal')").all()
    db.close()
    return rows
  }
  const before = stored()

  rmSync(keyFile)
  expect(await troubleOf(config)).toMatchObject({ kind: 'hub-key', trouble: { why: 'missing', file: keyFile } })
  expect(() => statSync(keyFile)).toThrow('ENOENT')
  writeFileSync(keyFile, `stormroom-key:1:${makeSealingKey().bytes.toString('base64url')}\n`)
  expect(await troubleOf(config)).toMatchObject({ kind: 'hub-key', trouble: { why: 'other' } })
  writeFileSync(keyFile, 'rubbish')
  expect(await troubleOf(config)).toMatchObject({ kind: 'hub-key', trouble: { why: 'unreadable' } })
  expect(stored()).toEqual(before)

  writeFileSync(keyFile, kept)
  const again = await start(config)
  expect(again.publicKey).toBe(hub.publicKey)
})

test('the key file is the one that is named, else one put beside the configuration, else in the data folder', async () => {
  const folder = makeTempFolder('config')
  const path = join(folder, 'hub.json')
  writeFileSync(path, '{}')
  const read = async (env: Record<string, string> = {}, flags: object = {}) => {
    const found = await readHubConfig({ config: path, ...flags }, env, join(folder, 'data'))
    return found.ok ? found.config['key-file'] : found.trouble
  }
  expect(await read()).toBeUndefined()
  writeFileSync(join(folder, 'hub.key'), '')
  expect(await read()).toBe(join(folder, 'hub.key'))
  expect(await read({ STORMROOM_HUB_KEY_FILE: '/keys/env' })).toBe('/keys/env')
  expect(await read({ STORMROOM_HUB_KEY_FILE: '/keys/env' }, { 'key-file': '/keys/flag' })).toBe('/keys/flag')
})

describe.skipIf(missing !== null)(`nodes over one PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test('share the key file of the first; a node with one of its own does not start', async () => {
    const { url, name } = await makePostgresDatabase()
    const nodes = ['one', 'two', 'three'].map((node) => configOf(makeTempFolder(node, 'quick'), { database: url }))
    const [one, two, three] = nodes as [HubConfig, HubConfig, HubConfig]
    const first = await start(one)
    const keyOf = (config: HubConfig) => join(config.data, 'hub.key')
    mkdirSync(dirname(keyOf(two)), { recursive: true })
    copyFileSync(keyOf(one), keyOf(two))
    expect((await start(two)).publicKey).toBe(first.publicKey)

    expect(await troubleOf(three)).toMatchObject({ kind: 'hub-key', trouble: { why: 'missing', file: keyOf(three) } })
    writeFileSync(keyOf(three), `stormroom-key:1:${makeSealingKey().bytes.toString('base64url')}\n`)
    expect(await troubleOf(three)).toMatchObject({ kind: 'hub-key', trouble: { why: 'other' } })
    copyFileSync(keyOf(one), keyOf(three))
    expect((await start(three)).publicKey).toBe(first.publicKey)
    expect(name).not.toBe('')
  })

  test('that start at once on an empty database, each with a file of its own: one serves, the others say whose key it is', async () => {
    const { url } = await makePostgresDatabase()
    const ran = await Promise.all(['one', 'two', 'three'].map((node) => run(configOf(makeTempFolder(node, 'quick'), { database: url }))))
    for (const one of ran) if (one.ok) onTestFinished(() => one.running.close())
    expect(ran.filter((one) => one.ok)).toHaveLength(1)
    for (const one of ran) if (!one.ok) expect(one.trouble).toMatchObject({ kind: 'hub-key' })
  })

  test('a key in the clear is sealed, and the table is written anew', async () => {
    const { url, name } = await makePostgresDatabase()
    const config = configOf(makeTempFolder('one', 'quick'), { database: url })
    const privateKey = makePrivateKey()
    await (await start(config)).close()
    await askPostgres(`UPDATE meta SET value = '${privateKey}' WHERE key = 'privateKey'`, name)
    expect((await start(config)).publicKey).toBe(openHubKey(privateKey).publicKey)
    const rows = JSON.stringify(await askPostgres("SELECT key, value FROM meta WHERE key LIKE 'privateKey%'", name))
    expect(rows).toContain('sealed:1:')
    expect(rows).not.toContain(privateKey)
    expect(rows).not.toContain('privateKeyToWipe')
  })
})
