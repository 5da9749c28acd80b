import { describe, expect, onTestFinished, test } from 'vitest'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { findChainFault } from '#domain/log/record.ts'
import type { AccountTables } from '#hub/accounts/account-tables.ts'
import { createSessions } from '#hub/accounts/sessions.ts'
import { isOutage } from '#hub/database/database-failure.ts'
import { ClonedReplica, SessionEnded } from '#hub/log/hub-log.ts'
import type { Hub } from '#hub/open-hub.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { openCuttingProxy } from '#tests/support/cutting-proxy.ts'
import { ANN, declareText, idOf, INCIDENT_SCOPE, joinText, opText, REPLICA_ONE, sha256 } from '#tests/support/log-texts.ts'
import { askPostgres, makePostgresDatabase, whyNoPostgres } from '#tests/support/postgres.ts'
import { holdRows, openNode, SHORT } from './open-node.ts'

const missing = whyNoPostgres()
const SESSION = { memberId: ANN, admission: null }
const OTHER = idOf(0x2)
const OTHER_SCOPE = incidentScope(OTHER)
let made = 0x700_000
const entryIn = (scope: string, more: { replicaId?: string; counter?: number } = {}) =>
  opText({
    type: 'entry.record',
    kind: 'entry',
    id: idOf((made += 1)),
    scope,
    body: { kind: 'observation', text: '一条', happenedAt: TWO_AT_NIGHT },
    ...more,
  })

async function openTeam(limits?: typeof SHORT) {
  const { name, url } = await makePostgresDatabase()
  const a = await openNode(url, limits)
  const b = await openNode(url, limits)
  await a.log.submit([joinText(ANN, '安', 'commander'), declareText(), declareText(OTHER)], SESSION)
  return { name, url, a, b }
}

const isSettled = async (work: Promise<unknown>) =>
  await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    new Promise<false>((done) => void setImmediate(() => done(false))),
  ])

const seqOf = async (hub: Hub, scope: string) => (await hub.log.headOf(scope))?.seq ?? 0

