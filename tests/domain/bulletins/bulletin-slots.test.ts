import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cadence, CADENCES, firstSlot, isAstray, slotAfter, slotsUntil } from '#domain/bulletins/bulletin-slots.ts'
import { seeded } from '#tests/support/seeded.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

/** Minutes east of Greenwich of a zone at a time. */
function offsetIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at)
  const [, sign, hours = '0', minutes = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d))?/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const clockIn = (zone: string, at: number) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)

test.for([
  ['Asia/Shanghai', '2026-11-30T02:10:00+08:00', 60, '03:00'],
  ['Asia/Kolkata', '2026-11-30T02:10:00+05:30', 60, '03:00'],
  ['Asia/Kathmandu', '2026-11-30T02:10:00+05:45', 30, '02:30'],
  ['America/St_Johns', '2026-11-30T02:59:59-03:30', 15, '03:00'],
  ['Australia/Eucla', '2026-11-30T03:00:00+08:45', 120, '04:00'],
] as const)('in %s after %s, every %i minutes: the next bulletin is at %s', ([zone, from, cadence, next]) => {
  const at = Date.parse(from)
  expect(clockIn(zone, slotAfter(at, cadence, offsetIn(zone, at)))).toBe(next)
})

/** A plan whose cadence was never changed. */
const courseFrom = (at: number, cadence: Cadence, offset: number) => ({
  nextDue: slotAfter(at, cadence, offset),
  cadence,
  offset,
  setAt: 0,
})

test('after a change of the cadence the slots that were due by then keep theirs, and the others are aligned to the new one', () => {
  const at = (hour: number, minute: number) => hour * HOUR + minute * MINUTE
  const until = (from: number, setAt: number, before: Cadence, cadence: Cadence) =>
    slotsUntil({ nextDue: from, cadence, offset: 0, setAt, cadenceBefore: before }, at(10, 0), 100)
  expect(until(at(2, 15), at(2, 50), 15, 120)).toEqual([at(2, 15), at(2, 30), at(2, 45), at(4, 0), at(6, 0), at(8, 0), at(10, 0)])
  expect(until(at(7, 0), at(9, 10), 60, 30)).toEqual([at(7, 0), at(8, 0), at(9, 0), at(9, 30), at(10, 0)])
})

test('no first bulletin goes out within a quarter of the cadence; a slot beyond two of them is astray', () => {
  expect(firstSlot(44 * MINUTE, 60, 0)).toBe(HOUR)
  expect(firstSlot(45 * MINUTE, 60, 0)).toBe(2 * HOUR)
  expect(isAstray(firstSlot(45 * MINUTE, 60, 0), 60, 45 * MINUTE)).toBe(false)
  expect([isAstray(3 * HOUR, 60, HOUR), isAstray(3 * HOUR + 1, 60, HOUR), isAstray(null, 60, HOUR)]).toEqual([false, true, false])
})

test.for([
  ['winter time', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25],
  ['summer time', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23],
] as const)('the day of the change to %s in Berlin has as many bulletins as hours', ([, from, to, hours]) => {
  const zone = 'Europe/Berlin'
  const [start, end] = [Date.parse(from), Date.parse(to)]
  expect([clockIn(zone, start), clockIn(zone, end)]).toEqual(['00:00', '00:00'])
  const slots = slotsUntil(courseFrom(start, 60, offsetIn(zone, start)), end, 100)
  expect(slots).toHaveLength(hours)
  for (const slot of slots) expect(clockIn(zone, slot).slice(-2)).toBe('00')
})

test('slots are a cadence apart, each time lies before exactly one next slot, and no slot is skipped or repeated', () => {
  const given = {
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    cadence: fc.constantFrom(...CADENCES),
    offset: fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarter) => quarter * 15),
    later: fc.integer({ min: 0, max: 100 * HOUR }),
  }
  fc.assert(
    fc.property(fc.record(given), ({ at, cadence, offset, later }) => {
      const next = slotAfter(at, cadence, offset)
      expect(next > at && next - at <= cadence * MINUTE).toBe(true)
      expect(Math.abs((next + offset * MINUTE) % (cadence * MINUTE))).toBe(0)
      expect(slotAfter(next - 1, cadence, offset)).toBe(next)
      const all = slotsUntil(courseFrom(at, cadence, offset), at + later, 1000)
      expect(all.every((slot, index) => slot === next + index * cadence * MINUTE && slot <= at + later)).toBe(true)
      expect(slotAfter(at + later, cadence, offset)).toBe(all.length === 0 ? next : (all.at(-1) ?? 0) + cadence * MINUTE)
    }),
    seeded(500),
  )
})
