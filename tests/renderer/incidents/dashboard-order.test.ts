import type { IncidentView } from '#contract/incident-api.ts'
import { startClocks } from '#domain/incidents/clocks.ts'
import { expect, test } from 'vitest'
import { nextClocks } from '../../../src/renderer/app/next-clocks.ts'
import { inOrderOfUrgency } from '../../../src/renderer/features/incidents/order-of-urgency.ts'
import { matchesFilter } from '../../../src/renderer/features/incidents/use-dashboard-filter.ts'

const HOUR = 3_600_000

function incident(title: string, part: Partial<IncidentView> = {}): IncidentView {
  return {
    id: title,
    title,
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
    known: '',
    mode: 'real',
    status: 'open',
    declaredAt: 0,
    declaredBy: 'm',
    commander: 'm',
    clocks: startClocks({ response: HOUR, handling: 24 * HOUR }, 0),
    pending: false,
    declaredByName: '林晓',
    commanderName: '林晓',
    commanderPerson: null,
    signs: [],
    restrictedTo: null,
    authorities: [],
    entryCount: 0,
    lastEntryAt: null,
    ...part,
  }
}

const met = { entryId: 'e', at: 1, by: 'm' }
const urgent = incident('urgent')
const answered = incident('answered', {
  clocks: startClocks({ response: HOUR, handling: 24 * HOUR }, 0).map((clock) => (clock.id === 'response' ? { ...clock, met } : clock)),
})
const routine = incident('routine', { level: 3, clocks: startClocks({ response: HOUR / 2 }, 0) })
const drill = incident('drill', { level: 2, mode: 'drill', clocks: startClocks({ response: HOUR }, 0) })
const older = incident('older', { status: 'closed', declaredAt: 1 })
const newer = incident('newer', { status: 'closed', declaredAt: 2 })

test('MO-04…06: open incidents stand real before drill, by level, then by the clock that runs out first; closed ones last, newest first', () => {
  expect(inOrderOfUrgency([older, routine, answered, newer, drill, urgent]).map((one) => one.title)).toEqual([
    'urgent',
    'answered',
    'routine',
    'drill',
    'newer',
    'older',
  ])
})

test('MO-07: the next clocks are the unmet ones of open incidents by due time; no drill stands before a real one, however late', () => {
  expect(nextClocks([drill, older, urgent, answered, routine]).map(({ incident: one, clock }) => `${one.title} ${clock.id}`)).toEqual([
    'routine response',
    'urgent response',
    'urgent handling',
    'answered handling',
    'drill response',
  ])
})

test('the dashboard shows open incidents with drills unless told otherwise, and finds words in any order', () => {
  const all = [urgent, drill, older, incident('空气净化器 起火', { known: '视频 12 万转发' })]
  const titles = (filter: Parameters<typeof matchesFilter>[1]) => all.filter((one) => matchesFilter(one, filter)).map((one) => one.title)
  expect(titles({ status: 'running', drills: 'with', text: '' })).toEqual(['urgent', 'drill', '空气净化器 起火'])
  expect(titles({ status: 'all', drills: 'without', text: '' })).toEqual(['urgent', 'older', '空气净化器 起火'])
  expect(titles({ status: 'running', drills: 'only', text: '' })).toEqual(['drill'])
  expect(titles({ status: 'running', drills: 'with', text: '转发 起火' })).toEqual(['空气净化器 起火'])
  expect(titles({ status: 'closed', drills: 'with', text: '林晓' })).toEqual(['older'])
})
