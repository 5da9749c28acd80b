import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HubLink } from '#contract/hub-link.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { openPostgresHub } from '#hub/open-postgres-hub.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT_SCOPE, joinText, opText } from '#tests/support/log-texts.ts'
import { askPostgres, makePostgresDatabase } from '#tests/support/postgres.ts'
import { openTeamOver } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ENGINES, titleOf, type EngineName } from './open-log.ts'
import { PATIENT } from './nodes/open-node.ts'

/** A database whose state can be saved and put back, as by a copy of its file, `pg_restore`, or a standby that lagged. */
async function openDatabase(engine: EngineName, folder: string, now: () => number) {
  const file = join(folder, 'hub.db')
  const made = engine === 'postgres' ? await makePostgresDatabase() : null
  return {
    async open(): Promise<Hub> {
      const opened = made
        ? await openPostgresHub({ url: made.url, connections: 3, onConnectionLost: () => undefined, limits: PATIENT }, now)
        : openHub(file, true, now)
      if (!opened.ok) throw new Error(JSON.stringify(opened.trouble))
      return opened.hub
    },
    /** Saves the state. Nobody may have the database open. */
    async keep(): Promise<void> {
      if (!made) return copyFileSync(file, `${file}.kept`)
      await shut(made.name)
      await askPostgres(`CREATE DATABASE ${made.name}_kept TEMPLATE ${made.name}`)
      await askPostgres(`ALTER DATABASE ${made.name} WITH ALLOW_CONNECTIONS true`)
    },
    async putBack(): Promise<void> {
      if (!made) {
        for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
        return copyFileSync(`${file}.kept`, file)
      }
      await shut(made.name)
      await askPostgres(`ALTER DATABASE ${made.name} RENAME TO ${made.name}_gone_${Math.trunc(performance.now())}`)
      await askPostgres(`CREATE DATABASE ${made.name} TEMPLATE ${made.name}_kept`)
    },
  }
}

