import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBrokenWord, verifyChains } from '#workspace/verify-log.ts'
import { openDatabase } from '#storage/open-database.ts'
import { declare, joinAs, observe, openDevice, write } from '#tests/replica/sync/device.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub, type ModelHub } from '#tests/support/model-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** A hub's log as its database holds it, in the columns that the verification reads. */
function hubDatabase(hub: ModelHub) {
  const schema = {
    version: 1,
    migrate: (db: import('#storage/open-database.ts').Db) => {
      db.exec('CREATE TABLE meta (key TEXT, value TEXT); CREATE TABLE record (scope TEXT, seq INTEGER, hash TEXT)')
      db.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(hub.epoch)
      for (const scope of hub.scopes())
        for (const { seq, hash } of hub.records(scope)) db.prepare('INSERT INTO record VALUES (?, ?, ?)').run(scope, seq, hash)
    },
  }
  const opened = openDatabase(join(makeTempFolder('hub', 'quick'), 'hub.db'), schema, true)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return opened.db
}

async function openTeam(farBehind?: number) {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const ann = openDevice(hub, ANN, { clock })
  write(ann, joinAs(ANN, '安', 'commander'), declare, ...Array.from({ length: 20 }, (_, n) => observe(n + 1)))
  await ann.sync.wake()
  hub.snapshotFrom = farBehind === undefined ? Number.POSITIVE_INFINITY : 5
  const ben = openDevice(hub, BEN, { clock, ...(farBehind === undefined ? {} : { farBehind }) })
  await ben.sync.wake()
  await ben.sync.pollHub()
  return { hub, ann, ben }
}

test('P11: a scope that began at a snapshot is verified from there: its records, where it stands, and that nothing lies between', async () => {
  const { ann, ben } = await openTeam(5)
  write(ann, observe(50), observe(51))
  await ann.sync.wake()
  await ben.sync.wake()
  const sound = async () => (await verifyChains(ben.db, 'cursor')).find(({ scope }) => scope === INCIDENT_SCOPE)
  expect(await sound()).toMatchObject({ fault: null, records: 23 })
  ben.db.prepare("UPDATE record SET bytes = replace(bytes, '第 51 条', '第 52 条') WHERE scope = ?").run(INCIDENT_SCOPE)
  expect(await sound()).toMatchObject({ fault: { seq: 23, kind: 'hash' } })
  ben.db.prepare('DELETE FROM record WHERE scope = ? AND seq = 22').run(INCIDENT_SCOPE)
  expect(await sound()).toMatchObject({ fault: { seq: 22, kind: 'gap' } })
})

test('P11: a hub is held to the heads it signed: a record rewritten or cut off since is found, a restored backup is not', async () => {
  const { hub, ben } = await openTeam()
  const [before, whole] = [hub.backUp(), hubDatabase(hub)]
  expect(findBrokenWord(whole, ben.db)).toEqual([])
  whole.prepare("UPDATE record SET hash = 'other' WHERE scope = ? AND seq = 21").run(INCIDENT_SCOPE)
  expect(findBrokenWord(whole, ben.db)).toEqual([{ scope: INCIDENT_SCOPE, seq: 21 }])
  whole.prepare('DELETE FROM record WHERE scope = ?').run(INCIDENT_SCOPE)
  expect(findBrokenWord(whole, ben.db)).toEqual([{ scope: INCIDENT_SCOPE, seq: 21 }])
  hub.restore({ ...before, records: new Map(), byOp: new Map() })
  expect(findBrokenWord(hubDatabase(hub), ben.db)).toEqual([])
})
