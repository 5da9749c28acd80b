import type { WordingRow } from '#contract/wording-api.ts'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import { PLAIN_DELIVERY } from '#domain/wording/delivery.ts'
import { expect, test } from 'vitest'
import {
  byKind,
  hasStatus,
  isFound,
  matrixOf,
  newerInReview,
  readyBeside,
  standingOf,
  type StatusFilter,
} from '../../../src/renderer/features/wording/library/library-rows.ts'
import { neededValues } from '../../../src/renderer/features/wording/library/needed-values.ts'

const LIVE: NonNullable<WordingRow['live']> = {
  revisionId: 'r1',
  number: 1,
  hash: '',
  at: 1,
  by: 'm',
  from: 1,
  until: null,
  summary: '',
  values: {},
  emergency: null,
  delivery: PLAIN_DELIVERY,
  byName: '林舟',
  unapproved: false,
}

function row(id: string, more: Partial<WordingRow> = {}): WordingRow {
  return {
    id,
    incidentId: null,
    title: id,
    core: '',
    kind: 'script',
    statement: null,
    scenario: '',
    emotion: null,
    language: 'zh-Hans',
    preparedFor: '',
    status: 'draft',
    live: null,
    last: null,
    inReview: null,
    ready: null,
    draftAhead: false,
    origin: null,
    removed: false,
    createdAt: 0,
    pending: null,
    ...more,
  } as WordingRow
}

const inReview = (number: number, dueAt: number): WordingRow['inReview'] => ({ id: `r${number}`, number, dueAt })

test('a text in use of which a newer revision is in approval counts in both, and the earliest due time is told', () => {
  const rows = [
    row('a', { status: 'published', live: LIVE, inReview: inReview(2, 50) }),
    row('b', { status: 'in-review', inReview: inReview(1, 20) }),
    row('c', { status: 'published', live: { ...LIVE, unapproved: true, emergency: '等不及' } }),
    row('d'),
  ]
  expect(standingOf(rows)).toEqual({ live: 2, inReview: 2, oldestDue: 20, drafts: 1, unapproved: 1 })
  expect(rows.map(newerInReview)).toEqual([2, null, null, null])
  expect(rows.filter((one) => hasStatus(one, 'in-review')).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(rows.filter((one) => hasStatus(one, 'unapproved')).map(({ id }) => id)).toEqual(['c'])
  expect(standingOf([]).oldestDue).toBeNull()
})

test('removed texts are in their own filter only', () => {
  const rows = [row('a'), row('b', { removed: true })]
  const idsOf = (status: StatusFilter) => rows.filter((one) => hasStatus(one, status)).map(({ id }) => id)
  expect([idsOf(null), idsOf('draft'), idsOf('removed')]).toEqual([['a'], ['a'], ['b']])
})

test('an approved revision is found and named also when a newer one is in approval', () => {
  const ready = { id: 'r1', number: 1 }
  const rows = [row('a', { status: 'approved', ready }), row('b', { status: 'in-review', inReview: inReview(2, 50), ready })]
  expect(rows.map(readyBeside)).toEqual([null, 1])
  expect(rows.filter((one) => hasStatus(one, 'approved')).map(({ id }) => id)).toEqual(['a', 'b'])
})

test('the matrix has a row per scenario, those for all scenarios last; texts without a place in it are listed by kind', () => {
  const rows = [
    row('all', { emotion: 'calm' }),
    row('fire', { scenario: '起火', emotion: 'angry' }),
    row('fire too', { scenario: '起火' }),
    row('statement', { kind: 'statement', scenario: '起火' }),
  ]
  const matrix = matrixOf(rows)
  expect(matrix.map(({ scenario }) => scenario)).toEqual(['起火', ''])
  expect(matrix[0]?.cells.angry.map(({ id }) => id)).toEqual(['fire'])
  expect(matrix[0]?.cells.any.map(({ id }) => id)).toEqual(['fire too'])
  expect(byKind(rows).map((group) => [group.kind, group.rows.length])).toEqual([
    ['script', 3],
    ['statement', 1],
  ])
  expect(isFound(row('x', { title: '机器冒烟', core: '先断电' }), ['断电', '冒烟'])).toBe(true)
  expect(isFound(row('x', { title: '机器冒烟' }), ['断电'])).toBe(false)
})

test('values that a text in use needs and has not come first', () => {
  const content = { ...EMPTY_CONTENT, title: '声明', core: '{brand} 请拨 {hotline}，工号 {agent}' }
  const values = neededValues([{ kind: 'script', content }], { brand: '清泉', link: 'a' })
  expect(values.slice(0, 3).map(({ name, missing }) => [name, missing])).toEqual([
    ['hotline', true],
    ['brand', false],
    ['agent', false],
  ])
  // A statement is read by the public: nobody fills in the agent for them.
  expect(neededValues([{ kind: 'statement', content }], {}).filter(({ missing }) => missing)).toHaveLength(3)
})
