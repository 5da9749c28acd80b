import { expect, test } from 'vitest'
import { LinkDown, type HubLink } from '#contract/hub-link.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, entryText, idOf, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, dump, hubDump, joinAs, observe, openDevice, write } from './device.ts'

function openPair(change?: (link: HubLink) => HubLink) {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const device = openDevice(hub, ANN, { clock, ...(change ? { change } : {}) })
  return { hub, device, ...device }
}

test('P7: a permanent reject at the head of the outbox holds nothing up, nor does one in another scope', async () => {
  const { hub, device, store, db, sync } = openPair()
  write(device, joinAs(ANN, '安', 'commander'), declare)
  // Another device writes first: the hub refuses an op that this device accepted locally.
  await sync.wake()
  hub.submit([entryText(idOf(1001), '别人的第 1 条')], ANN)
  for (let n = 1; n < 60; n++) write(device, observe(n))
  await sync.wake()
  expect(store.pendingCount().count).toBe(0)
  expect(db.prepare('SELECT code FROM attention').all()).toEqual([{ code: 'already-exists' }])
  expect(store.read('entry', idOf(1001))).toMatchObject({ state: { text: '别人的第 1 条' } })
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(hub.records(INCIDENT_SCOPE).length)
})

test('a large outbox goes in bounded batches, in order, one at a time', async () => {
  const sizes: [number, number][] = []
  let underWay = 0
  const { device, sync, store, hub } = openPair((link) => ({
    ...link,
    push: async (ops) => {
      sizes.push([ops.length, ops.reduce((sum, op) => sum + op.length, 0)])
      underWay += 1
      expect(underWay).toBe(1)
      const reply = await link.push(ops)
      underWay -= 1
      return reply
    },
  }))
  write(device, joinAs(ANN, '安', 'commander'), declare)
  for (let n = 0; n < 700; n++) write(device, observe(n, n % 10 === 0 ? '长'.repeat(7000) : '短'))
  await sync.wake()
  expect(store.pendingCount().count).toBe(0)
  expect(sizes.length).toBeGreaterThan(2)
  for (const [count, length] of sizes) {
    expect(count).toBeLessThanOrEqual(500)
    expect(length).toBeLessThanOrEqual(256 * 1024)
  }
  const counters = hub.records(INCIDENT_SCOPE).map((record) => (JSON.parse(record.bytes) as { counter: number }).counter)
  expect(counters).toEqual(counters.toSorted((a, b) => a - b))
})

test('a line that is down is told once, tried again by itself, and nothing is sent twice for good', async () => {
  let down = true
  const { device, store, sync, hub, events } = openPair((link) => ({
    ...link,
    hello: (hello) => (down ? Promise.reject(new LinkDown('no line')) : link.hello(hello)),
    push: async (ops) => {
      const reply = await link.push(ops)
      if (down) throw new LinkDown('the reply was lost')
      return reply
    },
  }))
  write(device, joinAs(ANN, '安', 'commander'))
  await sync.wake()
  expect(sync.connected).toBe(false)
  expect(events).toEqual(['LinkDown: no line'])
  down = false
  await expect.poll(() => store.pendingCount().count).toBe(0)
  expect(sync.connected).toBe(true)
  down = true
  write(device, declare)
  await sync.wake()
  expect(store.pendingCount().count).toBe(1)
  down = false
  await expect.poll(() => store.pendingCount().count).toBe(0)
  expect(hub.records(INCIDENT_SCOPE)).toHaveLength(1)
})

test('a hub that shows another log is told as trouble; nothing of it is taken, and the outbox is kept', async () => {
  let other = false
  const { device, store, sync, hub, events } = openPair((link) => ({
    ...link,
    pull: async (scope, after, limit) => {
      const reply = await link.pull(scope, after, limit)
      return other
        ? { ...reply, records: reply.records.map((record) => ({ ...record, bytes: record.bytes.replace('别人', '旁人') })) }
        : reply
    },
  }))
  write(device, joinAs(ANN, '安', 'commander'), declare)
  await sync.wake()
  other = true
  hub.submit([entryText(idOf(1001), '别人的第 1 条')], ANN)
  write(device, observe(2))
  await sync.wake()
  expect(events.filter((event) => typeof event === 'object')).toContainEqual({ kind: 'forked', scope: INCIDENT_SCOPE, at: 2 })
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(1)
  expect(store.read('entry', idOf(1001))).toBeUndefined()
  expect(store.pendingCount().count).toBe(1)
  other = false
  await sync.pollHub()
  expect(store.pendingCount().count).toBe(0)
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(3)
})

