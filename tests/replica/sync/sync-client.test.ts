import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { LinkDown, type HubLink } from '#contract/hub-link.ts'
import { openHub } from '#hub/open-hub.ts'
import { openDatabase } from '#storage/open-database.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, type ReplicaStore } from '#replica/store/replica-store.ts'
import { createSyncClient } from '#replica/sync/sync-client.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, declareText, entryText, idOf, INCIDENT, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createUuids } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

function openDevice(change: (link: HubLink) => HubLink = (link) => link) {
  const folder = makeTempFolder('sync', 'quick')
  const clock = createFakeClock()
  const hub = openHub(join(folder, 'hub.db'), true, clock.now)
  const file = openDatabase(join(folder, 'replica.db'), REPLICA_SCHEMA, true)
  if (!hub.ok || !file.ok) throw new Error('not opened')
  const store = createReplicaStore(file.db, { now: clock.now, uuid: createUuids(5) })
  store.meta.write('memberId', ANN)
  store.prepareIdentity()
  const events: unknown[] = []
  const sync = createSyncClient(store, change(hub.hub.connect(ANN)), {
    onChanges: () => undefined,
    onTrouble: (trouble) => void events.push(trouble),
    onConnection: (connected) => void events.push(connected),
    onFault: (error) => void events.push(error instanceof Error ? error.name : error),
  })
  onTestFinished(async () => {
    await sync.close()
    file.db.close()
    await hub.hub.close()
  })
  return { hub: hub.hub, db: file.db, store, sync, events }
}

function join1(store: ReplicaStore): void {
  store.commit([{ scope: 'team', kind: 'member', id: ANN, type: 'member.join', body: { name: '安', role: 'commander' } }])
}

const declare = { scope: INCIDENT_SCOPE, kind: 'incident', id: INCIDENT, type: 'incident.declare', body: (JSON.parse(declareText()) as { body: Record<string, unknown> }).body }
const observe = (n: number, text = `第 ${n} 条`) => ({ scope: INCIDENT_SCOPE, kind: 'entry', id: idOf(1000 + n), type: 'entry.record', body: { kind: 'observation', text, happenedAt: TWO_AT_NIGHT } })

test('P7: a permanent reject at the head of the outbox holds nothing up, nor does one in another scope', async () => {
  const { hub, store, db, sync } = openDevice()
  join1(store)
  store.commit([declare])
  // Somebody else is faster: what this device thinks it may do, the hub will refuse.
  await sync.wake()
  await hub.log.submit([entryText(idOf(1001), '别人的第 1 条')], { memberId: ANN, admission: null })
  store.commit([observe(1)])
  for (let n = 2; n < 60; n++) store.commit([observe(n)])
  await sync.wake()
  expect(store.pendingCount().count).toBe(0)
  expect(db.prepare('SELECT code FROM attention').all()).toEqual([{ code: 'already-exists' }])
  expect(store.read('entry', idOf(1001))).toMatchObject({ state: { text: '别人的第 1 条' } })
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe((await hub.log.headsFor(ANN)).find(({ scope }) => scope === INCIDENT_SCOPE)?.seq)
})

test('a large outbox goes in bounded batches, in order', async () => {
  const sizes: [number, number][] = []
  const { store, sync, hub } = openDevice((link) => ({
    ...link,
    push: (ops) => {
      sizes.push([ops.length, ops.reduce((sum, op) => sum + op.length, 0)])
      return link.push(ops)
    },
  }))
  join1(store)
  store.commit([declare])
  for (let n = 0; n < 700; n++) store.commit([observe(n, n % 10 === 0 ? '长'.repeat(7000) : '短')])
  await sync.wake()
  expect(store.pendingCount().count).toBe(0)
  expect(sizes.length).toBeGreaterThan(2)
  for (const [count, length] of sizes) {
    expect(count).toBeLessThanOrEqual(500)
    expect(length).toBeLessThanOrEqual(256 * 1024)
  }
  const counters = (await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 1000)).map((record) => (JSON.parse(record.bytes) as { counter: number }).counter)
  expect(counters).toEqual(counters.toSorted((a, b) => a - b))
})

test('a line that is down is told once, tried again by itself, and nothing is sent twice for good', async () => {
  let down = true
  const { store, sync, hub, events } = openDevice((link) => ({
    ...link,
    hello: () => (down ? Promise.reject(new LinkDown('no line')) : link.hello()),
    push: async (ops) => {
      const reply = await link.push(ops)
      if (down) throw new LinkDown('the reply was lost')
      return reply
    },
  }))
  join1(store)
  await sync.wake()
  expect(sync.connected).toBe(false)
  expect(events).toEqual(['LinkDown'])
  down = false
  await expect.poll(() => store.pendingCount().count).toBe(0)
  expect(sync.connected).toBe(true)
  down = true
  store.commit([declare])
  await sync.wake()
  expect(store.pendingCount().count).toBe(1)
  down = false
  await expect.poll(() => store.pendingCount().count).toBe(0)
  expect(await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10)).toHaveLength(1)
})

test('a hub whose log is another one is told as trouble; nothing of it is taken, and the outbox is kept', async () => {
  let other = false
  const { store, sync, hub, events } = openDevice((link) => ({
    ...link,
    pull: async (scope, after, limit) => {
      const reply = await link.pull(scope, after, limit)
      return other ? { ...reply, records: reply.records.map((record) => ({ ...record, bytes: record.bytes.replace('别人', '旁人') })) } : reply
    },
  }))
  join1(store)
  store.commit([declare])
  await sync.wake()
  other = true
  await hub.log.submit([entryText(idOf(1001), '别人的第 1 条')], { memberId: ANN, admission: null })
  store.commit([observe(2)])
  await sync.wake()
  expect(events.filter((event) => typeof event === 'object')).toContainEqual({ kind: 'forked', scope: INCIDENT_SCOPE, at: 2 })
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(1)
  expect(store.read('entry', idOf(1001))).toBeUndefined()
  expect(store.pendingCount().count).toBe(1)
  other = false
  await sync.lookAgain()
  expect(store.pendingCount().count).toBe(0)
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(3)
})
