import { startClocks } from '#domain/incidents/clocks.ts'
import { expect, test } from 'vitest'
import { firstSteps, isBeginning } from '../../../src/renderer/features/timeline/room/first-steps.ts'

const HOUR = 3_600_000
const fresh = { known: '', entryCount: 0, status: 'open' as const, mode: 'real' as const, clocks: startClocks({ response: HOUR }, 0) }
const nothing = { plan: false, people: false, planThere: true }

test('after declaring, the first minutes are a list that ticks itself off from the record', () => {
  expect(firstSteps(fresh, nothing).map(({ step, done }) => [step, done])).toEqual([
    ['known', false],
    ['plan', false],
    ['people', false],
    ['entry', false],
    ['response', false],
  ])
  const later = {
    ...fresh,
    known: '三起投诉',
    entryCount: 2,
    clocks: fresh.clocks.map((clock) => ({ ...clock, met: { entryId: 'e', at: 1, by: 'm' } })),
  }
  const steps = firstSteps(later, { plan: true, people: true, planThere: true })
  expect(steps.every(({ done }) => done)).toBe(true)
  expect(isBeginning(later, steps)).toBe(false)
  expect(isBeginning({ status: 'closed', mode: 'real' }, firstSteps(fresh, nothing))).toBe(false)
  expect(isBeginning({ status: 'open', mode: 'historical' }, firstSteps(fresh, nothing))).toBe(false)
  expect(isBeginning(fresh, firstSteps(fresh, nothing))).toBe(true)
})

test('what does not apply is not asked for: no plan for this type, no response clock', () => {
  expect(firstSteps({ ...fresh, clocks: [] }, { plan: false, people: false, planThere: false }).map(({ step }) => step)).toEqual([
    'known',
    'people',
    'entry',
  ])
})
