import { expect, test } from 'vitest'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import { decide, step } from '#domain/log/step.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import { ENTRY_KINDS, LIMITS, TURNING_POINTS, type EntryState, type SystemEvent } from '#domain/timeline/entry.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import type { ImportState } from '#domain/imports/import.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, chain, contextOf, declaration, idOf, INCIDENT, makeOp } from '#tests/support/log-texts.ts'

const ENTRY = idOf(9)
const DECLARED: SystemEvent = { code: 'declared', params: { level: 1, stage: 'initial-complaint' } }
const EVIDENCE = { hash: 'ab'.repeat(32), name: '截图.png', size: 12, mime: 'image/png' }

function fold<State = EntryState>(entity: Entity | undefined, op: Op, seq = 1, actor = ANN): Entity<State> {
  const record = chain(op.scope, [JSON.stringify(op)], actor)[0]
  if (!record) throw new Error('no record')
  return step(entity, op, appliedFromRecord({ ...record, seq }, op)) as Entity<State>
}

const INCIDENT_ENTITY = fold<IncidentState>(
  undefined,
  makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() }),
)
const record = (more: Record<string, unknown> = {}, id = ENTRY) =>
  makeOp({
    type: 'entry.record',
    kind: 'entry',
    id,
    body: { kind: 'observation', text: '微博出现投诉', happenedAt: TWO_AT_NIGHT, ...more },
  })
const on = (type: string, body: Record<string, unknown>, id = ENTRY) => makeOp({ type: `entry.${type}`, kind: 'entry', id, body })
const context = (actor: string, role: Parameters<typeof contextOf>[1], ...entities: (Entity | undefined)[]) =>
  contextOf(actor, role, INCIDENT_ENTITY, ...entities)
const judge = (op: Op, ...entities: (Entity | undefined)[]) => decide(context(ANN, 'pr', ...entities), op)?.code ?? 'accepted'

test('the nine kinds, and the five turning points AN-07…AN-11 with cooling last', () => {
  expect(ENTRY_KINDS).toHaveLength(9)
  expect(TURNING_POINTS).toEqual(['precursor', 'acceleration', 'emotion-shift', 'widening', 'cooling'])
})

test.for([
  ['an observation', {}, 'accepted'],
  ['a decision with reason and who decided', { kind: 'decision', decision: { reason: '证据充分', decidedBy: '总经理' } }, 'accepted'],
  ['a decision without a reason', { kind: 'decision' }, 'malformed'],
  ['a decision without who decided', { kind: 'decision', decision: { reason: '证据充分', decidedBy: ' ' } }, 'malformed'],
  ['a turning point that says which', { kind: 'turning-point', turningPoint: 'cooling' }, 'accepted'],
  ['a turning point that does not', { kind: 'turning-point' }, 'malformed'],
  ['a turning point of another name', { kind: 'turning-point', turningPoint: 'boom' }, 'malformed'],
  ['a system entry with an event', { kind: 'system', text: noteText(DECLARED), event: DECLARED }, 'accepted'],
  [
    'a system entry whose params are not those of its event',
    { kind: 'system', text: noteText(DECLARED), event: { code: 'declared', params: {} } },
    'note-of-nothing',
  ],
  [
    'a system entry in the words of an earlier version',
    { kind: 'system', text: '宣布事件 · incident declared', event: DECLARED },
    'accepted',
  ],
  ['a system entry in words of its own', { kind: 'system', text: '一切已解决', event: DECLARED }, 'note-of-nothing'],
  [
    'a system entry that brings a file',
    { kind: 'system', text: noteText(DECLARED), event: DECLARED, evidence: [EVIDENCE] },
    'note-of-nothing',
  ],
  [
    'a note of an authority until a time that is none',
    {
      kind: 'system',
      text: '临时授权 · temporary authority: 安 → legal (r)',
      event: { code: 'authority-granted', params: { name: '安', role: 'legal', until: 9e15, reason: 'r' } },
    },
    'note-of-nothing',
  ],
  ['a system entry without', { kind: 'system' }, 'malformed'],
  ['an event in a human entry', { event: { code: 'declared', params: {} } }, 'malformed'],
  ['no words', { text: ' \n ' }, 'malformed'],
  ['8,000 characters', { text: '字'.repeat(8000) }, 'accepted'],
  ['8,001 characters', { text: '字'.repeat(8001) }, 'malformed'],
  ['a time before 1990', { happenedAt: 0 }, 'malformed'],
  ['a time with fractions', { happenedAt: TWO_AT_NIGHT + 0.5 }, 'malformed'],
  ['a tag with a blank', { tags: ['食品 安全'] }, 'malformed'],
  ['a tag that would be a link', { tags: ['→x'] }, 'malformed'],
  ['a field of a newer version', { colour: 'red' }, 'malformed'],
  ['an import that is not running', { importId: idOf(50) }, 'import-not-running'],
] as const)('recording %s', ([, more, code]) => {
  expect(judge(record(more))).toBe(code)
})

