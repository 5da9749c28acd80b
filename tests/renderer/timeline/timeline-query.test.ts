import { expect, test } from 'vitest'
import { TimelineFilter } from '../../../src/contract/timeline-api.ts'
import {
  EVERYTHING,
  isFiltered,
  queryFromAddress,
  queryToAddress,
  toTimelineFilter,
  type TimelineQuery,
} from '../../../src/renderer/features/timeline/list/timeline-query.ts'

const narrow: TimelineQuery = {
  kinds: ['decision', 'statement'],
  starred: true,
  tag: '华东',
  text: '起火',
  fromDay: '2026-11-20',
  toDay: '2026-11-22',
  newestFirst: false,
  by: 'recorded',
  group: 'hour',
}

test('a view survives the address, and everything needs none', () => {
  expect(queryFromAddress(queryToAddress(narrow, new URLSearchParams('entry=1')))).toEqual(narrow)
  expect(queryToAddress(narrow, new URLSearchParams('entry=1')).get('entry')).toBe('1')
  expect(queryToAddress(EVERYTHING, new URLSearchParams()).toString()).toBe('')
  expect(queryFromAddress(new URLSearchParams('kinds=bogus,decision&from=yesterday'))).toEqual({ ...EVERYTHING, kinds: ['decision'] })
})

test('the filter fits the contract and ends after the last day', () => {
  const filter = TimelineFilter.parse(toTimelineFilter(narrow))
  expect(filter.from).toBe(new Date(2026, 10, 20).getTime())
  expect(filter.to).toBe(new Date(2026, 10, 23).getTime())
  expect(toTimelineFilter(EVERYTHING)).toEqual({ order: 'happened' })
  expect(isFiltered(narrow)).toBe(true)
  expect(isFiltered(EVERYTHING)).toBe(false)
})
