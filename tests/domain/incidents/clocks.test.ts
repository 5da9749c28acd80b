import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CLOCK_IDS, ClockRules, clockStatus, defaultClockRules, nextClock, startClocks, timeTaken } from '#domain/incidents/clocks.ts'
import { INCIDENT_TYPES } from '#domain/incidents/incident-types.ts'
import { seeded } from '#tests/support/seeded.ts'

const HOUR = 3_600_000

test('level I promises: MO-07 response 1 h, CS-01 public response 4 h, C2-06 first statement 6 h, C1-05 handling 24 h, C1-03 apology 48 h where due', () => {
  expect(defaultClockRules(1, true)).toEqual({
    response: HOUR,
    'public-response': 4 * HOUR,
    'first-statement': 6 * HOUR,
    handling: 24 * HOUR,
    apology: 48 * HOUR,
  })
  expect(defaultClockRules(1, false)).not.toHaveProperty('apology')
})

test('MO-04…MO-06: a graver level never has more time, and a routine one owes the public no statement', () => {
  for (const id of CLOCK_IDS) {
    const limits = ([1, 2, 3] as const).map((level) => defaultClockRules(level, true)[id] ?? Number.POSITIVE_INFINITY)
    expect(limits.toSorted((a, b) => a - b)).toEqual(limits)
  }
  expect(Object.keys(defaultClockRules(3, false)).toSorted()).toEqual(['handling', 'response'])
  expect(defaultClockRules(3, true).apology).toBe(48 * HOUR)
})

test('C1-03: giving one incident an apology leaves the defaults of the next alone', () => {
  const first = defaultClockRules(3, true)
  first.response = 1
  expect(defaultClockRules(3, false)).toEqual({ response: 8 * HOUR, handling: 24 * HOUR })
})

test('clocks start at the declaration and are listed in the order they run out', () => {
  const clocks = startClocks({ apology: 48 * HOUR, response: HOUR, handling: 24 * HOUR }, 1000)
  expect(clocks).toEqual([
    { id: 'response', limitMs: HOUR, dueAt: 1000 + HOUR, met: null },
    { id: 'handling', limitMs: 24 * HOUR, dueAt: 1000 + 24 * HOUR, met: null },
    { id: 'apology', limitMs: 48 * HOUR, dueAt: 1000 + 48 * HOUR, met: null },
  ])
  expect(startClocks({}, 1000)).toEqual([])
})

test('a clock met exactly when due is met, one millisecond later it is late', () => {
  const due = { dueAt: HOUR, met: null }
  expect(clockStatus(due, HOUR, null)).toEqual({ kind: 'running', leftMs: 0 })
  expect(clockStatus(due, HOUR + 1, null)).toEqual({ kind: 'overdue', lateMs: 1 })
  const met = (at: number) => clockStatus({ dueAt: HOUR, met: { entryId: 'e', at, by: 'm' } }, 99 * HOUR, null)
  expect(met(HOUR)).toEqual({ kind: 'met', earlyMs: 0 })
  expect(met(HOUR - 5)).toEqual({ kind: 'met', earlyMs: 5 })
  expect(met(HOUR + 5)).toEqual({ kind: 'met-late', lateMs: 5 })
})

test('the clocks of a closed incident stand still, whatever the time; what was met or stopped stays what it was', () => {
  const open = { dueAt: HOUR, met: null }
  for (const now of [HOUR + 27_000, HOUR + 47_000, 99 * HOUR]) {
    expect(clockStatus(open, now, { at: HOUR + 27_000 })).toEqual({ kind: 'unmet', lateMs: 27_000 })
    expect(clockStatus(open, now, { at: HOUR - 1 })).toEqual({ kind: 'unmet', lateMs: 0 })
    expect(clockStatus(open, now, { at: null })).toEqual({ kind: 'unmet', lateMs: 0 })
  }
  expect(clockStatus({ ...open, met: { entryId: 'e', at: HOUR + 5, by: 'm' } }, 9 * HOUR, { at: 2 * HOUR })).toEqual({
    kind: 'met-late',
    lateMs: 5,
  })
  expect(clockStatus({ ...open, stopped: { reason: 'x', at: 1, by: 'm' } }, 9 * HOUR, { at: 2 * HOUR })).toEqual({ kind: 'stopped' })
})

test('how long a clock took is counted from where it began; what met it may have happened before', () => {
  const [clock] = startClocks({ response: HOUR }, 1000)
  if (!clock) throw new Error('no clock')
  expect(timeTaken(clock)).toBeNull()
  expect(timeTaken({ ...clock, met: { entryId: 'e', at: 3000, by: 'm' } })).toBe(2000)
  expect(timeTaken({ ...clock, met: { entryId: 'e', at: 500, by: 'm' } })).toBeNull()
})

test('the next clock is the open one that runs out first, overdue before all', () => {
  const [a, b, c] = startClocks({ response: HOUR, handling: 2 * HOUR, apology: 3 * HOUR }, 0)
  expect(nextClock([c, b, a].filter((clock) => clock !== undefined))?.id).toBe('response')
  expect(
    nextClock([
      { dueAt: 1, met: { entryId: 'e', at: 1, by: 'm' } },
      { dueAt: 5, met: null },
    ])?.dueAt,
  ).toBe(5)
  expect(nextClock([])).toBeNull()
})

test('property: a status is exact to the millisecond, whatever the moment', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e13 }), fc.integer({ min: 0, max: 1e13 }), (dueAt, now) => {
      const status = clockStatus({ dueAt, met: null }, now, null)
      expect(status.kind === 'running' ? status.leftMs : -('lateMs' in status ? status.lateMs : Number.NaN)).toBe(dueAt - now)
      expect(status.kind === 'running').toBe(now <= dueAt)
    }),
    seeded(300),
  )
})

test.for([
  [{ response: 59_999 }, false],
  [{ response: 60_000 }, true],
  [{ response: 60_000.5 }, false],
  [{ response: 90 * 24 * HOUR }, true],
  [{ response: 90 * 24 * HOUR + 1 }, false],
  [{ unknown: HOUR }, false],
  [{}, true],
] as const)('limits of an incident: %j is allowed: %s', ([rules, allowed]) => {
  expect(ClockRules.safeParse(rules).success).toBe(allowed)
})

test('TY-01…TY-04 with stars and difficulty as in the source; 002-01 has four types more, rated by us and saying so', () => {
  const rated = INCIDENT_TYPES.map(({ source, danger, difficulty, rated: by }) => [source, danger, difficulty, by])
  expect(rated.slice(0, 4)).toEqual([
    ['TY-01', 3, 'medium', 'source'],
    ['TY-02', 5, 'high', 'source'],
    ['TY-03', 4, 'high', 'source'],
    ['TY-04', 4, 'high', 'source'],
  ])
  expect(INCIDENT_TYPES.filter(({ source }) => source === '002-01').map(({ id, rated: by }) => [id, by])).toEqual([
    ['complaint-escalation', 'default'],
    ['information-leak', 'default'],
    ['system-failure', 'default'],
    ['malicious-attack', 'default'],
  ])
  expect(INCIDENT_TYPES).toHaveLength(8)
  for (const { danger } of INCIDENT_TYPES) expect([1, 2, 3, 4, 5]).toContain(danger)
})
