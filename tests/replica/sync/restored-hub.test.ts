import { expect, test } from 'vitest'
import { LinkDown } from '#contract/hub-link.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declaration, idOf, INCIDENT_SCOPE, PRIVATE_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, dump, hubDump, joinAs, observe, openDevice, write, type Device } from './device.ts'

async function settle(...devices: Device[]): Promise<void> {
  for (let turn = 0; turn < 4; turn++) for (const device of devices) await device.sync.pollHub()
}

async function openTeam(farBehind?: number) {
  const clock = createFakeClock()
  const hub = createModelHub(() => {
    clock.advance(1)
    return clock.now()
  })
  const more = farBehind === undefined ? {} : { farBehind }
  const ann = openDevice(hub, ANN, { clock, ...more })
  const ben = openDevice(hub, BEN, { clock, ...more })
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  await settle(ann)
  write(ben, joinAs(BEN, '本'))
  await settle(ben, ann)
  return { clock, hub, ann, ben }
}

const opIds = (records: readonly { bytes: string }[]) => records.map((record) => (JSON.parse(record.bytes) as { opId: string }).opId)

test('P4: a hub restored from a backup gets back every op that it had acknowledged and lost, by the same id; all end the same', async () => {
  const { hub, ann, ben } = await openTeam()
  write(ann, observe(1, '备份之前'))
  await settle(ann, ben)
  const backup = hub.backUp()
  const lost = [...write(ann, observe(2, '备份之后，安写的')), ...write(ben, observe(3, '备份之后，本写的'))]
  await settle(ann, ben)
  expect(opIds(hub.records(INCIDENT_SCOPE))).toEqual(expect.arrayContaining(lost))
  // Work continues while the hub is unavailable.
  const waiting = write(ben, observe(4, '还没送出的'))
  hub.restore(backup)
  expect(opIds(hub.records(INCIDENT_SCOPE))).not.toEqual(expect.arrayContaining(lost))
  await settle(ann, ben)
  expect(opIds(hub.records(INCIDENT_SCOPE)).toSorted()).toEqual(expect.arrayContaining([...lost, ...waiting].toSorted()))
  expect(new Set(opIds(hub.records(INCIDENT_SCOPE))).size).toBe(hub.records(INCIDENT_SCOPE).length)
  for (const device of [ann, ben]) {
    expect(device.store.pendingCount().count).toBe(0)
    expect(dump(device.db)).toEqual(hubDump(hub))
    expect(device.events.filter((event) => typeof event === 'object')).toEqual([])
  }
})

test('P4: an incident that the backup had never heard of comes back whole, in the order in which it was written', async () => {
  const { hub, ann, ben } = await openTeam()
  const backup = hub.backUp()
  const late = idOf(2)
  const scope = `incident:${late}`
  write(ann, { scope, kind: 'incident', id: late, type: 'incident.declare', body: { ...declaration({ title: '备份之后才有的' }) } })
  await settle(ann, ben)
  write(ben, observe(9, '本在其中写的', scope))
  await settle(ben, ann)
  hub.restore(backup)
  // 本, who did not declare the incident, connects to the hub first and must keep it.
  await ben.sync.pollHub()
  await settle(ann, ben)
  // His entry was either refused while the incident was unknown, or accepted again; it is never lost.
  const attention = ben.db.prepare<[], { bytes: string }>('SELECT bytes FROM attention').all()
  expect([...hub.records(scope), ...attention].some((one) => one.bytes.includes('本在其中写的'))).toBe(true)
  expect(ann.store.read('incident', late)).toMatchObject({ state: { title: '备份之后才有的' } })
  expect(dump(ann.db)).toEqual(hubDump(hub))
  expect(dump(ben.db)).toEqual(hubDump(hub))
})