test('an entry keeps when it happened and when it was recorded, by whom, and is recorded once', () => {
  const entry = fold(undefined, record({ happenedAt: TWO_AT_NIGHT - 5 * 3_600_000, tags: ['微博', '微博'] }), 4, BEN)
  expect(entry.state).toMatchObject({
    happenedAt: TWO_AT_NIGHT - 5 * 3_600_000,
    recordedAt: TWO_AT_NIGHT,
    author: BEN,
    tags: ['微博'],
    starred: false,
  })
  expect(judge(record(), entry)).toBe('already-exists')
  expect(fold(entry, record({ text: '另一个' }))).toBe(entry)
})

test('a correction is shown and the original stays, with who, when and why', () => {
  const entry = fold(undefined, record())
  const correct = on('correct', {
    content: { kind: 'media-report', text: '微博出现投诉，已有媒体转载', happenedAt: TWO_AT_NIGHT + 1 },
    reason: '补充来源',
  })
  const once = fold(entry, correct, 2)
  const twice = fold(
    once,
    on('correct', { content: { kind: 'observation', text: '第三版', happenedAt: TWO_AT_NIGHT }, reason: '再改' }),
    3,
    BEN,
  )
  expect(twice.state.text).toBe('第三版')
  expect(twice.state.corrections.map((one) => [one.by, one.reason, one.before.kind, one.before.text, one.before.happenedAt])).toEqual([
    [ANN, '补充来源', 'observation', '微博出现投诉', TWO_AT_NIGHT],
    [BEN, '再改', 'media-report', '微博出现投诉，已有媒体转载', TWO_AT_NIGHT + 1],
  ])
})

test('a correction to something that is no decision drops the decision, and keeps it in the original', () => {
  const entry = fold(undefined, record({ kind: 'decision', decision: { reason: '理由', decidedBy: '法务' } }))
  const corrected = fold(
    entry,
    on('correct', { content: { kind: 'action', text: '已执行', happenedAt: TWO_AT_NIGHT }, reason: '其实是行动' }),
  )
  expect(corrected.state).not.toHaveProperty('decision')
  expect(corrected.state.corrections[0]?.before.decision).toEqual({ reason: '理由', decidedBy: '法务' })
})

test.for([
  ['a decision without a reason', { kind: 'decision', text: 'x', happenedAt: TWO_AT_NIGHT }],
  ['a turning point that does not say which', { kind: 'turning-point', text: 'x', happenedAt: TWO_AT_NIGHT }],
  ['an entry of the app itself', { kind: 'system', text: 'x', happenedAt: TWO_AT_NIGHT }],
] as const)('nothing can be corrected into %s', ([, content]) => {
  expect(judge(on('correct', { content, reason: '改' }), fold(undefined, record()))).toBe('malformed')
})

test('who may correct: the author and a commander; nobody what the app noted itself', () => {
  const entry = fold(undefined, record(), 1, BEN)
  const correct = on('correct', { content: { kind: 'observation', text: 'x', happenedAt: TWO_AT_NIGHT }, reason: 'y' })
  expect(decide(context(BEN, 'legal', entry), correct)).toBeNull()
  expect(decide(context(ANN, 'commander', entry), correct)).toBeNull()
  expect(decide(context(idOf(0xc), 'pr', entry), correct)).toMatchObject({ code: 'not-permitted', params: { roles: 'author,commander' } })
  const system = fold(undefined, record({ kind: 'system', event: { code: 'declared', params: {} } }))
  expect(decide(context(ANN, 'commander', system), correct)).toMatchObject({ code: 'system-entry' })
  expect(judge(correct)).toBe('not-found')
})

