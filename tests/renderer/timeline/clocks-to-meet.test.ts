import { startClocks } from '#domain/incidents/clocks.ts'
import { expect, test } from 'vitest'
import { clocksToOffer, clocksUsuallyMet } from '../../../src/renderer/features/timeline/composer/clocks-to-meet.ts'

const HOUR = 3_600_000
const clocks = startClocks(
  { response: HOUR, 'public-response': 4 * HOUR, 'first-statement': 6 * HOUR, handling: 24 * HOUR, apology: 48 * HOUR },
  0,
)
const met = { entryId: 'e', at: 1, by: 'm' }

test('C2-06, CS-01: a statement is offered every public clock that is open, and usually meets the statement and the public response', () => {
  expect(clocksToOffer(clocks, 'statement', [])).toEqual(['response', 'public-response', 'first-statement', 'apology'])
  expect(clocksUsuallyMet(clocks, 'statement')).toEqual(['public-response', 'first-statement'])
  const later = clocks.map((clock) =>
    clock.id === 'first-statement'
      ? { ...clock, met }
      : clock.id === 'apology'
        ? { ...clock, stopped: { reason: 'x', at: 1, by: 'm' } }
        : clock,
  )
  expect(clocksToOffer(later, 'statement', ['first-statement'])).toEqual(['response', 'public-response'])
  expect(clocksUsuallyMet(later, 'statement')).toEqual(['public-response'])
})

test('an action or a decision may meet what is to be done, asked for; what was chosen by hand stays offered for any kind', () => {
  expect(clocksUsuallyMet(clocks, 'action')).toEqual([])
  expect(clocksToOffer(clocks, 'action', [])).toEqual(['response', 'public-response', 'handling'])
  expect(clocksToOffer(clocks, 'decision', [])).toEqual(['response', 'handling'])
  expect(clocksToOffer(clocks, 'observation', [])).toEqual([])
  expect(clocksToOffer(clocks, 'observation', ['apology'])).toEqual(['apology'])
})