test('a hub that forgot its whole log is given it again, members first', async () => {
  const { hub, ann, ben } = await openTeam()
  write(ann, observe(1))
  await settle(ann, ben)
  hub.restore({ records: new Map(), byOp: new Map(), entities: new Map(), spoken: new Map() })
  await settle(ann, ben)
  expect(
    hub
      .entities()
      .map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(['entry', 'incident', 'member', 'member'])
  expect(dump(ann.db)).toEqual(hubDump(hub))
  expect(dump(ben.db)).toEqual(hubDump(hub))
  for (const device of [ann, ben]) expect(device.db.prepare('SELECT count(*) AS found FROM attention').get()).toEqual({ found: 0 })
})

test('P4, P5: whatever question the line is cut at while a restored hub is met, or the process ends there, nothing is lost', async () => {
  for (const ending of ['line', 'process'] as const) {
    for (let cut = 1; cut <= 14; cut++) {
      const { hub, ann, ben, clock } = await openTeam()
      const backup = hub.backUp()
      const lost = [...write(ann, observe(2)), ...write(ann, observe(3))]
      await settle(ann, ben)
      const waiting = write(ann, observe(4))
      hub.restore(backup)
      let calls = 0
      await ann.close()
      const cutting = openDevice(hub, ANN, {
        clock,
        folder: ann.folder,
        change: (link) => {
          const through =
            <Given extends unknown[], Reply>(call: (...given: Given) => Promise<Reply>) =>
            (...given: Given) => {
              calls += 1
              return calls === cut ? Promise.reject(new LinkDown('cut')) : call(...given)
            }
          return {
            ...link,
            hello: through(link.hello),
            pull: through(link.pull),
            push: through(link.push),
            offerSnapshot: through(link.offerSnapshot),
          }
        },
      })
      await cutting.sync.wake()
      const next = ending === 'process' ? cutting.restart() : cutting
      await settle(next, ben)
      expect(opIds(hub.records(INCIDENT_SCOPE)), `${ending} ${cut}`).toEqual(expect.arrayContaining([...lost, ...waiting]))
      expect(dump(next.db)).toEqual(hubDump(hub))
      expect(next.store.pendingCount().count).toBe(0)
      await next.close()
      await ben.close()
    }
  }
})

test('P4: a hub restored to an older backup while a device rebuilds from a newer one gets back what only the newer one had', async () => {
  const { hub, ann, ben, clock } = await openTeam()
  const older = hub.backUp()
  const between = write(ann, observe(1, '两个备份之间'))
  await settle(ann, ben)
  const newer = hub.backUp()
  const after = write(ann, observe(2, '新备份之后'))
  await settle(ann, ben)
  await ben.close()
  await ann.close()
  hub.restore(newer)
  let olderComes = true
  const device = openDevice(hub, ANN, {
    clock,
    folder: ann.folder,
    change: (link) => ({
      ...link,
      pull: (scope, afterSeq, limit) => {
        // The comparison of the logs pulls one record at a time (limit 1); the full pull follows over the same link.
        if (scope === INCIDENT_SCOPE && limit > 1 && olderComes) {
          olderComes = false
          hub.restore(older)
        }
        return link.pull(scope, afterSeq, limit)
      },
    }),
  })
  await settle(device)
  expect(olderComes).toBe(false)
  expect(opIds(hub.records(INCIDENT_SCOPE))).toEqual(expect.arrayContaining([...between, ...after]))
  expect(dump(device.db)).toEqual(hubDump(hub))
})

test('a rejection that its author has dismissed stays dismissed when the log of rejections is fetched anew', async () => {
  const { hub, ann } = await openTeam()
  const backup = hub.backUp()
  const other = openDevice(hub, ANN, { clock: ann.clock })
  await settle(other)
  write(other, observe(5, '先到的'))
  write(ann, observe(5, '后到的'))
  await settle(other)
  await ann.sync.pollHub()
  expect(ann.db.prepare('SELECT code FROM attention').all()).toEqual([{ code: 'already-exists' }])
  expect(ann.store.cursor(PRIVATE_SCOPE)?.seq).toBe(1)
  ann.db.prepare('DELETE FROM attention').run()
  hub.restore(backup)
  await settle(ann, other)
  expect(ann.db.prepare('SELECT code FROM attention').all()).toEqual([])
  expect(dump(ann.db)).toEqual(hubDump(hub))
})

test('P4: with a snapshot in the place of the log, own ops beyond where both agree go back, and those before it are kept for the next time', async () => {
  const { hub, ann, ben } = await openTeam(3)
  for (let n = 1; n <= 10; n++) write(ann, observe(n))
  await settle(ann, ben)
  const older = hub.backUp()
  for (let n = 11; n <= 14; n++) write(ann, observe(n))
  await settle(ann, ben)
  const newer = hub.backUp()
  for (let n = 15; n <= 16; n++) write(ann, observe(n))
  await settle(ann, ben)
  hub.snapshotFrom = 1
  hub.restore(newer)
  await settle(ann, ben)
  expect(ann.db.prepare('SELECT scope FROM scope_base').all()).toContainEqual({ scope: INCIDENT_SCOPE })
  expect(dump(ann.db)).toEqual(hubDump(hub))
  // Restore again, from a backup older than the start of the snapshot.
  hub.restore(older)
  await settle(ann, ben)
  const texts = hub.records(INCIDENT_SCOPE).map((record) => record.bytes)
  for (let n = 1; n <= 16; n++)
    expect(
      texts.some((bytes) => bytes.includes(`"第 ${n} 条"`)),
      String(n),
    ).toBe(true)
  expect(dump(ann.db)).toEqual(hubDump(hub))
  expect(dump(ben.db)).toEqual(hubDump(hub))
})
