import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { indexText } from '#domain/search/search-terms.ts'
import { purgeScopes } from '#replica/store/scope-content.ts'
import { missing } from '#replica/store/set-aside.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declaration, idOf, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, dump, hubDump, joinAs, observe, openDevice, write, type Device } from './device.ts'

const SECRET = '绝密配方QXZTAINT'
const OTHER = idOf(2)
const OTHER_SCOPE = `incident:${OTHER}`

/** The bytes of all files of a device. */
function everyByte(folder: string): Buffer {
  const parts = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name)))
  return Buffer.concat(parts)
}

async function keepFile(
  device: Device,
  content: string,
  name: string,
): Promise<{ hash: string; size: number; mime: string; name: string }> {
  const path = join(device.folder, '..', `${name}-${idOf(content.length)}`)
  writeFileSync(path, content)
  const kept = await device.files.keep({ path, name, mime: 'text/plain', size: Buffer.byteLength(content) }, true)
  if (!kept.ok) throw new Error(kept.failure.code)
  const { alreadyKept: _alreadyKept, ...evidence } = kept.value
  return evidence
}

const attach = (scope: string, id: string, evidence: object) => ({ scope, kind: 'entry', id, type: 'entry.attach', body: { evidence } })

/** Two incidents; the first is about to be restricted to 安. 本 has read it, has its files, and has written in it offline. */
async function beforeRestriction() {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const ann = openDevice(hub, ANN, { clock })
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  write(ann, { scope: OTHER_SCOPE, kind: 'incident', id: OTHER, type: 'incident.declare', body: { ...declaration({ title: '另一件事' }) } })
  for (let n = 1; n <= 40; n++) write(ann, observe(n, `${SECRET} 第 ${n} 条`))
  write(ann, observe(100, '门店排队', OTHER_SCOPE))
  await ann.sync.wake()
  const ben = openDevice(hub, BEN, { clock })
  write(ben, joinAs(BEN, '本'))
  await ben.sync.wake()
  const [secretFile, sharedFile] = [await keepFile(ben, `${SECRET} file`, 'a.txt'), await keepFile(ben, 'both refer to it', 'b.txt')]
  write(
    ben,
    attach(INCIDENT_SCOPE, idOf(1001), secretFile),
    attach(INCIDENT_SCOPE, idOf(1001), sharedFile),
    attach(OTHER_SCOPE, idOf(1100), sharedFile),
  )
  await ben.sync.wake()
  return { clock, hub, ann, ben, secretFile, sharedFile }
}

test('P10: when a member may no longer read an incident, nothing of it stays on the device: not in the database, its write-ahead log, the search index, nor in files that only it refers to', async () => {
  const { hub, ann, ben, secretFile, sharedFile } = await beforeRestriction()
  expect(everyByte(ben.folder).includes(SECRET)).toBe(true)
  const word =
    indexText(SECRET)
      .split(' ')
      .find((one) => one.includes('配')) ?? ''
  hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
  hub.changeAccess()
  await ben.sync.wake()
  for (const trace of [SECRET, 'QXZTAINT', 'qxztaint', INCIDENT_SCOPE, secretFile.hash])
    expect(everyByte(ben.folder).includes(trace), trace).toBe(false)
  expect(ben.db.prepare('SELECT count(*) AS found FROM search WHERE search MATCH ?').get(`"${word}"`)).toEqual({ found: 0 })
  expect(existsSync(join(ben.folder, 'evidence', secretFile.hash.slice(0, 2), secretFile.hash))).toBe(false)
  // A file that another incident refers to stays.
  expect(ben.files.has(sharedFile.hash)).toBe(true)
  expect(dump(ben.db)).toEqual(hubDump(hub).filter((line) => !line.includes(INCIDENT_SCOPE)))
  await ann.sync.wake()
  expect(dump(ann.db)).toEqual(hubDump(hub))
  expect(ben.store.cursor(INCIDENT_SCOPE)).toBeNull()
  // The incident comes back when the restriction is lifted.
  hub.readers.delete(INCIDENT_SCOPE)
  hub.changeAccess()
  await ben.sync.wake()
  expect(dump(ben.db)).toEqual(hubDump(hub))
})

