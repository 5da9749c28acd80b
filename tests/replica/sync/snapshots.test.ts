import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LinkDown, type HubLink, type SnapshotOffer } from '#contract/hub-link.ts'
import { rebuildViews } from '#replica/store/rebuild.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, idOf, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { createRandom, seeded } from '#tests/support/seeded.ts'
import { anyAct, draftsOf, noteMade, type World } from '#tests/simulation/acts.ts'
import { declare, dump, hubDump, joinAs, observe, openDevice, write } from './device.ts'

async function openTeam(entries: number) {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const ann = openDevice(hub, ANN, { clock })
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  for (let n = 1; n <= entries; n++) write(ann, observe(n, `门店排队 ${n}`))
  await ann.sync.wake()
  return { clock, hub, ann }
}

test('a new device far behind begins from a snapshot instead of the log: same state, same search, and the log goes on from there', async () => {
  const { clock, hub, ann } = await openTeam(120)
  hub.snapshotFrom = 50
  const ben = openDevice(hub, BEN, { clock, farBehind: 20 })
  await ben.sync.wake()
  write(ben, joinAs(BEN, '本'))
  expect(dump(ben.db).length).toBe(hubDump(hub).length)
  expect(ben.db.prepare('SELECT count(*) AS records FROM record WHERE scope = ?').get(INCIDENT_SCOPE)).toEqual({ records: 0 })
  expect(ben.store.cursor(INCIDENT_SCOPE)).toMatchObject({ seq: 121, hash: hub.records(INCIDENT_SCOPE).at(-1)?.hash })
  expect(ben.db.prepare(`SELECT count(*) AS found FROM search WHERE search MATCH '"排队"'`).get()).toEqual({ found: 120 })
  expect(ben.db.prepare('SELECT count FROM tally WHERE scope = ?').get(INCIDENT_SCOPE)).toEqual({ count: 120 })
  await ben.sync.wake()
  write(ben, observe(200, '快照之后'))
  await ben.sync.wake()
  await ann.sync.wake()
  expect(dump(ben.db)).toEqual(hubDump(hub))
  expect(dump(ann.db)).toEqual(hubDump(hub))
  expect(readdirSync(join(ben.folder, 'incoming'))).toEqual([])
})

test('a device that was away a month, with own ops waiting, catches up by a snapshot and draws them over it', async () => {
  const { clock, hub, ann } = await openTeam(5)
  const ben = openDevice(hub, BEN, { clock, farBehind: 20 })
  write(ben, joinAs(BEN, '本'))
  await ben.sync.wake()
  hub.snapshotFrom = 50
  for (let n = 6; n <= 90; n++) write(ann, observe(n))
  await ann.sync.wake()
  write(
    ben,
    { scope: INCIDENT_SCOPE, kind: 'entry', id: idOf(1001), type: 'entry.star', body: { starred: true } },
    observe(300, '离线写的'),
  )
  await ben.sync.wake()
  expect(hub.calls).toContain('read-snapshot')
  expect(ben.store.pendingCount().count).toBe(0)
  expect(ben.store.read('entry', idOf(1001))).toMatchObject({ state: { starred: true } })
  expect(dump(ben.db)).toEqual(hubDump(hub))
})

/** Cuts the link after `after()` pieces, or alters the snapshot offer. */
function cutting(link: HubLink, after: () => number, spoil: (offer: SnapshotOffer) => SnapshotOffer = (same) => same): HubLink {
  let pieces = 0
  return {
    ...link,
    offerSnapshot: async (scope) => {
      const offer = await link.offerSnapshot(scope)
      return offer && spoil(offer)
    },
    readSnapshot: (offer, offset) => {
      pieces += 1
      return pieces > after() ? Promise.reject(new LinkDown('cut')) : link.readSnapshot(offer, offset)
    },
  }
}

