import { expect, test } from 'vitest'
import { rulesOfPage } from '../../../src/renderer/features/rules/rules-draft.ts'
import { isChanged, withStored } from '../../../src/renderer/ui/kept-draft.ts'

test('what is typed stays while others change the same; without a change of their own they see the new value', () => {
  const typing = { before: { hours: 1 }, value: { hours: 2 } }
  expect(withStored(typing, { hours: 1 })).toEqual({ draft: typing, clash: false })
  expect(withStored(typing, { hours: 3 })).toEqual({ draft: typing, clash: true })
  expect(withStored({ before: { hours: 1 }, value: { hours: 1 } }, { hours: 3 })).toEqual({
    draft: { before: { hours: 3 }, value: { hours: 3 } },
    clash: false,
  })
})

test('the answer to the own save is no clash, in whatever order its fields come', () => {
  const typing = { before: {}, value: { b: [1], a: { d: 1, c: 2 } } }
  const { draft, clash } = withStored<object>(typing, { a: { c: 2, d: 1 }, b: [1] })
  expect(clash).toBe(false)
  expect(isChanged(draft)).toBe(false)
})

test('rules of other pages are no part of what the page of team rules edits', () => {
  const approvals = [{ kind: null, level: null, policy: { roles: ['pr' as const], inOrder: false, dueMinutes: 10 } }]
  expect(rulesOfPage({ leaseHours: 3, approvals })).toEqual({ own: { leaseHours: 3 }, others: { approvals } })
})
