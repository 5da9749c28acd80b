import { expect, test } from 'vitest'
import { startClocks, type ClockState } from '#domain/incidents/clocks.ts'
import { dueTimes } from '#domain/incidents/due-times.ts'
import { noticeOver } from '#domain/moments/notice-over.ts'

const HOUR = 3_600_000
const QUARTER = HOUR / 4
const clocks = startClocks({ response: HOUR, handling: 24 * HOUR }, 0)
const met = { entryId: 'e', at: 1, by: 'a' }
const stopped = { reason: '不适用', at: 1, by: 'a' }
const change = (changes: Partial<ClockState>) => clocks.map((clock) => (clock.id === 'response' ? { ...clock, ...changes } : clock))

test('EN-03: each open clock of a live incident has two moments, a quarter of an hour before it is due and then', () => {
  const all = [
    { rule: 'clock-soon', about: 'response', dueAt: HOUR - QUARTER },
    { rule: 'clock-due', about: 'response', dueAt: HOUR },
    { rule: 'clock-soon', about: 'handling', dueAt: 24 * HOUR - QUARTER },
    { rule: 'clock-due', about: 'handling', dueAt: 24 * HOUR },
  ]
  expect(dueTimes({ status: 'open', mode: 'real', clocks })).toEqual(all)
  expect(dueTimes({ status: 'resolved', mode: 'drill', clocks })).toEqual(all)
  for (const state of [{ met }, { stopped }])
    expect(dueTimes({ status: 'open', mode: 'real', clocks: change(state) })).toEqual(all.filter(({ about }) => about === 'handling'))
  expect(dueTimes({ status: 'closed', mode: 'real', clocks })).toEqual([])
  expect(dueTimes({ status: 'open', mode: 'historical', clocks })).toEqual([])
})

test('a notice of a clock is past once nobody waits for it any more, and the first once the second is due', () => {
  const [soon, due] = (['clock-soon', 'clock-due'] as const).map((rule) => ({ rule, params: { clock: 'response', dueAt: HOUR } }))
  const over = (notice: typeof soon, state: Partial<ClockState>, now: number, status: 'open' | 'closed' = 'open') =>
    notice && noticeOver(notice, { status, clocks: change(state) }, now)
  expect([over(soon, {}, HOUR - 1), over(soon, {}, HOUR), over(due, {}, 9 * HOUR)]).toEqual([null, 'due', null])
  expect([over(due, { met }, HOUR), over(due, { stopped }, HOUR), over(due, {}, HOUR, 'closed')]).toEqual(['met', 'stopped', 'closed'])
  expect(noticeOver({ rule: 'decision', params: {} }, { status: 'closed', clocks }, HOUR)).toBeNull()
})