test('P10: what a restored hub does not know stays until the hub proves that it may not be read: then nothing of it is left in the file', async () => {
  const { hub, ann, ben } = await beforeRestriction()
  const backup = hub.backUp()
  const late = idOf(3)
  const scope = `incident:${late}`
  write(ann, { scope, kind: 'incident', id: late, type: 'incident.declare', body: { ...declaration({ title: '备份之后' }) } })
  for (let n = 200; n < 240; n++) write(ann, observe(n, `QXZLATER 第 ${n} 条`, scope))
  for (const device of [ann, ben]) await device.sync.pollHub()
  expect(everyByte(ben.folder).includes('QXZLATER')).toBe(true)
  hub.restore(backup)
  await ben.sync.pollHub()
  // The device may hold the last copy, so it keeps it.
  expect(ben.store.read('incident', late)).toMatchObject({ state: { title: '备份之后' } })
  hub.readers.set(scope, new Set([ANN]))
  await ann.sync.pollHub()
  expect(hub.records(scope).some(({ bytes }) => bytes.includes('QXZLATER'))).toBe(true)
  await ben.sync.pollHub()
  for (const trace of ['QXZLATER', 'qxzlater']) expect(everyByte(ben.folder).includes(trace), trace).toBe(false)
  expect(missing(ben.db)).toEqual({ scopes: [], records: [] })
})

test('P5: what was written offline in an incident that one may no longer see stays, with its text, among what needs attention; other work goes out', async () => {
  const { hub, ben } = await beforeRestriction()
  hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
  const [lost] = write(ben, observe(50, '离线时写的一段'))
  write(ben, observe(51, '这一条照常', OTHER_SCOPE))
  await ben.sync.pollHub()
  expect(ben.store.pendingCount().count).toBe(0)
  expect(ben.db.prepare('SELECT op_id, code FROM attention').all()).toEqual([{ op_id: lost, code: 'access-lost' }])
  expect(String(ben.db.prepare<[], { bytes: string }>('SELECT bytes FROM attention').get()?.bytes)).toContain('离线时写的一段')
  expect(ben.store.read('entry', idOf(1050))).toBeUndefined()
  expect(hub.records(OTHER_SCOPE).some((record) => record.bytes.includes('这一条照常'))).toBe(true)
})

test('a crash between forgetting and removing the files is made good at the next start; a file that was kept again meanwhile stays', async () => {
  const { ben, secretFile, sharedFile } = await beforeRestriction()
  purgeScopes(ben.db, [INCIDENT_SCOPE, OTHER_SCOPE], ben.clock.now())
  expect(ben.files.has(secretFile.hash)).toBe(true)
  const again = ben.restart()
  const kept = await keepFile(again, 'both refer to it', 'c.txt')
  expect(kept.hash).toBe(sharedFile.hash)
  again.files.deleteQueuedFiles()
  expect(again.files.has(secretFile.hash)).toBe(false)
  expect(again.files.has(sharedFile.hash)).toBe(true)
})

test('the team, and what is only for oneself, are never forgotten because a hub does not name them', async () => {
  const { hub, ben } = await beforeRestriction()
  write(ben, observe(60))
  const before = dump(ben.db)
  const silent = openDevice(hub, BEN, {
    clock: ben.clock,
    folder: ben.folder,
    change: (link) => ({
      ...link,
      hello: async (hello) => ({
        ...(await link.hello(hello)),
        scopes: (await link.hello(hello)).scopes.filter(({ scope }) => scope.startsWith('incident:')),
      }),
    }),
  })
  await silent.sync.wake()
  expect(dump(silent.db).filter((line) => line.startsWith('member'))).toEqual(before.filter((line) => line.startsWith('member')))
  await silent.close()
})