test('a hub that turns the device away is left alone until somebody does something about it; the work goes on, and the reason outlives the process', async () => {
  const { device, store, sync, hub, events } = openPair()
  write(device, joinAs(ANN, '安', 'commander'), declare)
  await sync.wake()
  hub.refusing.set(ANN, 'session-revoked')
  write(device, observe(1))
  await sync.wake()
  expect(events).toContain('refused session-revoked')
  const asked = hub.calls.length
  write(device, observe(2))
  await sync.wake()
  await sync.pollHub()
  expect(hub.calls).toHaveLength(asked)
  const again = device.restart()
  expect(again.store.meta.read('refused')).toBe('session-revoked')
  hub.refusing.clear()
  await again.sync.tryAgain()
  expect(again.store.pendingCount().count).toBe(0)
  expect(again.store.meta.read('refused')).toBe('')
  expect(dump(again.db)).toEqual(hubDump(hub))
  expect(store).not.toBe(again.store)
})

test('a hub of another team is refused, and nothing is sent to it', async () => {
  const { device, sync, hub, events } = openPair()
  write(device, joinAs(ANN, '安', 'commander'))
  await sync.wake()
  hub.hubId = 'team-2'
  write(device, declare)
  await sync.pollHub()
  expect(events).toContain('refused wrong-hub')
  expect(hub.records(INCIDENT_SCOPE)).toEqual([])
  expect(device.store.pendingCount().count).toBe(1)
})

test("a device that runs with a copy of another's data folder takes an identity of its own, keeps what waits, and both end the same", async () => {
  const { device, hub, clock, sync, db } = openPair()
  write(device, joinAs(ANN, '安', 'commander'), declare)
  await sync.wake()
  const [shared] = write(device, observe(1, '复制之前写的'))
  // The folder is copied while an op is pending: both devices will push it.
  const folder = device.folder
  db.pragma('wal_checkpoint(TRUNCATE)')
  const { cpSync } = await import('node:fs')
  const copyFolder = `${folder}-copy`
  cpSync(folder, copyFolder, { recursive: true })
  const copy = openDevice(hub, ANN, { clock, folder: copyFolder })
  expect(copy.store.meta.read('replicaId')).toBe(device.store.meta.read('replicaId'))
  const [own] = write(device, observe(2, '原件写的'))
  const [other] = write(copy, observe(3, '副本写的'))
  await sync.wake()
  await copy.sync.wake()
  expect(copy.store.meta.read('replicaId')).not.toBe(device.store.meta.read('replicaId'))
  expect(copy.events.filter((event) => typeof event === 'string')).toEqual([])
  await sync.pollHub()
  const said = hub.records(INCIDENT_SCOPE).map((record) => (JSON.parse(record.bytes) as { opId: string }).opId)
  expect(said.slice(1).toSorted()).toEqual([shared, own, other].toSorted())
  for (const one of [device, copy]) {
    expect(one.store.pendingCount().count).toBe(0)
    expect(dump(one.db)).toEqual(hubDump(hub))
  }
  const { rmSync } = await import('node:fs')
  await copy.close()
  rmSync(copyFolder, { recursive: true })
})

test('hello tells where every scope stands, and what has moved since is fetched without being told of it', async () => {
  const hellos: unknown[] = []
  const { device, hub, clock, sync } = openPair((link) => ({
    ...link,
    hello: (hello) => {
      hellos.push(hello)
      return link.hello(hello)
    },
    onAdvance: () => () => undefined,
  }))
  write(device, joinAs(ANN, '安', 'commander'), declare)
  await sync.wake()
  const other = openDevice(hub, BEN, { clock })
  write(other, joinAs(BEN, '本'))
  await other.sync.wake()
  write(other, observe(7))
  await other.sync.wake()
  expect(device.store.read('entry', idOf(1007))).toBeUndefined()
  await sync.pollHub()
  expect(device.store.read('entry', idOf(1007))).toBeDefined()
  expect(hellos).toMatchObject([
    { cursors: [] },
    {
      replicaId: device.store.meta.read('replicaId'),
      cursors: [
        { scope: INCIDENT_SCOPE, seq: 1 },
        { scope: 'team', seq: 1 },
      ],
      sentAt: clock.now(),
    },
  ])
})