/** Ends all connections to a database, and lets nobody come back: a hub would at once. */
async function shut(name: string): Promise<void> {
  await askPostgres(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`)
  await askPostgres(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
}

const found = async (link: HubLink) => {
  await link.push([joinText(ANN, '安', 'commander')])
  await link.push([declareText(), entryText(idOf(60), '第一条')])
}

for (const { engine, missing } of ENGINES) {
  test.skipIf(missing !== null)(
    `a database that was put back to an older state is noticed at the start, over ${titleOf(engine, missing)}; one that was not is left alone`,
    async () => {
      const folder = makeTempFolder('hub', 'quick')
      const { now } = createFakeClock()
      const database = await openDatabase(engine, folder, now)
      const said: { message: string }[] = []
      const start = async () => openTeamOver(await database.open(), folder, now, said)
      let hub = await start()
      await found(hub.link(ANN, { kind: 'founder' }))
      await hub.close()
      await database.keep()
      hub = await start()
      const first = await hub.hub.epoch()
      await hub.link(ANN).push([entryText(idOf(61), '之后的一条')])
      await hub.close()
      hub = await start()
      expect(await hub.hub.epoch()).toBe(first)
      await hub.close()
      expect(said).toEqual([])
      await database.putBack()
      hub = await start()
      expect(said).toHaveLength(1)
      const second = await hub.hub.epoch()
      expect(second).not.toBe(first)
      expect((await hub.hub.epochs.list()).map(({ reason }) => reason)).toEqual(['founded', 'went-back'])
      await hub.close()
      // Put back again, to a state before that epoch began.
      await database.putBack()
      hub = await start()
      expect([first, second]).not.toContain(await hub.hub.epoch())
      await hub.close()
      // Put back by an operator who says so: no other epoch begins.
      await database.putBack()
      const restored = await database.open()
      await restored.beginEpoch()
      const third = await restored.epoch()
      await restored.close()
      rmSync(join(folder, 'hub-fence.json'))
      hub = await start()
      expect(await hub.hub.epoch()).toBe(third)
      await hub.close()
      expect(existsSync(join(folder, 'hub-fence.json'))).toBe(true)
    },
  )
}

test('a hub whose database becomes an older one under it begins a new epoch, and tells everybody to say hello again', async () => {
  const missing = ENGINES.find(({ engine }) => engine === 'postgres')?.missing ?? null
  if (missing !== null) return
  const folder = makeTempFolder('hub', 'quick')
  const { now } = createFakeClock()
  const database = await openDatabase('postgres', folder, now)
  let hub = await openTeamOver(await database.open(), folder, now)
  await found(hub.link(ANN, { kind: 'founder' }))
  await hub.close()
  await database.keep()
  hub = await openTeamOver(await database.open(), folder, now)
  const link = hub.link(ANN)
  await link.push([entryText(idOf(61), '主库才有的一条')])
  const first = await hub.hub.epoch()
  await database.putBack()
  const told = new Promise<void>((resolve) => {
    link.onAccess(resolve)
  })
  hub.team.pollExternalWrites()
  await told
  const welcome = await link.hello({ replicaId: idOf(9), cursors: [], sentAt: 0 })
  expect(welcome.epoch).not.toBe(first)
  await hub.close()
})

test('a hub is believed what it signed, and nothing else: no member can make an epoch begin that is not due', async () => {
  const folder = makeTempFolder('hub', 'quick')
  const { now } = createFakeClock()
  const database = await openDatabase('sqlite', folder, now)
  let hub = await openTeamOver(await database.open(), folder, now)
  await found(hub.link(ANN, { kind: 'founder' }))
  const signedHeads = async () => {
    const welcome = await hub.link(ANN).hello({ replicaId: idOf(9), cursors: [], sentAt: 0 })
    expect(welcome.signatureFormat).toBe(2)
    return welcome.scopes.map((head) => ({ ...head, epoch: welcome.epoch, signature: welcome.signatures[head.scope] ?? '' }))
  }
  const early = await signedHeads()
  await hub.close()
  await database.keep()
  hub = await openTeamOver(await database.open(), folder, now)
  await hub.link(ANN).push([entryText(idOf(61), '之后的一条')])
  const late = await signedHeads()
  const epoch = await hub.hub.epoch()
  const show = (heads: Awaited<ReturnType<typeof signedHeads>>) => hub.link(ANN).showHeads(heads)
  const forged = late.map((head) => ({ ...head, seq: head.seq + 5 }))
  for (const heads of [
    [],
    early,
    late,
    forged,
    forged.map((head) => ({ ...head, signature: '' })),
    late.map((head) => ({ ...head, epoch: 'other', hash: 'f'.repeat(64) })),
  ])
    expect(await show(heads)).toEqual({ begun: false })
  expect(await hub.hub.epoch()).toBe(epoch)
  await hub.close()
  // Only the device's proof is left as evidence.
  rmSync(join(folder, 'hub-fence.json'))
  await database.putBack()
  hub = await openTeamOver(await database.open(), folder, now)
  expect(await hub.hub.epoch()).toBe(epoch)
  expect(await show(early)).toEqual({ begun: false })
  expect(await show(late)).toEqual({ begun: true })
  expect(await hub.hub.epoch()).not.toBe(epoch)
  // The proof counts once.
  for (let again = 0; again < 3; again++) expect(await show(late)).toEqual({ begun: false })
  expect(await hub.hub.epochs.list()).toHaveLength(2)
  await hub.close()
})

test('whoever lost an incident is given the record that ended the reading, signed; whoever never read it, or still does, is given nothing', async () => {
  const folder = makeTempFolder('hub', 'quick')
  const { now } = createFakeClock()
  const database = await openDatabase('sqlite', folder, now)
  const hub = await openTeamOver(await database.open(), folder, now)
  const link = hub.link(ANN, { kind: 'founder' })
  await found(link)
  await hub.link(BEN, { kind: 'invited', role: 'pr', vendor: null, mayActAs: [] } as never).push([joinText(BEN, '本')])
  const cursors = (await hub.link(BEN).hello({ replicaId: idOf(9), cursors: [], sentAt: 0 })).scopes
  const ended = async () => (await hub.link(BEN).hello({ replicaId: idOf(9), cursors, sentAt: 0 })).ended
  expect(await ended()).toEqual([])
  const restrict = (members: string[]) =>
    opText({ type: 'incident.restrict', kind: 'incident', id: INCIDENT_SCOPE.slice('incident:'.length), body: { members } })
  const [record] = (await hub.link(ANN).push([restrict([ANN])])).records
  expect(record?.outcome).toEqual({ kind: 'accepted' })
  expect(await ended()).toMatchObject([{ scope: INCIDENT_SCOPE, by: INCIDENT_SCOPE, seq: record?.seq, hash: record?.hash }])
  await hub.link(ANN).push([restrict([ANN, BEN])])
  expect(await ended()).toEqual([])
  const [again] = (await hub.link(ANN).push([restrict([ANN])])).records
  expect(await ended()).toMatchObject([{ seq: again?.seq }])
  // Restricted from the first record on: a cursor shown in it reveals nothing of it.
  const hidden = idOf(77)
  await hub.link(ANN).push([declareText(hidden, { restrictedTo: [ANN] } as never)])
  const asked = await hub
    .link(BEN)
    .hello({ replicaId: idOf(9), cursors: [{ scope: `incident:${hidden}`, seq: 1, hash: 'f'.repeat(64) }], sentAt: 0 })
  const never = await hub
    .link(BEN)
    .hello({ replicaId: idOf(9), cursors: [{ scope: `incident:${idOf(78)}`, seq: 1, hash: 'f'.repeat(64) }], sentAt: 0 })
  expect(asked.ended).toEqual([])
  expect(asked.diverged).toEqual(never.diverged)
  await hub.close()
})
