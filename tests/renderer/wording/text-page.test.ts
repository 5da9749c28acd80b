import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import { difference } from '#domain/wording/text/difference/difference.ts'
import { contentHash, EMPTY_CONTENT } from '#domain/wording/content.ts'
import { expect, test } from 'vitest'
import { draftPlace, partOfField, peopleAtText } from '../../../src/renderer/features/wording/editor/people-at-text.ts'
import { saveSteps } from '../../../src/renderer/features/wording/editor/save-steps.ts'
import { policyAt, withPolicy, withRole } from '../../../src/renderer/features/wording/policy/policy-draft.ts'
import { listedFacts } from '../../../src/renderer/features/wording/text/listed-facts.ts'
import { comparedTo, nextSteps, reviewedRevisions, urgentRevision } from '../../../src/renderer/features/wording/text/next-step.ts'
import { markedParts, writtenRange } from '../../../src/renderer/features/wording/text/pinned.ts'
import { hindrance } from '../../../src/renderer/features/wording/text/why-not.ts'

const POLICY = { roles: ['pr', 'legal'], inOrder: true, dueMinutes: 30 } as const

function revision(number: number, status: RevisionRow['approval']['status'], more: Partial<RevisionRow> = {}): RevisionRow {
  return {
    id: `r${number}`,
    number,
    hash: '',
    title: '',
    note: '',
    base: null,
    at: 0,
    byName: '',
    contributors: [],
    overruled: [],
    approval: { status, done: [], next: status === 'in-review' ? ['pr'] : [] },
    review: status === 'draft' ? null : { at: 0, byName: '', dueAt: 0, policy: { ...POLICY, roles: [...POLICY.roles] } },
    decisions: [],
    mayApproveAs: [],
    mayRejectAs: [],
    mayAskAgain: false,
    own: false,
    ...more,
  }
}

const text = (revisions: RevisionRow[], more: Partial<WordingView> = {}) =>
  ({ removed: false, revisions, live: null, past: [], draftAhead: false, ...more }) as unknown as WordingView
const live = (revisionId: string) => ({ revisionId, number: Number(revisionId.slice(1)) }) as WordingView['live']

const nextStep = (of: WordingView) => nextSteps(of)[0]

test('the next step follows from the last revision, what is in use, and who may decide', () => {
  expect(nextStep(text([])).kind).toBe('write')
  expect(nextStep(text([revision(1, 'draft')])).kind).toBe('ask')
  expect(nextStep(text([revision(1, 'draft')], { draftAhead: true })).kind).toBe('write')
  expect(nextStep(text([revision(1, 'in-review')])).kind).toBe('wait')
  expect(nextStep(text([revision(1, 'in-review', { mayApproveAs: ['pr'] })])).kind).toBe('review')
  expect(nextStep(text([revision(1, 'rejected')])).kind).toBe('mend')
  expect(nextStep(text([revision(1, 'approved')])).kind).toBe('publish')
  expect(nextStep(text([revision(2, 'approved'), revision(1, 'approved')], { live: live('r1') })).kind).toBe('publish')
  expect(nextStep(text([revision(1, 'approved')], { live: live('r1') })).kind).toBe('rest')
  // A value was changed: the text goes out again once it is approved with that value.
  expect(nextStep(text([revision(1, 'approved')], { live: live('r1'), valuesBehind: true })).kind).toBe('publish')
  expect(nextStep(text([revision(1, 'in-review')], { live: live('r1'), valuesBehind: true })).kind).toBe('wait')
  // An approver who leaves later does not bring the text in use back into approval.
  expect(nextStep(text([revision(1, 'in-review')], { live: live('r1') })).kind).toBe('rest')
  const past = [{ end: 'withdrawn', revisionId: 'r1', number: 1 }] as unknown as WordingView['past']
  expect(nextStep(text([revision(1, 'approved')], { past })).kind).toBe('write')
  expect(nextStep(text([revision(1, 'draft')], { removed: true })).kind).toBe('restore')
})

test('a draft that is saved hides neither what is in approval nor what is approved', () => {
  const stepsOf = (of: WordingView) =>
    nextSteps(of).map((step) => ('revision' in step ? `${step.kind} ${step.revision.number}` : step.kind))
  const [draft, reviewed, approved] = [revision(3, 'draft'), revision(2, 'in-review', { mayApproveAs: ['pr'] }), revision(1, 'approved')]
  expect(stepsOf(text([draft, reviewed, approved]))).toEqual(['review 2', 'publish 1', 'ask 3'])
  expect(stepsOf(text([draft, reviewed, approved], { draftAhead: true }))).toEqual(['review 2', 'publish 1', 'write'])
  expect(stepsOf(text([revision(2, 'rejected'), approved]))).toEqual(['mend 2', 'publish 1'])
  // What was published before is not offered again, nor what is older than it.
  expect(stepsOf(text([draft, revision(2, 'approved'), approved], { live: live('r2') }))).toEqual(['ask 3'])
  const numbers = (of: WordingView) => reviewedRevisions(of).map(({ number }) => number)
  expect(numbers(text([draft, reviewed, approved]))).toEqual([2, 1])
  expect(numbers(text([draft, revision(2, 'rejected'), revision(1, 'in-review')]))).toEqual([2, 1])
  expect(numbers(text([draft]))).toEqual([])
  expect([text([draft, reviewed]), text([draft, approved]), text([draft])].map((of) => urgentRevision(of)?.number ?? null)).toEqual([
    2,
    null,
    3,
  ])
})

