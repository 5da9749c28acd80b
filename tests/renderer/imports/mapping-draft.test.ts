import { expect, test } from 'vitest'
import { draftFrom, mappingGap, planOf, roleOf, withRole } from '../../../src/renderer/features/imports/mapping-draft.ts'

const suggested = {
  target: 'timeline',
  timeline: { happenedAt: 'when', text: ['what'], defaultKind: 'observation' },
  numbers: { at: 'when', values: [{ column: 'n', name: 'n', unit: '', metric: 'spread', reading: 'increments', sure: true }] },
  remembered: false,
} as const

function start() {
  return draftFrom(
    structuredClone({
      ...suggested,
      timeline: { ...suggested.timeline, text: [...suggested.timeline.text] },
      numbers: { ...suggested.numbers, values: [...suggested.numbers.values] },
    }),
  )
}

test('a suggestion is a complete plan for either target', () => {
  const draft = start()
  expect(planOf(draft)).toEqual({ target: 'timeline', mapping: suggested.timeline })
  expect(planOf({ ...draft, target: 'numbers' })).toEqual({
    target: 'numbers',
    mapping: { at: 'when', values: [{ column: 'n', name: 'n', unit: '', metric: 'spread', reading: 'increments' }] },
  })
})

test('a role that belongs to one column leaves the one that had it; texts add up in the order chosen', () => {
  let draft = withRole(start(), 'other', 'happenedAt')
  expect(roleOf(draft, 'other')).toBe('happenedAt')
  expect(roleOf(draft, 'when')).toBeNull()
  draft = withRole(withRole(draft, 'when', 'text'), 'what', 'kind')
  expect(draft.timeline.text).toEqual(['when'])
  expect(roleOf(draft, 'what')).toBe('kind')
  draft = withRole(draft, 'what', null)
  expect(planOf(draft)).toEqual({ target: 'timeline', mapping: { happenedAt: 'other', text: ['when'], defaultKind: 'observation' } })
})

test('what is missing is named before anything is checked', () => {
  const draft = start()
  expect(mappingGap(withRole(draft, 'when', null))).toBe('time-missing')
  expect(mappingGap(withRole(draft, 'what', null))).toBe('text-missing')
  const numbers = { ...draft, target: 'numbers' as const }
  expect(mappingGap(withRole(numbers, 'n', null))).toBe('value-missing')
  expect(
    mappingGap({ ...numbers, numbers: { at: 'when', values: [{ column: 'n', name: ' ', unit: '', metric: 'other', reading: 'level' }] } }),
  ).toBe('name-missing')
  expect(planOf(withRole(draft, 'when', null))).toBeNull()
})

test('a column that neither name nor numbers explain has to be said by a person; a name that tells is taken', () => {
  const numbers = { ...start(), target: 'numbers' as const }
  const unsure = withRole(numbers, 'x', 'value')
  expect(mappingGap(unsure)).toBe('reading-missing')
  expect(planOf(unsure)).toBeNull()
  expect(mappingGap(withRole(numbers, '负面占比', 'value'))).toBeNull()
  const asked = draftFrom({
    ...suggested,
    timeline: null,
    numbers: { at: 'when', values: [{ column: 'n', name: 'n', unit: '', metric: 'other', reading: 'increments', sure: false }] },
  })
  expect(mappingGap({ ...asked, target: 'numbers' })).toBe('reading-missing')
})
