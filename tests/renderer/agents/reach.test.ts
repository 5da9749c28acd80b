import { expect, test } from 'vitest'
import { inOrderOfNeed, isOverdue, minutesLeft } from '../../../src/renderer/features/agents/reach/reach.ts'

const NOW = 1_000_000
const row = (id: string, more: Partial<Parameters<typeof isOverdue>[0]> = {}) => ({
  id,
  urgency: 'normal' as const,
  confirmBy: null,
  stale: 0,
  outstanding: 1,
  ...more,
})

test('overdue texts come first, then urgent ones, then those due first, then those with more agents left', () => {
  const rows = [
    row('few'),
    row('many', { stale: 5 }),
    row('later', { confirmBy: NOW + 2, outstanding: 3 }),
    row('sooner', { confirmBy: NOW + 1 }),
    row('urgent', { urgency: 'urgent' }),
    row('overdue', { confirmBy: NOW }),
  ]
  expect(inOrderOfNeed(rows, NOW).map(({ id }) => id)).toEqual(['overdue', 'urgent', 'sooner', 'later', 'many', 'few'])
})

test('what everybody has confirmed is never overdue', () => {
  expect(isOverdue(row('a', { confirmBy: NOW, outstanding: 0 }), NOW)).toBe(false)
  expect(isOverdue(row('a', { confirmBy: NOW, outstanding: 0, stale: 1 }), NOW)).toBe(true)
  expect(isOverdue(row('a', { confirmBy: NOW + 1 }), NOW)).toBe(false)
  expect([minutesLeft(NOW + 60_001, NOW), minutesLeft(NOW + 1, NOW), minutesLeft(NOW - 1, NOW)]).toEqual([2, 1, 0])
})
