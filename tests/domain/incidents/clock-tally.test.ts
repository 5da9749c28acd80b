import { tallyClocks } from '#domain/incidents/clock-tally.ts'
import { expect, test } from 'vitest'

const met = (at: number) => ({ entryId: 'e', at, by: 'm' })

test('MO-07: what was met late or never does not count as met in time', () => {
  const clocks = [
    { dueAt: 100, met: met(50) },
    { dueAt: 100, met: met(100) },
    { dueAt: 100, met: met(101) },
    { dueAt: 100, met: null, stopped: { reason: '误报', at: 1, by: 'm' } },
    { dueAt: 100, met: null },
  ]
  expect(tallyClocks(clocks, 500, { at: 400 })).toEqual({ total: 5, inTime: 2, late: 1, stopped: 1, unmet: 1 })
  expect(tallyClocks([], 500, null)).toEqual({ total: 0, inTime: 0, late: 0, stopped: 0, unmet: 0 })
})
