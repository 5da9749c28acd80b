import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hlcMillis } from '#domain/log/hybrid-clock.ts'
import { leaseStanding } from '#domain/members/lease.ts'
import { addSample, offsetOf, timeCorrection, type ClockSample } from '#replica/store/clock-offset.ts'
import { createContact } from '#replica/sync/contact.ts'
import { isSoundSignature, signedHeads } from '#replica/store/signed-heads.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { seeded } from '#tests/support/seeded.ts'
import { declare, joinAs, observe, openDevice, write } from './device.ts'

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR

test('P15: the offset between the clocks is told within half the smallest round trip, however unlike the two ways are', () => {
  const delays = fc.record({ out: fc.nat(5000), back: fc.nat(5000) })
  fc.assert(
    fc.property(fc.integer({ min: -YEAR, max: YEAR }), fc.array(delays, { minLength: 1, maxLength: 20 }), (truth, ways) => {
      let samples: ClockSample[] = []
      let now = 1_700_000_000_000
      for (const { out, back } of ways) {
        samples = addSample(samples, { sentAt: now, hubTime: now + out + truth, arrivedAt: now + out + back })
        now += out + back + 30_000
      }
      const shortest = Math.min(...ways.slice(-8).map(({ out, back }) => out + back))
      expect(Math.abs((offsetOf(samples) ?? Number.NaN) - truth)).toBeLessThanOrEqual(shortest / 2 + 1)
    }),
    seeded(300),
  )
})

test('P15: a clock that was set is noticed with the next answer; one set during a question spoils that answer only', () => {
  const at = 1_700_000_000_000
  let samples = addSample([], { sentAt: at, hubTime: at + 5, arrivedAt: at + 10 })
  expect(offsetOf(samples)).toBe(0)
  samples = addSample(samples, { sentAt: at - HOUR, hubTime: at + 100, arrivedAt: at - HOUR + 200 })
  expect(offsetOf(samples)).toBe(HOUR)
  expect(offsetOf(addSample(samples, { sentAt: at, hubTime: at, arrivedAt: at - YEAR }))).toBeNull()
})

test('P15: what a device with a wrong clock writes bears the time of the hub once it has met it, also after a restart', async () => {
  const hubClock = createFakeClock()
  const hub = createModelHub(hubClock.now)
  const clock = createFakeClock(hubClock.now() - YEAR)
  const device = openDevice(hub, ANN, { clock })
  write(device, joinAs(ANN, '安', 'commander'))
  await device.sync.wake()
  const again = device.restart()
  write(again, declare)
  const [pending] = again.store.pendingOps(1)
  expect(hlcMillis((JSON.parse(pending?.bytes ?? '{}') as { hlc: string }).hlc)).toBe(hubClock.now())
  // `since` is the time on this device's clock.
  expect(again.store.pendingCount().since).toBe(clock.now())
})

test('the lease ends so many hours after the last contact; a clock that is put back gains nothing, and the next contact begins it anew', async () => {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  let away = false
  const device = openDevice(hub, ANN, {
    clock,
    change: (link) => ({ ...link, hello: (hello) => (away ? Promise.reject(new Error('away')) : link.hello(hello)) }),
  })
  const contact = createContact(device.db, device.store, device.edge)
  expect(leaseStanding(contact.terms(), clock.now())).toEqual({ endsAt: null, over: false })
  write(device, joinAs(ANN, '安', 'commander'))
  await device.sync.wake()
  const met = clock.now()
  expect(leaseStanding(contact.terms(), met)).toEqual({ endsAt: met + 24 * HOUR, over: false })
  away = true
  clock.advance(23 * HOUR)
  await device.sync.pollHub()
  expect(leaseStanding(contact.terms(), clock.now()).over).toBe(false)
  clock.advance(2 * HOUR)
  await device.sync.pollHub()
  expect(leaseStanding(contact.terms(), clock.now())).toEqual({ endsAt: met + 24 * HOUR, over: true })
  clock.set(met)
  expect(leaseStanding(contact.terms(), clock.now()).over).toBe(true)
  away = false
  await device.sync.pollHub()
  expect(leaseStanding(contact.terms(), clock.now())).toEqual({ endsAt: met + 24 * HOUR, over: false })
})