describe.skipIf(missing !== null)(`nodes that hold each other up${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test('what somebody holds keeps nobody waiting who writes elsewhere, also of those who came at the same moment', async () => {
    const { url, b } = await openTeam()
    const letGo = await holdRows(url, `SELECT 1 FROM scope_head WHERE scope = '${INCIDENT_SCOPE}' FOR UPDATE`)
    const held = b.log.submit([entryIn(INCIDENT_SCOPE)], SESSION)
    await b.log.submit([entryIn(OTHER_SCOPE)], SESSION)
    for (let round = 0; round < 3; round++) {
      const both = [b.log.submit([entryIn(INCIDENT_SCOPE)], SESSION), b.log.submit([entryIn(OTHER_SCOPE)], SESSION)]
      void both[0]?.catch(() => undefined)
      await both[1]
    }
    expect(await isSettled(held)).toBe(false)
    await letGo()
    expect((await held).records[0]?.outcome).toEqual({ kind: 'accepted' })
    const records = await b.log.readAfter(ANN, OTHER_SCOPE, 0, 100)
    expect(records).toHaveLength(5)
    expect(findChainFault(records, sha256, OTHER_SCOPE)).toBeNull()
  })

  test('an incident that stays held is told as not saved, and the same ops sent again are recorded once', async () => {
    const { url, b } = await openTeam(SHORT)
    const letGo = await holdRows(url, `SELECT 1 FROM scope_head WHERE scope = '${INCIDENT_SCOPE}' FOR UPDATE`)
    const texts = [entryIn(INCIDENT_SCOPE), entryIn(INCIDENT_SCOPE)]
    await expect(b.log.submit(texts, SESSION)).rejects.toSatisfy(isOutage)
    await letGo()
    const { records } = await b.log.submit(texts, SESSION)
    expect((await b.log.submit(texts, SESSION)).records).toEqual(records)
    expect(await seqOf(b, INCIDENT_SCOPE)).toBe(3)
  })

  test('a node that stops in the middle of a transaction loses what it holds, and takes up its own again where it was cut off', async () => {
    const { a, b } = await openTeam(SHORT)
    const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>()
    const { promise: ended, resolve: goOn } = Promise.withResolvers<undefined>()
    const paused = a.database.kysely.transaction().execute(async (tx) => {
      await tx.selectFrom('scope_head').select('seq').where('scope', 'in', [INCIDENT_SCOPE, TEAM_SCOPE]).forUpdate().execute()
      stop(undefined)
      await ended
      await tx.selectFrom('scope_head').select('seq').execute()
    })
    await stopped
    await b.log.submit([entryIn(INCIDENT_SCOPE)], SESSION)
    goOn(undefined)
    await expect(paused).rejects.toSatisfy(isOutage)
    await a.log.submit([entryIn(INCIDENT_SCOPE)], SESSION)
    expect(await seqOf(b, INCIDENT_SCOPE)).toBe(3)
  })

  test('a database that says nothing any more is told as an outage, with connections at hand and without; then everything goes on', async () => {
    const { name, url } = await makePostgresDatabase()
    const port = Number(new URL(url).port)
    const proxy = await openCuttingProxy(() => port)
    onTestFinished(() => proxy.close())
    const node = await openNode(`postgres://stormroom@127.0.0.1:${proxy.port}/${name}`, SHORT)
    await node.log.submit([joinText(ANN, '安', 'commander'), declareText()], SESSION)
    await Promise.all([node.log.headsFor(ANN), node.log.headsFor(ANN), node.log.headsFor(ANN)])
    proxy.set('stall')
    const asked = [entryIn(INCIDENT_SCOPE), entryIn(INCIDENT_SCOPE)]
    // More requests than connections.
    const answers = await Promise.allSettled([
      node.log.submit(asked, SESSION),
      ...Array.from({ length: 8 }, () => node.log.headsFor(ANN)),
      node.log.readEntity('member', ANN),
      node.epoch(),
    ])
    for (const answer of answers) expect(answer.status === 'rejected' && isOutage(answer.reason)).toBe(true)
    proxy.set('open')
    await expect.poll(() => node.log.submit(asked, SESSION).catch(() => null)).not.toBeNull()
    expect(await seqOf(node, INCIDENT_SCOPE)).toBe(3)
  })

  test('once the taking back of a sign-in is answered, nothing more comes in by it, at whichever node', async () => {
    const { a, b } = await openTeam()
    const edge = { now: () => 0, random: (bytes: number) => new Uint8Array(bytes).fill((made += 1) % 256), uuid: () => idOf((made += 1)) }
    const sessions = createSessions(a.database.kysely.withTables<AccountTables>(), edge)
    for (let race = 0; race < 10; race++) {
      const { id } = await sessions.open(ANN, 'x')
      let stopped = false
      const writing = (async () => {
        for (let n = 0; n < 1000; n++) {
          const ended = await b.log.submit([entryIn(INCIDENT_SCOPE)], { ...SESSION, sessionId: id }).then(
            () => false,
            (error: unknown) => error instanceof SessionEnded,
          )
          if (ended) return true
          if (stopped) expect(ended).toBe(true)
        }
        return false
      })()
      for (let n = 0; n < race; n++) await b.log.headOf(TEAM_SCOPE)
      await sessions.revoke({ id })
      const at = await seqOf(b, INCIDENT_SCOPE)
      stopped = true
      expect(await writing).toBe(true)
      expect(await seqOf(b, INCIDENT_SCOPE)).toBe(at)
    }
  })

  test('a copy of a device that writes elsewhere at the same moment is noticed', async () => {
    const { a, b } = await openTeam()
    const counted = { ...SESSION, counts: true }
    for (let race = 1; race <= 10; race++) {
      const more = { replicaId: REPLICA_ONE, counter: 90_000_000 + race }
      const settled = await Promise.allSettled([
        a.log.submit([entryIn(INCIDENT_SCOPE, more)], counted),
        b.log.submit([entryIn(OTHER_SCOPE, more)], counted),
      ])
      expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      for (const one of settled) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(ClonedReplica)
    }
  })

  test('the times of a scope run one way, also where nodes have different ones; a clock that was far ahead is not followed', async () => {
    const { url } = await makePostgresDatabase()
    const minute = 60_000
    const times = [100 * minute, 84 * minute]
    const [ahead, behind] = [await openNode(url, undefined, () => times[0] ?? 0), await openNode(url, undefined, () => times[1] ?? 0)]
    await ahead.log.submit([joinText(ANN, '安', 'commander'), declareText()], SESSION)
    for (let n = 0; n < 3; n++) for (const node of [behind, ahead]) await node.log.submit([entryIn(INCIDENT_SCOPE)], SESSION)
    const hubTimes = (await ahead.log.readAfter(ANN, INCIDENT_SCOPE, 0, 100)).map(({ hubTime }) => hubTime)
    expect(hubTimes).toEqual(hubTimes.toSorted((a, b) => a - b))
    times[1] = 20 * minute
    await behind.log.submit([entryIn(INCIDENT_SCOPE)], SESSION)
    expect((await ahead.log.readAfter(ANN, INCIDENT_SCOPE, 0, 100)).at(-1)?.hubTime).toBe(20 * minute)
  })

  test('D3: a database that has begun to lose confirmed work is no longer written to, over new connections', async () => {
    const { name, a } = await openTeam()
    await askPostgres(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    await askPostgres(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'stormroom-hub'`,
    )
    const text = entryIn(INCIDENT_SCOPE)
    await expect(a.log.submit([text], SESSION)).rejects.toThrow('synchronous_commit')
    await askPostgres(`ALTER DATABASE ${name} RESET synchronous_commit`)
    expect((await a.log.submit([text], SESSION)).records).toHaveLength(1)
  })

  test('of several servers the first that can be used is used', async () => {
    const { name, url } = await makePostgresDatabase()
    const node = await openNode(`postgres://stormroom@127.0.0.1:1,127.0.0.1:${new URL(url).port}/${name}?target_session_attrs=read-write`)
    await node.log.submit([joinText(ANN, '安', 'commander')], SESSION)
    expect(await node.log.headOf(TEAM_SCOPE)).toMatchObject({ seq: 1 })
  })
})