test('a draft that was saved and not changed since is submitted as that revision; one that was submitted waits for a change', () => {
  const content = { ...EMPTY_CONTENT, title: '停售' }
  const hash = contentHash(content)
  const saved = revision(3, 'draft', { hash })
  expect(saveSteps([saved], content)).toEqual({ number: 4, mayTake: false, saved })
  expect(saveSteps([revision(3, 'in-review', { hash })], content)).toEqual({ number: 4, mayTake: false, saved: null })
  expect(saveSteps([saved], { ...content, title: '停售一批' })).toEqual({ number: 4, mayTake: true, saved: null })
  expect(saveSteps([], content)).toEqual({ number: 1, mayTake: true, saved: null })
})

test('a decision is compared to what is in use, else to the revision before', () => {
  const [third, second, first] = [revision(3, 'in-review'), revision(2, 'rejected'), revision(1, 'approved')]
  const revisions = [third, second, first]
  expect(comparedTo({ live: live('r1'), revisions }, third)?.number).toBe(1)
  expect(comparedTo({ live: null, revisions }, third)?.number).toBe(2)
  expect(comparedTo({ live: null, revisions }, first)).toBeNull()
})

test('who may not approve is told why', () => {
  const legal = { id: 'zhou', role: 'legal' } as const
  const asked = revision(1, 'in-review')
  expect(hindrance({ ...asked, mayApproveAs: ['legal'] }, legal)).toBeNull()
  expect(hindrance({ ...asked, own: true }, legal)?.kind).toBe('own')
  expect(hindrance(asked, legal)).toEqual({ kind: 'waits', next: ['pr'] })
  expect(hindrance(asked, { id: 'x', role: 'technical' })?.kind).toBe('not-asked')
  expect(hindrance(revision(1, 'draft'), legal)?.kind).toBe('not-in-review')
  const given = {
    memberId: 'zhou',
    as: 'legal',
    verdict: 'approve',
    at: 0,
    note: '',
    comparedWith: null,
    comments: [],
    name: '周敏',
    counts: true,
    delegatedBy: [],
  } as const
  expect(hindrance({ ...asked, decisions: [given] }, legal)?.kind).toBe('done')
  expect(hindrance({ ...asked, decisions: [{ ...given, memberId: 'other' }] }, legal)).toEqual({ kind: 'taken', name: '周敏' })
  // Its member has left, or a value has changed: it is in nobody's way.
  expect(hindrance({ ...asked, decisions: [{ ...given, memberId: 'other', counts: false }] }, legal)?.kind).toBe('waits')
})

test('a number that changes in two paragraphs is listed once, with what it was', () => {
  const before = ['先断电停用，48 小时内有人上门。', '工程师 48 小时内上门。']
  const after = ['先断电停用，24 小时内有人上门。', '工程师 24 小时内上门。']
  expect(listedFacts(before, after, difference(before, after))).toEqual([{ kind: 'number', before: '48 小时', after: '24 小时' }])
  expect(listedFacts(['共 3 台'], ['共几台'], difference(['共 3 台'], ['共几台']))).toEqual([
    { kind: 'number', before: '3 台', after: null },
  ])
})

test('a text is cut at the ends of the comments on it, also where these overlap', () => {
  const comments = [
    { at: 'core', start: 1, end: 3 },
    { at: 'core', start: 2, end: 4 },
    { at: 'title', start: 0, end: 1 },
  ]
  expect(markedParts('core', 'abcde', comments, {}).map(({ text: part, numbers }) => [part, numbers])).toEqual([
    ['a', []],
    ['b', [1]],
    ['c', [1, 2]],
    ['d', [2]],
    ['e', []],
  ])
})

test('a policy keeps one role at least, and a place has one policy', () => {
  const own = { roles: ['legal' as const], inOrder: false, dueMinutes: 5 }
  expect(withRole(own, 'legal', false)).toEqual(own)
  expect(withRole(own, 'pr', true).roles).toEqual(['legal', 'pr'])
  const place = { kind: 'faq', level: null } as const
  const policies = withPolicy(withPolicy([], place, own), place, { ...own, dueMinutes: 9 })
  expect(policies).toHaveLength(1)
  expect(policyAt(policies, place).dueMinutes).toBe(9)
  expect(policyAt(policies, { kind: null, level: 1 }).dueMinutes).toBe(30)
})

test('presence tells who has the same draft open, and in which part', () => {
  const at = (name: string, part: string, entityId: string, writing: boolean) => ({
    memberId: name,
    name,
    device: '',
    place: { page: 'incidents', incidentId: null, part, entityId, writing },
  })
  const people = [
    at('安', 'draft', draftPlace('w', partOfField('blocks.b1.text')), true),
    at('本', 'draft', draftPlace('w', null), false),
    at('陈', 'draft', draftPlace('other', 'core'), true),
    at('丁', 'task', 'w', true),
  ]
  expect(peopleAtText(people, 'w')).toEqual([
    { name: '安', partId: 'b1', writing: true },
    { name: '本', partId: null, writing: false },
  ])
  expect(partOfField('core')).toBe('core')
})

test('a text with its values is commented as it is written: a variable is one piece, however its value is selected', () => {
  const parts = markedParts('core', '请拨 {hotline}。', [{ at: 'core', start: 5, end: 7 }], { hotline: '400' })
  expect(parts.map(({ text: shown, numbers, variable }) => [shown, numbers, variable?.filled ?? null])).toEqual([
    ['请拨 ', [], null],
    ['400', [1], true],
    ['。', [], null],
  ])
  expect(writtenRange(parts, { start: 4, end: 5 })).toEqual({ start: 3, end: 12 })
  expect(writtenRange(parts, { start: 1, end: 7 })).toEqual({ start: 1, end: 13 })
  expect(markedParts('core', '{a}', [], {}).map(({ text: shown }) => shown)).toEqual(['{a}'])
})