test('A6: whoever puts the clock back again and again gains nothing while the app runs, across restarts either, and a clock that was ahead does no lasting harm', async () => {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  let away = false
  let ran = 0
  const device = openDevice(hub, ANN, {
    clock,
    change: (link) => ({ ...link, hello: (hello) => (away ? Promise.reject(new Error('away')) : link.hello(hello)) }),
  })
  const edge = { ...device.edge, elapsed: () => ran }
  write(device, joinAs(ANN, '安', 'commander'))
  await device.sync.wake()
  const met = clock.now()
  away = true
  let contact = createContact(device.db, device.store, edge)
  const hours = (count: number) => {
    for (let minute = 0; minute < count * 60; minute++) {
      ran += 60_000
      // The wall clock stays at the time of the last contact.
      clock.set(met)
      contact.noteTime()
    }
  }
  hours(11)
  expect(leaseStanding(contact.terms(), clock.now()).over).toBe(false)
  contact = createContact(device.db, device.store, edge)
  hours(11)
  expect(leaseStanding(contact.terms(), clock.now()).over).toBe(false)
  // No time was noted since, but the elapsed time counts.
  ran += 3 * HOUR
  expect(leaseStanding(contact.terms(), clock.now()).over).toBe(true)

  // A new contact with the hub restarts the lease, also after the clock was years ahead.
  clock.set(met + 5 * 365 * 24 * HOUR)
  contact.noteTime()
  clock.set(met)
  expect(leaseStanding(contact.terms(), clock.now()).over).toBe(true)
  away = false
  await device.sync.pollHub()
  expect(leaseStanding(contact.terms(), clock.now())).toEqual({ endsAt: met + 24 * HOUR, over: false })
})

test('P11: the newest head that the hub has signed is kept for each scope; another signature is trouble, and is not kept', async () => {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  let forged = false
  const device = openDevice(hub, ANN, {
    clock,
    change: (link) => ({
      ...link,
      hello: async (hello) => {
        const welcome = await link.hello(hello)
        return forged
          ? { ...welcome, signatures: Object.fromEntries(welcome.scopes.map(({ scope }) => [scope, welcome.signatures['team'] ?? ''])) }
          : welcome
      },
    }),
  })
  write(device, joinAs(ANN, '安', 'commander'), declare, observe(1))
  await device.sync.wake()
  await device.sync.pollHub()
  const [first] = signedHeads(device.db)
  expect(first).toMatchObject({
    scope: INCIDENT_SCOPE,
    seq: 2,
    hash: hub.records(INCIDENT_SCOPE)[1]?.hash,
    hubId: 'team-1',
    epoch: 'epoch-1',
  })
  expect(signedHeads(device.db).every(isSoundSignature)).toBe(true)
  if (!first) throw new Error('no head')
  for (const changed of [
    { seq: 3 },
    { hash: '0'.repeat(64) },
    { scope: 'team' },
    { hubId: 'team-2' },
    { signature: '' },
    { publicKey: 'x' },
  ]) {
    expect(isSoundSignature({ ...first, ...changed })).toBe(false)
  }
  forged = true
  write(device, observe(2))
  await device.sync.wake()
  await device.sync.pollHub()
  expect(device.events).toContainEqual({ kind: 'unsigned', scope: INCIDENT_SCOPE })
  expect(signedHeads(device.db)[0]).toEqual(first)
})

test('a device of a team counts and writes by the hub it last met; one that is its own hub, or is off by a blink, keeps its time', () => {
  const meta = (joined: string | null, clockOffset: string | null) => ({
    read: (key: 'joined' | 'clockOffset') => (key === 'joined' ? joined : clockOffset),
  })
  expect(timeCorrection(meta('{"hubId":"h"}', String(HOUR)))).toBe(HOUR)
  expect(timeCorrection(meta('{"hubId":"h"}', String(-HOUR)))).toBe(-HOUR)
  expect(timeCorrection(meta('{"hubId":"h"}', '999'))).toBe(0)
  for (const joined of [null, 'null']) expect(timeCorrection(meta(joined, String(HOUR)))).toBe(0)
  for (const offset of [null, '', 'x']) expect(timeCorrection(meta('{"hubId":"h"}', offset))).toBe(0)
})