test('stars, tags, links, comments and files', () => {
  const other = fold(undefined, record({}, idOf(10)))
  let entry = fold(undefined, record({ tags: ['甲'] }))
  entry = fold(entry, on('star', { starred: true }), 2)
  entry = fold(entry, on('tag', { add: ['乙', '乙'], remove: ['甲'] }), 3)
  entry = fold(entry, on('link', { to: idOf(10), relation: 'caused-by' }), 4)
  entry = fold(entry, on('link', { to: idOf(10), relation: 'answers' }), 5)
  const comment = on('comment', { commentId: idOf(60), text: '已核实' })
  entry = fold(fold(entry, comment, 6, BEN), comment, 7, BEN)
  entry = fold(fold(entry, on('attach', { evidence: EVIDENCE }), 8), on('attach', { evidence: EVIDENCE }), 9)
  expect(entry.state).toMatchObject({
    starred: true,
    tags: ['乙'],
    links: [{ to: idOf(10), relation: 'answers' }],
    comments: [{ id: idOf(60), author: BEN, text: '已核实' }],
    evidence: [EVIDENCE],
  })
  expect(judge(on('link', { to: idOf(10), relation: 'relates' }), entry, other)).toBe('accepted')
  expect(judge(on('link', { to: ENTRY, relation: 'relates' }), entry)).toBe('entry-not-in-incident')
  expect(judge(on('link', { to: idOf(11), relation: 'relates' }), entry)).toBe('entry-not-in-incident')
  expect(judge(on('link', { to: idOf(10), relation: 'relates' }), entry, { ...other, scope: incidentScope(idOf(2)) })).toBe(
    'entry-not-in-incident',
  )
  expect(fold(entry, on('link', { to: idOf(10), relation: 'answers', remove: true }), 10).state.links).toEqual([])
})

test('full lists refuse the next one with their limit', () => {
  const entry = fold(undefined, record())
  const full: Entity<EntryState> = {
    ...entry,
    state: {
      ...entry.state,
      comments: Array.from({ length: LIMITS.comments }, (_, index) => ({ id: idOf(index), author: ANN, text: 'x', at: 0 })),
      corrections: Array.from({ length: LIMITS.corrections }, () => ({
        by: ANN,
        at: 0,
        reason: 'x',
        before: { kind: 'observation', text: 'x', happenedAt: TWO_AT_NIGHT } as const,
      })),
      evidence: Array.from({ length: LIMITS.evidence }, () => EVIDENCE),
      links: Array.from({ length: LIMITS.links }, (_, index) => ({ to: idOf(index + 700), relation: 'relates' as const })),
      tags: Array.from({ length: LIMITS.tags }, (_, index) => `t${index}`),
    },
  }
  const other = fold(undefined, record({}, idOf(10)))
  const refusal = (op: Op) => decide(context(ANN, 'pr', full, other), op)
  expect(refusal(on('comment', { commentId: idOf(60), text: 'x' }))).toEqual({ code: 'too-many', params: { limit: 500 } })
  expect(refusal(on('correct', { content: { kind: 'observation', text: 'x', happenedAt: TWO_AT_NIGHT }, reason: 'y' }))?.code).toBe(
    'too-many',
  )
  expect(refusal(on('attach', { evidence: EVIDENCE }))?.code).toBe('too-many')
  expect(refusal(on('link', { to: idOf(10), relation: 'relates' }))?.code).toBe('too-many')
  expect(refusal(on('tag', { add: ['新'], remove: [] }))?.code).toBe('too-many')
  expect(refusal(on('tag', { add: [], remove: ['t1'] }))).toBeNull()
})

test('what an import brings belongs to it, and only a running one may bring it', () => {
  const begin = makeOp({
    type: 'import.begin',
    kind: 'import',
    id: idOf(50),
    body: { fileName: 'a.csv', fileHash: '0'.repeat(64), target: 'timeline' },
  })
  const running = fold<ImportState>(undefined, begin)
  const brought = record({ importId: idOf(50), sourceLine: 3 })
  expect(judge(brought, running)).toBe('accepted')
  expect(fold(undefined, brought).state).toMatchObject({ importId: idOf(50), sourceLine: 3 })
  const ended = fold<ImportState>(
    running,
    makeOp({ type: 'import.complete', kind: 'import', id: idOf(50), body: { imported: 1, refused: 0 } }),
  )
  expect(judge(brought, ended)).toBe('import-not-running')
  expect(judge(brought, { ...running, scope: incidentScope(idOf(2)) })).toBe('import-not-running')
})
