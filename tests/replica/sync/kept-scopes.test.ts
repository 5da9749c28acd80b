import { expect, test } from 'vitest'
import { LinkDown, type HubLink } from '#contract/hub-link.ts'
import { missing, markMissingSeen, missingCount } from '#replica/store/set-aside.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declaration, idOf, INCIDENT, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, dump, hubDump, joinAs, observe, openDevice, write, type Device } from './device.ts'

const LATE = idOf(2)
const LATE_SCOPE = `incident:${LATE}`
const declareLate = {
  scope: LATE_SCOPE,
  kind: 'incident',
  id: LATE,
  type: 'incident.declare',
  body: { ...declaration({ title: '备份之后才有的' }) },
}
const NOTHING = { scopes: [], records: [] }

async function settle(...devices: Device[]): Promise<void> {
  for (let turn = 0; turn < 4; turn++) for (const device of devices) await device.sync.pollHub()
}

async function openTeam(change?: (link: HubLink) => HubLink) {
  const clock = createFakeClock()
  const hub = createModelHub(() => {
    clock.advance(1)
    return clock.now()
  })
  const ann = openDevice(hub, ANN, { clock })
  const ben = openDevice(hub, BEN, { clock, ...(change ? { change } : {}) })
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  await settle(ann)
  write(ben, joinAs(BEN, '本'))
  await settle(ben, ann)
  return { clock, hub, ann, ben }
}

const places = (device: Device) => missing(device.db).records.map(({ scope, seq, altered }) => ({ scope, seq, altered }))

test('P4: a hub that went back without anybody saying so deletes nothing: it is shown what it signed, begins a new epoch, and has all of it again', async () => {
  const { hub, ann, ben } = await openTeam()
  const backup = hub.backUp()
  write(ann, declareLate)
  await settle(ann, ben)
  const entry = write(ben, observe(9, '本在其中写的', LATE_SCOPE))
  await settle(ben, ann)
  const before = hub.epoch
  hub.restore(backup, false)
  await ben.sync.pollHub()
  expect(hub.epoch).not.toBe(before)
  expect(ben.store.read('incident', LATE)).toMatchObject({ state: { title: '备份之后才有的' } })
  expect(missing(ben.db)).toEqual({ scopes: [LATE_SCOPE], records: [] })
  // New ops in the missing scope wait with the others; they are not refused although the hub does not know their scope.
  const later = write(ben, observe(10, '之后写的', LATE_SCOPE))
  await ben.sync.pollHub()
  expect(ben.db.prepare('SELECT count(*) AS found FROM attention').get()).toEqual({ found: 0 })
  await settle(ann, ben)
  const texts = hub.records(LATE_SCOPE).map(({ bytes }) => bytes)
  for (const opId of [...entry, ...later]) expect(texts.some((bytes) => bytes.includes(opId))).toBe(true)
  for (const device of [ann, ben]) {
    expect(dump(device.db)).toEqual(hubDump(hub))
    expect(missing(device.db)).toEqual(NOTHING)
    expect(device.store.pendingCount().count).toBe(0)
  }
  // No record was lost, so records signed in the last epoch cannot start another epoch.
  const settled = hub.epoch
  await settle(ann, ben)
  expect(hub.epoch).toBe(settled)
})

test('a scope that the hub hides without a record that ended the reading is kept with an alarm, and the proof takes it away', async () => {
  const { hub, ben } = await openTeam()
  hub.unproven.add(INCIDENT_SCOPE)
  hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
  await settle(ben)
  expect(ben.store.read('incident', INCIDENT)).toBeDefined()
  expect(missing(ben.db)).toEqual({ scopes: [INCIDENT_SCOPE], records: [] })
  markMissingSeen(ben.db)
  await settle(ben)
  expect(missingCount(ben.db)).toEqual({ scopes: 0, records: 0 })
  expect(ben.store.read('incident', INCIDENT)).toBeDefined()
  hub.unproven.clear()
  await settle(ben)
  expect(ben.store.read('incident', INCIDENT)).toBeUndefined()
  expect(ben.db.prepare('SELECT count(*) AS found FROM absent_scope').get()).toEqual({ found: 0 })
})

test('an ending that is for somebody else, of another life of the log, of another scope, or not signed by the hub takes nothing away', async () => {
  const wrong: ((ended: { scope: string; by: string; seq: number; hash: string; signature: string }) => object)[] = [
    (ended) => ({ ...ended, signature: ended.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }),
    (ended) => ({ ...ended, seq: ended.seq + 1 }),
    (ended) => ({ ...ended, by: LATE_SCOPE }),
    (ended) => ({ ...ended, hash: 'f'.repeat(64) }),
    (ended) => ({ ...ended, signature: '' }),
  ]
  for (const [index, spoil] of wrong.entries()) {
    const { hub, ben } = await openTeam((link) => ({
      ...link,
      async hello(said) {
        const welcome = await link.hello(said)
        return { ...welcome, ended: welcome.ended.map((ended) => spoil(ended) as typeof ended) }
      },
    }))
    hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
    await settle(ben)
    expect(ben.store.read('incident', INCIDENT), String(index)).toBeDefined()
    expect(missing(ben.db).scopes).toEqual([INCIDENT_SCOPE])
  }
})

