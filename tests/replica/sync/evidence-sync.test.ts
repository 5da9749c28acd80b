import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LinkDown, type HubLink } from '#contract/hub-link.ts'
import { evidenceAvailability } from '#replica/sync/evidence-sync.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, idOf, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, joinAs, observe, openDevice, write, type Device } from './device.ts'

async function attachFile(device: Device, content: Uint8Array): Promise<string> {
  const path = join(device.folder, 'source.bin')
  writeFileSync(path, content)
  const kept = await device.files.keep({ path, name: '监控.bin', mime: 'application/octet-stream', size: content.byteLength }, false)
  if (!kept.ok) throw new Error(kept.failure.code)
  const { alreadyKept: _alreadyKept, ...evidence } = kept.value
  write(device, { scope: INCIDENT_SCOPE, kind: 'entry', id: idOf(1001), type: 'entry.attach', body: { evidence } })
  return evidence.hash
}

async function openTeam(change?: (link: HubLink) => HubLink) {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  hub.pieceBytes = 64 * 1024
  const ann = openDevice(hub, ANN, { clock, ...(change ? { change } : {}) })
  write(ann, joinAs(ANN, '安', 'commander'), declare, observe(1))
  await ann.sync.wake()
  const ben = openDevice(hub, BEN, { clock })
  await ben.sync.wake()
  return { clock, hub, ann, ben }
}

const pin = (device: Device) => void device.db.prepare('INSERT INTO offline_scope (scope) VALUES (?)').run(INCIDENT_SCOPE)

test('a file goes to the hub once the op that refers to it is acknowledged, and comes to another device when somebody wants to see it', async () => {
  const { hub, ann, ben } = await openTeam()
  const content = randomBytes(700_000)
  const hash = await attachFile(ann, content)
  await ann.evidence.wakeAnew()
  expect(hub.calls).not.toContain('write-evidence')
  expect(evidenceAvailability(ann.db, ann.files, hash)).toEqual({ here: true, arrived: 0, atHub: 'unknown', size: 700_000, received: 0 })
  await ann.sync.wake()
  expect(ann.evidence.waiting()).toBe(1)
  await ann.evidence.wakeAnew()
  expect(hub.evidence.get(hash)?.whole).toBe(true)
  expect(ann.evidence.waiting()).toBe(0)
  expect(evidenceAvailability(ann.db, ann.files, hash)).toMatchObject({ here: true, atHub: 'whole' })

  await ben.sync.wake()
  await ben.evidence.wakeAnew()
  expect(ben.files.has(hash)).toBe(false)
  expect(await Promise.all([ben.evidence.fetch(hash), ben.evidence.fetch(hash)])).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ])
  expect(readFileSync(join(ben.folder, 'evidence', hash.slice(0, 2), hash)).equals(content)).toBe(true)
  expect(evidenceAvailability(ben.db, ben.files, hash)).toMatchObject({ here: true, atHub: 'whole', size: 700_000 })
})

test('a file that only its author has is told as such, and one that nothing refers to is not asked for', async () => {
  const { hub, ann, ben } = await openTeam()
  const hash = await attachFile(ann, randomBytes(1000))
  await ann.sync.wake()
  await ben.sync.wake()
  expect(await ben.evidence.fetch(hash)).toMatchObject({ ok: false, failure: { code: 'evidence-missing' } })
  expect(evidenceAvailability(ben.db, ben.files, hash)).toEqual({ here: false, arrived: 0, atHub: 'not-yet', size: 1000, received: 0 })
  const asked = hub.calls.length
  expect(await ben.evidence.fetch('0'.repeat(64))).toMatchObject({ ok: false })
  expect(hub.calls).toHaveLength(asked)
})

test('a file of which a hub that died has every piece, and has not looked at it, becomes whole there', async () => {
  const { hub, ann } = await openTeam()
  const content = randomBytes(100_000)
  const hash = await attachFile(ann, content)
  hub.evidence.set(hash, { size: content.byteLength, bytes: new Uint8Array(content), whole: false })
  await ann.sync.wake()
  await ann.evidence.wakeAnew()
  expect(hub.evidence.get(hash)?.whole).toBe(true)
  expect(ann.evidence.waiting()).toBe(0)
})