test('P14: however often the line is cut, the snapshot goes on where it was; until it is whole the device has the old, then the new', async () => {
  const { clock, hub } = await openTeam(60)
  hub.snapshotFrom = 10
  hub.pieceBytes = 700
  let allowed = 3
  let device = openDevice(hub, BEN, { clock, farBehind: 5, change: (link) => cutting(link, () => allowed) })
  const size = hubDump(hub).join('').length
  for (let tries = 0; tries < 40 && device.store.cursor(INCIDENT_SCOPE) === null; tries++) {
    await device.sync.pollHub()
    if (device.store.cursor(INCIDENT_SCOPE)) break
    expect(dump(device.db).filter((line) => line.includes(INCIDENT_SCOPE))).toEqual([])
    allowed = 3
    // Every second time the process ends as well.
    if (tries % 2 === 0) device = device.restart()
    else allowed += 3 * (tries + 1)
  }
  expect(dump(device.db)).toEqual(hubDump(hub))
  const pieces = hub.calls.filter((call) => call === 'read-snapshot').length
  expect(pieces).toBeLessThan((size / 700) * 2 + 20)
})

test('P14: a snapshot that is not what was offered changes nothing, and one that cannot be read changes nothing', async () => {
  const { clock, hub } = await openTeam(30)
  hub.snapshotFrom = 10
  const wrongSum = openDevice(hub, BEN, {
    clock,
    farBehind: 5,
    change: (link) =>
      cutting(
        link,
        () => 1e9,
        (offer) => ({ ...offer, sha256: offer.sha256.replace(/^./, (first) => (first === '0' ? '1' : '0')) }),
      ),
  })
  await wrongSum.sync.wake()
  // No file has that hash, so the device pulls the log.
  expect(wrongSum.store.cursor(INCIDENT_SCOPE)?.seq).toBe(31)
  const spoilt = openDevice(hub, BEN, {
    clock,
    farBehind: 5,
    change: (link) => ({
      ...link,
      readSnapshot: async (offer, offset) => {
        const piece = await link.readSnapshot(offer, offset)
        return piece && new Uint8Array(piece).fill(120, 0, 10)
      },
    }),
  })
  await spoilt.sync.wake()
  expect(spoilt.events).toContain('LinkDown: the snapshot is not what was offered')
  expect(spoilt.store.cursor(INCIDENT_SCOPE)).toBeNull()
  expect(readdirSync(join(spoilt.folder, 'incoming'))).toEqual([])
})

test('a version that understands more leaves a scope from a snapshot as it is, and asks the hub for a new one', async () => {
  const { clock, hub } = await openTeam(60)
  hub.snapshotFrom = 10
  const ben = openDevice(hub, BEN, { clock, farBehind: 5 })
  await ben.sync.wake()
  const before = dump(ben.db)
  rebuildViews(ben.db)
  expect(dump(ben.db)).toEqual(before)
  expect(ben.db.prepare('SELECT stale FROM scope_base WHERE scope = ?').get(INCIDENT_SCOPE)).toEqual({ stale: 1 })
  await ben.sync.pollHub()
  expect(ben.db.prepare('SELECT stale FROM scope_base WHERE scope = ?').get(INCIDENT_SCOPE)).toEqual({ stale: 0 })
  expect(dump(ben.db)).toEqual(hubDump(hub))
})

test('P2, P14: for any log and any cut, the snapshot with the rest of the log gives the same bytes as the whole log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 10, maxLength: 60, size: 'max' }), fc.nat(), async (acts, seed) => {
      const clock = createFakeClock()
      const hub = createModelHub(clock.now)
      const ann = openDevice(hub, ANN, { clock, seed: 7 })
      const random = createRandom(seed)
      const world: World = { members: [ANN], incidents: [], entries: [], imports: [], series: [] }
      write(ann, joinAs(ANN, '安', 'commander'))
      const late = []
      for (const act of [{ name: 'declare' as const, a: 0, b: 0, c: 0 }, ...acts]) {
        clock.advance(700)
        const drafts = draftsOf(world, act, { now: clock.now(), uuid: ann.edge.uuid, seen: ann.store.read })
        if (drafts.length > 0 && ann.store.commit(drafts).ok) noteMade(world, drafts)
        if (random() < 0.3) await ann.sync.wake()
        // A device that begins from a snapshot taken here, and pulls the rest later.
        if (random() < 0.1 && late.length < 3) {
          hub.snapshotFrom = 1
          const device = openDevice(hub, ANN, { clock, farBehind: 0 })
          await device.sync.wake()
          hub.snapshotFrom = Number.POSITIVE_INFINITY
          late.push(device)
        }
      }
      await ann.sync.wake()
      for (const device of [...late, ann]) {
        await device.sync.pollHub()
        expect(dump(device.db)).toEqual(hubDump(hub))
      }
      for (const device of [...late, ann]) await device.close()
    }),
    seeded(15),
  )
})
