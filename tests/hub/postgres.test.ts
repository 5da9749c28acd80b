import { describe, expect, onTestFinished, test } from 'vitest'
import { findChainFault } from '#domain/log/record.ts'
import { openPostgresHub } from '#hub/open-postgres-hub.ts'
import type { Hub } from '#hub/open-hub.ts'
import { ANN, declareText, entryText, idOf, INCIDENT_SCOPE, joinText, sha256 } from '#tests/support/log-texts.ts'
import { askPostgres, makePostgresDatabase, whyNoPostgres } from '#tests/support/postgres.ts'

const missing = whyNoPostgres()
const SESSION = { memberId: ANN, admission: null }

async function openNode(url: string, onConnectionLost: (error: Error) => void = () => undefined): Promise<Hub> {
  const opened = await openPostgresHub({ url, connections: 4, onConnectionLost }, () => 0)
  if (!opened.ok) throw new Error(JSON.stringify(opened.trouble))
  onTestFinished(() => opened.hub.close())
  return opened.hub
}

async function troubleOf(url: string): Promise<unknown> {
  const opened = await openPostgresHub({ url, onConnectionLost: () => undefined }, () => 0)
  if (!opened.ok) return opened.trouble
  await opened.hub.close()
  return null
}

describe.skipIf(missing !== null)(`a hub on PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test('nodes that start at the same time on an empty database agree on its tables and its epoch', async () => {
    const { url } = await makePostgresDatabase()
    const nodes = await Promise.all([openNode(url), openNode(url), openNode(url)])
    const epochs = new Set(await Promise.all(nodes.map((node) => node.epoch())))
    expect(epochs.size).toBe(1)
    expect(new Set(nodes.map(({ instance }) => instance)).size).toBe(3)
    await nodes[0]?.beginEpoch()
    expect(await nodes[1]?.epoch()).toBe(await nodes[2]?.epoch())
    expect(epochs.has((await nodes[1]?.epoch()) ?? '')).toBe(false)
  })

  test('D3: a database that would not keep what is acknowledged, or not as it was written, is refused by name', async () => {
    const asynchronous = await makePostgresDatabase()
    await askPostgres(`ALTER DATABASE ${asynchronous.name} SET synchronous_commit = off`)
    expect(await troubleOf(asynchronous.url)).toEqual({ kind: 'not-durable', setting: 'synchronous_commit', value: 'off' })

    const readOnly = await makePostgresDatabase()
    await askPostgres(`ALTER DATABASE ${readOnly.name} SET default_transaction_read_only = on`)
    expect(await troubleOf(readOnly.url)).toMatchObject({ kind: 'read-only' })

    await askPostgres("CREATE DATABASE bytes_only ENCODING 'SQL_ASCII' TEMPLATE template0")
    expect(await troubleOf(asynchronous.url.replace(asynchronous.name, 'bytes_only'))).toEqual({
      kind: 'not-durable',
      setting: 'server_encoding',
      value: 'SQL_ASCII',
    })

    const { url } = await makePostgresDatabase()
    await askPostgres('ALTER SYSTEM SET fsync = off')
    await askPostgres('SELECT pg_reload_conf()')
    await expect.poll(() => troubleOf(url)).toEqual({ kind: 'not-durable', setting: 'fsync', value: 'off' })
    await askPostgres('ALTER SYSTEM RESET fsync')
    await askPostgres('SELECT pg_reload_conf()')
    await expect.poll(() => troubleOf(url)).toBeNull()
  })

  test('D7: a database of a newer version is refused and left as it is; one that is not there is told', async () => {
    const { name, url } = await makePostgresDatabase()
    const node = await openNode(url)
    await node.database.kysely.updateTable('meta').set({ value: '99' }).where('key', '=', 'schema').execute()
    expect(await troubleOf(url)).toMatchObject({ kind: 'newer-version', found: 99 })
    expect(await askPostgres("SELECT value FROM meta WHERE key = 'schema'", name)).toEqual([{ value: '99' }])
    expect(await troubleOf(url.replace(name, 'nowhere'))).toMatchObject({ kind: 'unreachable' })
  })

  test.each(['CREATE TABLE meta (id int, note text)', 'CREATE TABLE meta (key text, value text)', 'CREATE TABLE session (id int)'])(
    'a database of another program is told as that and left as it is: %s',
    async (table) => {
      const { name, url } = await makePostgresDatabase()
      await askPostgres(table, name)
      const tables = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
      const before = await askPostgres(tables, name)
      expect(await troubleOf(url)).toMatchObject({ kind: 'foreign' })
      expect(await askPostgres(tables, name)).toEqual(before)
    },
  )

  test('a log cannot be emptied either', async () => {
    const { url, name } = await makePostgresDatabase()
    const node = await openNode(url)
    await node.log.submit([joinText(ANN, '安', 'commander')], SESSION)
    await expect(askPostgres('TRUNCATE record', name)).rejects.toThrow('append-only')
  })

  test('P4, P6: connections cut while ops come in lose nothing that was acknowledged; what was not, goes through when it is sent again', async () => {
    const { name, url } = await makePostgresDatabase()
    const lost: Error[] = []
    const node = await openNode(url, (error) => void lost.push(error))
    await node.log.submit([joinText(ANN, '安', 'commander'), declareText()], SESSION)
    const texts = Array.from({ length: 120 }, (_, index) => entryText(idOf(0x5000 + index), `第 ${index} 条`))
    const cut = () =>
      askPostgres(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'stormroom-hub'`)
    const acknowledged = new Map<string, unknown>()
    const offer = async (text: string) => {
      for (;;) {
        const reply = await node.log.submit([text], SESSION).catch(() => null)
        if (reply) return void acknowledged.set(text, reply.records[0])
      }
    }
    const offers: Promise<void>[] = []
    for (let from = 0; from < texts.length; from += 10) {
      offers.push(...texts.slice(from, from + 10).map(offer))
      await cut()
    }
    await Promise.all(offers)
    // A connection that is cut while idle is reported and does not end the process.
    await expect
      .poll(async () => {
        await node.log.headsFor(ANN).catch(() => null)
        await cut()
        return lost.length
      })
      .toBeGreaterThan(0)
    await expect.poll(() => node.log.readAfter(ANN, INCIDENT_SCOPE, 1, 1000).catch(() => [])).toHaveLength(texts.length)
    const held = await node.log.readAfter(ANN, INCIDENT_SCOPE, 0, 1000)
    expect(findChainFault(held, sha256, INCIDENT_SCOPE)).toBeNull()
    for (const record of held.slice(1)) expect(acknowledged.get(record.bytes)).toEqual(record)
  })
})
