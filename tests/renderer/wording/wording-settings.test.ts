import type { DelegationRow } from '#contract/wording-api.ts'
import { DAY } from '#domain/durations.ts'
import type { MemberState } from '#domain/members/member.ts'
import { WordingChecks, type OwnTerm } from '#domain/rules/wording-checks.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'
import { expect, test } from 'vitest'
import {
  NO_CHANGES,
  readTerm,
  shippedByKind,
  withoutRule,
  withoutTerm,
  withRule,
  withTerm,
} from '../../../src/renderer/features/wording/checks/checks-draft.ts'
import { endsAhead, isInReach, timeOf } from '../../../src/renderer/features/wording/policy/delegation-times.ts'
import { delegatorsOf } from '../../../src/renderer/features/wording/text/delegators.ts'

const TERM: OwnTerm = { id: 'a', language: 'zh-Hans', term: '老款', kind: 'formula', severity: 'warn', message: '旧称', suggestion: '' }
const MEMBER: MemberState = {
  name: '我',
  role: 'pr',
  joinedAt: 0,
  department: null,
  layer: 'execution',
  owner: false,
  vendor: null,
  status: 'active',
  revoked: null,
}

test('every shipped rule is listed once, under its kind', () => {
  const listed = shippedByKind().flatMap(({ kind, rules }) => rules.map((rule) => [kind, rule.id]))
  expect(listed).toHaveLength(DEFAULT_RULES.length)
  expect(new Map(DEFAULT_RULES.map(({ id, kind }) => [id, kind]))).toEqual(new Map(listed.map(([kind, id]) => [id, kind])))
})

test('a rule is off once, with its last reason, until it is on again; terms are changed at their place', () => {
  const off = withoutRule(withoutRule(NO_CHANGES, 'variables', '以后再说'), 'variables', '不用变量')
  expect(off.off).toEqual([{ ruleId: 'variables', reason: '不用变量' }])
  expect(withRule(off, 'variables')).toEqual(NO_CHANGES)
  const two = withTerm(withTerm(off, TERM), { ...TERM, id: 'b', term: '停产' })
  const changed = withTerm(two, { ...TERM, severity: 'block' })
  expect(changed.terms.map(({ id, severity }) => [id, severity])).toEqual([
    ['a', 'block'],
    ['b', 'warn'],
  ])
  expect(WordingChecks.parse(changed)).toEqual(changed)
  expect(withoutTerm(changed, 'a').terms.map(({ id }) => id)).toEqual(['b'])
})

test('a term is kept only if the checks can look for it and it is not there', () => {
  const read = (typed: Partial<OwnTerm>, terms: OwnTerm[] = []) => readTerm({ ...TERM, ...typed }, terms)
  expect(read({ term: ' 老款 ' })).toEqual({ term: TERM })
  expect(read({ term: ' ' })).toEqual({ fault: 'termMissing' })
  expect(read({ message: '' })).toEqual({ fault: 'messageMissing' })
  for (const term of ['[老|旧]款', '……', '一…二…三…四…五']) expect(read({ term }), term).toEqual({ fault: 'termUnreadable' })
  expect(read({ id: 'b' }, [TERM])).toEqual({ fault: 'termThere' })
  expect(read({ id: 'b', language: 'en' }, [TERM])).toHaveProperty('term')
  expect(read({}, [TERM])).toHaveProperty('term')
})

test('a delegation ends tonight, tomorrow morning, in three days, or when somebody says, at most 31 days ahead', () => {
  const noon = new Date(2026, 4, 31, 12).getTime()
  expect(timeOf('tonight', noon)).toBe(new Date(2026, 4, 31, 22).getTime())
  expect(timeOf('tomorrow', noon)).toBe(new Date(2026, 5, 1, 9).getTime())
  expect(timeOf('days', noon)).toBe(noon + 3 * DAY)
  expect(endsAhead(noon)).toEqual(['tonight', 'tomorrow', 'days', 'own'])
  expect(endsAhead(new Date(2026, 4, 31, 22).getTime())).toEqual(['tomorrow', 'days', 'own'])
  expect([noon, noon + 1, noon + 31 * DAY, noon + 31 * DAY + 1].map((until) => isInReach(until, noon))).toEqual([false, true, true, false])
})

test('a decision is for those who let the member decide and wrote nothing of it; not in the own role', () => {
  const row = (byName: string, more: Partial<DelegationRow> = {}): DelegationRow => ({
    byId: byName,
    byName,
    toId: 'me',
    toName: '我',
    as: 'legal',
    until: 10,
    own: false,
    ...more,
  })
  const rows = [row('安'), row('本'), row('陈', { until: 5 }), row('丁', { as: 'pr' }), row('方', { toId: 'other' })]
  const revision = { contributors: [{ id: '本', name: '本' }] }
  const names = (role: 'pr' | 'legal') =>
    delegatorsOf(rows, {
      actor: { id: 'me', now: 5, state: { ...MEMBER, role } },
      as: 'legal',
      revision,
      incident: undefined,
    })
  expect(names('pr')).toEqual(['安'])
  expect(names('legal')).toEqual([])
})
