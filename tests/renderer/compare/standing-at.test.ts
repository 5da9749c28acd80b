import type { IncidentOutline } from '#contract/overview-api.ts'
import { expect, test } from 'vitest'
import { standingAt } from '../../../src/renderer/features/compare/standing-at.ts'

const clock = (id: string, dueAt: number, metAt: number | null) => ({
  id,
  limitMs: dueAt,
  dueAt,
  met: metAt === null ? null : { entryId: 'x', at: metAt, by: 'y' },
})

const outline = {
  incident: {
    declaredAt: 100,
    status: 'contained',
    clocks: [clock('response', 200, 150), clock('first-statement', 250, 300), clock('handling', 400, null)],
  },
  levels: [
    { at: 100, level: 2 },
    { at: 220, level: 1 },
  ],
  entries: [
    { id: '1', kind: 'decision', at: 50, text: '', starred: false },
    { id: '2', kind: 'statement', at: 300, text: '', starred: false },
    { id: '3', kind: 'system', at: 350, text: '', starred: false, event: { code: 'status-changed', params: { to: 'contained' } } },
    { id: '4', kind: 'decision', at: 380, text: '', starred: false },
  ],
} as unknown as IncidentOutline

test.each([
  [60, { level: null, status: null, decisions: 1, statements: 0, met: 0, overdue: 0 }],
  [100, { level: 2, status: 'open', decisions: 1, statements: 0, met: 0, overdue: 0 }],
  [260, { level: 1, status: 'open', decisions: 1, statements: 0, met: 1, overdue: 1 }],
  [300, { level: 1, status: 'open', decisions: 1, statements: 1, met: 2, overdue: 0 }],
  [500, { level: 1, status: 'contained', decisions: 2, statements: 1, met: 2, overdue: 1 }],
])('how an incident stood at %i', (at, standing) => {
  expect(standingAt(outline, at, 1000)).toEqual(standing)
})

test('of a moment that has not come nothing is said', () => {
  expect(standingAt(outline, 1001, 1000)).toBeNull()
})