test('an incident kept whole on a device gets all its files by itself, and those that come later', async () => {
  const { ann, ben } = await openTeam()
  const first = await attachFile(ann, randomBytes(5000))
  await ann.sync.wake()
  pin(ben)
  await ben.sync.wake()
  await ben.evidence.wakeAnew()
  expect(ben.files.has(first)).toBe(false)
  const second = await attachFile(ann, randomBytes(6000))
  await ann.sync.wake()
  await ann.evidence.wakeAnew()
  await ben.sync.pollHub()
  await ben.evidence.wakeAnew()
  expect([first, second].map((hash) => ben.files.has(hash))).toEqual([true, true])
})

test('both directions go on where the line was cut or the process ended, and no byte is sent twice', async () => {
  let left = Number.POSITIVE_INFINITY
  const cut = (link: HubLink): HubLink => {
    const count =
      <Given extends unknown[], Reply>(call: (...given: Given) => Promise<Reply>) =>
      (...given: Given): Promise<Reply> => {
        left -= 1
        return left < 0 ? Promise.reject(new LinkDown('cut')) : call(...given)
      }
    return { ...link, writeEvidence: count(link.writeEvidence), readEvidence: count(link.readEvidence) }
  }
  const { clock, hub, ann } = await openTeam(cut)
  const content = randomBytes(1_500_000)
  const hash = await attachFile(ann, content)
  await ann.sync.wake()
  let sender = ann
  for (let tries = 0; tries < 20 && !hub.evidence.get(hash)?.whole; tries++) {
    left = 1
    await sender.evidence.wakeAnew()
    if (tries % 2 === 0) sender = sender.restart()
  }
  expect(hub.evidence.get(hash)?.whole).toBe(true)
  expect(hub.calls.filter((call) => call === 'write-evidence')).toHaveLength(Math.ceil(1_500_000 / (256 * 1024)))
  left = Number.POSITIVE_INFINITY
  let ben = openDevice(hub, BEN, { clock, change: cut })
  await ben.sync.wake()
  for (let tries = 0; tries < 30 && !ben.files.has(hash); tries++) {
    left = 3
    await ben.evidence.fetch(hash)
    if (tries % 2 === 0) ben = ben.restart()
  }
  expect(readFileSync(join(ben.folder, 'evidence', hash.slice(0, 2), hash)).equals(content)).toBe(true)
  expect(hub.calls.filter((call) => call === 'read-evidence')).toHaveLength(Math.ceil(1_500_000 / hub.pieceBytes))
})

test('what comes as another file than its hash says is not kept, and a hub that takes nothing does not keep the device busy', async () => {
  const { clock, hub, ann } = await openTeam()
  const hash = await attachFile(ann, randomBytes(3000))
  await ann.sync.wake()
  await ann.evidence.wakeAnew()
  const ben = openDevice(hub, BEN, {
    clock,
    change: (link) => ({ ...link, readEvidence: async (one, offset) => (await link.readEvidence(one, offset))?.fill(0) ?? null }),
  })
  await ben.sync.wake()
  expect(await ben.evidence.fetch(hash)).toMatchObject({ ok: false, failure: { code: 'evidence-missing' } })
  expect(existsSync(join(ben.folder, 'evidence', hash.slice(0, 2), hash))).toBe(false)
  expect(existsSync(ben.files.incomingOf(hash))).toBe(false)

  const refusing = openDevice(hub, ANN, {
    clock,
    change: (link) => ({
      ...link,
      findEvidence: () => Promise.resolve({ whole: false, received: 0 }),
      writeEvidence: () => Promise.resolve({ whole: false, received: 0 }),
    }),
  })
  await refusing.sync.wake()
  const other = await attachFile(refusing, randomBytes(2000))
  await refusing.sync.wake()
  await refusing.evidence.wakeAnew()
  expect(refusing.evidence.waiting()).toBe(1)
  expect(evidenceAvailability(refusing.db, refusing.files, other)).toMatchObject({ here: true, atHub: 'not-yet' })
})