/** 本 has the incident from a snapshot, without any of its records. */
async function openWithSnapshot() {
  const { hub, ann, ben, clock } = await openTeam()
  await ben.close()
  for (let n = 1; n <= 4; n++) write(ann, observe(n))
  await settle(ann)
  const backup = hub.backUp()
  for (let n = 5; n <= 10; n++) write(ann, observe(n))
  await settle(ann)
  hub.snapshotFrom = 1
  const fresh = openDevice(hub, BEN, { clock, farBehind: 3 })
  await settle(fresh)
  expect(fresh.db.prepare('SELECT scope FROM scope_base').all()).toContainEqual({ scope: INCIDENT_SCOPE })
  return { hub, ann, ben: fresh, backup }
}

test('an ending that a restored hub signs of a time before the snapshot that is held here takes nothing away', async () => {
  const { hub, ben, backup } = await openWithSnapshot()
  const held = dump(ben.db)
  hub.restore(backup)
  hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
  await settle(ben)
  expect(ben.store.read('incident', INCIDENT)).toBeDefined()
  expect(missing(ben.db).scopes).toEqual([INCIDENT_SCOPE])
  hub.readers.clear()
  expect(dump(ben.db)).toEqual(held)
})

test('a scope that the hub does not name holds up no other, also where an older version of the app could not read it whole', async () => {
  const { hub, ann, ben } = await openWithSnapshot()
  hub.unproven.add(INCIDENT_SCOPE)
  hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
  ben.db.prepare('UPDATE scope_base SET stale = 1').run()
  write(ann, declareLate)
  await settle(ann, ben)
  write(ben, observe(99, '本在其中写的', LATE_SCOPE))
  await settle(ben)
  expect(ben.sync.connected).toBe(true)
  expect(hub.records(LATE_SCOPE).some(({ bytes }) => bytes.includes('本在其中写的'))).toBe(true)
  expect(ben.store.read('incident', INCIDENT)).toBeDefined()
})

test('what others wrote and the hub has lost is set aside until they send it again; it is no alarm any more once it is back', async () => {
  const { hub, ann, ben } = await openTeam()
  const backup = hub.backUp()
  write(ann, observe(1, '安写的'), observe(2, '安又写的'))
  await settle(ann, ben)
  hub.restore(backup)
  const seq = hub.records(INCIDENT_SCOPE).length + 1
  await ben.sync.pollHub()
  expect(places(ben)).toEqual([
    { scope: INCIDENT_SCOPE, seq, altered: false },
    { scope: INCIDENT_SCOPE, seq: seq + 1, altered: false },
  ])
  expect(missing(ben.db).records[0]?.bytes).toContain('安写的')
  const again = ben.restart()
  await settle(ann, again)
  expect(missing(again.db)).toEqual(NOTHING)
  expect(dump(again.db)).toEqual(hubDump(hub))
})

test('P11: what comes back with another text, author or time under the same name is named at its place, whoever wrote it', async () => {
  const { hub, ann, ben } = await openTeam()
  write(ann, observe(1, '安写的'))
  write(ann, observe(2, '安又写的'))
  await settle(ann, ben)
  const seq = hub.records(INCIDENT_SCOPE).findIndex(({ bytes }) => bytes.includes('安写的')) + 1
  for (const known of [true, false]) {
    const forged = hub.forge(INCIDENT_SCOPE, seq, (record) => ({ ...record, bytes: record.bytes.replace('安写的', '没有的事') }))
    hub.restore(forged, known)
    await settle(ben, ann)
    for (const device of [ann, ben])
      expect(places(device)[0], known ? 'said' : 'unsaid').toEqual({ scope: INCIDENT_SCOPE, seq, altered: true })
  }
})

test('a line that breaks while a forgetful hub is met loses nothing, at whatever question', async () => {
  for (let cut = 1; cut <= 12; cut++) {
    let calls = Number.NEGATIVE_INFINITY
    const through =
      <Given extends unknown[], Reply>(call: (...given: Given) => Promise<Reply>) =>
      (...given: Given) => {
        calls += 1
        return calls === cut ? Promise.reject(new LinkDown('cut')) : call(...given)
      }
    const { hub, ann, ben } = await openTeam((link) => ({
      ...link,
      hello: through(link.hello),
      pull: through(link.pull),
      push: through(link.push),
      showHeads: through(link.showHeads),
    }))
    const backup = hub.backUp()
    write(ann, declareLate, observe(20))
    await settle(ann, ben)
    write(ben, observe(21, '本的', LATE_SCOPE))
    await settle(ben, ann)
    hub.restore(backup, false)
    calls = 0
    await settle(ben, ann)
    await settle(ben, ann)
    expect(dump(ben.db), String(cut)).toEqual(hubDump(hub))
    expect(hub.records(LATE_SCOPE).some(({ bytes }) => bytes.includes('本的'))).toBe(true)
    expect(missing(ben.db)).toEqual(NOTHING)
    await ann.close()
    await ben.close()
  }
})
