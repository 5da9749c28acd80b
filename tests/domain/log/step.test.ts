import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { indexKeys } from '#domain/index-keys.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import { KNOWN_OP_TYPES } from '#domain/features.ts'
import { decide, step, understands } from '#domain/step.ts'
import { searchableTexts } from '#domain/search/searchable.ts'
import { indexText } from '#domain/search/search-terms.ts'
import { BULLETIN_BODIES } from '#tests/support/bulletin-samples.ts'
import { contentHash } from '#domain/wording/content.ts'
import { seeded } from '#tests/support/seeded.ts'
import { agentSamples } from './agent-op-samples.ts'
import { CONTACT_SAMPLES } from './contact-samples.ts'
import { NOTICE_SAMPLES } from './notice-samples.ts'
import { ANN, BEN, chain, contextOf, declaration, idOf, INCIDENT, makeOp } from '#tests/support/log-texts.ts'
import { EDIT, REVISION_ID, WORDING_ID, WORDS } from './wording-samples.ts'
import { draftNoteSamples, promiseSamples } from './written-samples.ts'

const AT = 1_773_511_200_000

const PUBLISHED = {
  revisionId: REVISION_ID,
  number: 1,
  hash: contentHash(WORDS),
  from: AT,
  until: null,
  summary: '',
  values: { hotline: '400-1' },
  emergency: null,
}

/** One legal op of every type that this version knows. */
const SAMPLES: Op[] = [
  makeOp({ type: 'member.join', kind: 'member', id: ANN, body: { name: '安', role: 'pr' } }),
  makeOp({ type: 'member.change', kind: 'member', id: ANN, body: { name: '安然' } }),
  makeOp({ type: 'member.revoke', kind: 'member', id: ANN, body: { reason: '离职' } }),
  makeOp({ type: 'member.restore', kind: 'member', id: ANN, body: {} }),
  makeOp({ type: 'member.pass-ownership', kind: 'member', id: ANN, body: {} }),
  makeOp({ type: 'member.step-down', kind: 'member', id: ANN, body: { remaining: BEN } }),
  makeOp({ type: 'member.delegate', kind: 'member', id: ANN, body: { as: 'pr', until: AT + 3_600_000 } }),
  makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() }),
  makeOp({ type: 'incident.revise', kind: 'incident', id: INCIDENT, body: { title: '新', stage: 'media-report' } }),
  makeOp({ type: 'entry.record', kind: 'entry', id: idOf(9), body: { kind: 'observation', text: '文字', happenedAt: AT, tags: ['甲'] } }),
  makeOp({ type: 'incident.meet-clock', kind: 'incident', id: INCIDENT, body: { clock: 'response', entryId: idOf(9), metAt: AT } }),
  makeOp({ type: 'incident.reopen-clock', kind: 'incident', id: INCIDENT, body: { clock: 'response', reason: '撤回' } }),
  makeOp({ type: 'incident.stop-clock', kind: 'incident', id: INCIDENT, body: { clock: 'apology', reason: '不涉及致歉' } }),
  makeOp({
    type: 'entry.correct',
    kind: 'entry',
    id: idOf(9),
    body: { content: { kind: 'action', text: '改', happenedAt: AT }, reason: '错' },
  }),
  makeOp({ type: 'entry.star', kind: 'entry', id: idOf(9), body: { starred: true } }),
  makeOp({ type: 'entry.tag', kind: 'entry', id: idOf(9), body: { add: ['乙'], remove: [] } }),
  makeOp({ type: 'entry.link', kind: 'entry', id: idOf(9), body: { to: idOf(10), relation: 'relates' } }),
  makeOp({ type: 'entry.comment', kind: 'entry', id: idOf(9), body: { commentId: idOf(11), text: '评' } }),
  makeOp({ type: 'entry.attach', kind: 'entry', id: idOf(9), body: { evidence: { hash: 'a'.repeat(64), name: 'x', size: 1, mime: '' } } }),
  makeOp({ type: 'import.begin', kind: 'import', id: idOf(50), body: { fileName: 'a', fileHash: 'a'.repeat(64), target: 'timeline' } }),
  makeOp({ type: 'import.complete', kind: 'import', id: idOf(50), body: { imported: 1, refused: 0 } }),
  makeOp({ type: 'import.abandon', kind: 'import', id: idOf(50), body: {} }),
  makeOp({ type: 'import.undo', kind: 'import', id: idOf(50), body: {} }),
  makeOp({ type: 'import.restore', kind: 'import', id: idOf(50), body: {} }),
  makeOp({ type: 'series.create', kind: 'series', id: idOf(60), body: { name: '转发', unit: '', metric: 'spread' } }),
  makeOp({
    type: 'incident.declare',
    version: 2,
    kind: 'incident',
    id: INCIDENT,
    body: { title: '往事', type: 'product-problem', level: 1, stage: 'whole-web', known: '', mode: 'historical', declaredAt: AT },
  }),
  makeOp({ type: 'series.revise', kind: 'series', id: idOf(60), body: { reading: 'level' } }),
  makeOp({ type: 'series.add-points', kind: 'points', id: idOf(61), body: { seriesId: idOf(60), points: [[AT, 1]] } }),
  makeOp({
    type: 'incident.change-level',
    kind: 'incident',
    id: INCIDENT,
    body: { from: 1, to: 2, reason: '降温', clocks: { response: 3_600_000 } },
  }),
  makeOp({ type: 'incident.hand-over', kind: 'incident', id: INCIDENT, body: { from: ANN, to: null, name: '王磊', summary: '声明待发' } }),
  makeOp({ type: 'incident.mark-sign', kind: 'incident', id: INCIDENT, body: { sign: 'me-too', seen: true } }),
  makeOp({ type: 'incident.restrict', kind: 'incident', id: INCIDENT, body: { members: [ANN] } }),
  makeOp({ type: 'incident.unrestrict', kind: 'incident', id: INCIDENT, body: {} }),
  makeOp({
    type: 'incident.grant-authority',
    kind: 'incident',
    id: INCIDENT,
    body: { memberId: ANN, as: 'commander', until: AT, reason: '夜间值守' },
  }),
  makeOp({ type: 'incident.end-authority', kind: 'incident', id: INCIDENT, body: { memberId: ANN, as: 'commander' } }),
  makeOp({ type: 'incident.set-status', kind: 'incident', id: INCIDENT, body: { from: 'open', to: 'contained', reason: '不再扩散' } }),
  makeOp({
    type: 'task.create',
    kind: 'task',
    id: idOf(70),
    body: {
      title: '封存样机',
      detail: '',
      phase: '预警',
      department: 'technical',
      owner: '',
      dueAt: AT,
      checklist: [{ id: '1', text: '拍照' }],
      blockedBy: [],
      order: 0,
    },
  }),
  makeOp({ type: 'task.revise', kind: 'task', id: idOf(70), body: { owner: '罗衡' } }),
  makeOp({ type: 'task.revise', version: 2, kind: 'task', id: idOf(70), body: { owner: '安', ownerId: ANN } }),
  makeOp({ type: 'task.tick', kind: 'task', id: idOf(70), body: { item: '1', done: true } }),
  makeOp({ type: 'task.move', kind: 'task', id: idOf(70), body: { from: 'todo', to: 'doing', note: '' } }),
  makeOp({
    type: 'assignment.set',
    kind: 'assignment',
    id: idOf(80),
    body: { layer: 'execution', department: 'pr', name: '陈默', backup: '', duty: '' },
  }),
  makeOp({ type: 'assignment.remove', kind: 'assignment', id: idOf(80), body: {} }),
  makeOp({
    type: 'assessment.record',
    kind: 'assessment',
    id: idOf(90),
    body: {
      inputs: { growth24h: 240, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null },
      weights: { spread: 35, sentiment: 25, influence: 25, business: 15 },
      composite: 4,
      suggestedLevel: 1,
      verdict: 'noted',
      reason: '',
    },
  }),
  makeOp({
    type: 'suggestion.dismiss',
    kind: 'dismissed-suggestion',
    id: idOf(91),
    body: { kind: 'cooling', at: AT, seriesId: idOf(60), reason: '' },
  }),
  makeOp({
    type: 'plan.save',
    kind: 'plan',
    id: 'own-plan',
    body: {
      version: 0,
      note: '',
      content: {
        title: '断货预案',
        purpose: '缺货时',
        types: ['product-problem'],
        phases: [{ key: 'first', title: '第一步', fromHour: 0, toHour: 4 }],
        tasks: [
          {
            key: 'call',
            phase: 'first',
            title: '联系供应商',
            department: 'business',
            due: { afterDeclarationMin: 30 },
            checklist: [],
            after: [],
          },
        ],
        source: '',
      },
    },
  }),
  makeOp({ type: 'plan.retire', kind: 'plan', id: 'own-plan', body: { retired: true } }),
  ...CONTACT_SAMPLES,
  makeOp({
    type: 'wording.create',
    kind: 'wording',
    id: WORDING_ID,
    body: {
      place: { kind: 'script', statement: null, scenario: '退款', emotion: 'angry', language: 'zh-Hans', preparedFor: '' },
      title: '退款',
      core: '',
      origin: null,
    },
  }),
  makeOp({ type: 'wording-draft.start', kind: 'wording-draft', id: WORDING_ID, body: { content: WORDS, authors: [] } }),
  makeOp({ type: 'wording-draft.edit', kind: 'wording-draft', id: WORDING_ID, body: { update: EDIT, authors: [] } }),
  makeOp({ type: 'wording-draft.edit', version: 2, kind: 'wording-draft', id: WORDING_ID, body: { update: EDIT, authors: [], of: 0 } }),
  makeOp({
    type: 'revision.write',
    kind: 'revision',
    id: REVISION_ID,
    body: { wordingId: WORDING_ID, number: 1, content: WORDS, base: null, contributors: [], note: '', overruled: [] },
  }),
  makeOp({
    type: 'wording.add-revision',
    kind: 'wording',
    id: WORDING_ID,
    body: { revisionId: REVISION_ID, number: 1, hash: contentHash(WORDS), title: WORDS.title, core: WORDS.core },
  }),
  ...[1, 2].map((version) =>
    makeOp({
      type: 'wording-draft.taken',
      version,
      kind: 'wording-draft',
      id: WORDING_ID,
      body: { revisionId: REVISION_ID, hash: contentHash(WORDS) },
    }),
  ),
  makeOp({ type: 'wording-draft.settle', kind: 'wording-draft', id: WORDING_ID, body: { text: '请停用', by: ANN, how: 'dismissed' } }),
  makeOp({
    type: 'revision.ask',
    kind: 'revision',
    id: REVISION_ID,
    body: { hash: contentHash(WORDS), policy: { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }, asked: [BEN] },
  }),
  makeOp({
    type: 'revision.decide',
    kind: 'revision',
    id: REVISION_ID,
    body: { hash: contentHash(WORDS), verdict: 'approve', as: 'pr', comparedWith: null, note: '', comments: [], tell: [] },
  }),
  ...draftNoteSamples(WORDING_ID),
  makeOp({
    type: 'revision.decide',
    version: 2,
    kind: 'revision',
    id: REVISION_ID,
    body: { hash: contentHash(WORDS), verdict: 'approve', as: 'pr', comparedWith: null, note: '', comments: [], tell: [], values: {} },
  }),
  makeOp({ type: 'wording-values.set', kind: 'wording-values', id: INCIDENT, body: { values: { hotline: '400-1', constructor: '构' } } }),
  makeOp({ type: 'wording.publish', kind: 'wording', id: WORDING_ID, body: PUBLISHED }),
  ...agentSamples({ id: WORDING_ID, body: PUBLISHED }),
  ...promiseSamples(WORDING_ID, REVISION_ID, AT),
  ...Object.entries(BULLETIN_BODIES).map(([type, body]) => {
    const isPlan = type.startsWith('bulletin-plan.')
    return makeOp({ type, kind: isPlan ? 'bulletin-plan' : 'bulletin', id: isPlan ? INCIDENT : idOf(0xe4), body })
  }),
  makeOp({ type: 'wording.move', kind: 'wording', id: WORDING_ID, body: { scenario: '换货' } }),
  makeOp({
    type: 'wording.withdraw',
    kind: 'wording',
    id: WORDING_ID,
    body: { revisionId: REVISION_ID, reason: '时限有误', instead: '' },
  }),
  makeOp({ type: 'wording.remove', kind: 'wording', id: WORDING_ID, body: { removed: true } }),
  makeOp({ type: 'rules.set', kind: 'rules', id: 'team', body: { version: 0, rules: {} } }),
  makeOp({ type: 'followers.add', kind: 'followers', id: INCIDENT, body: { memberId: ANN, why: 'chosen' } }),
  makeOp({ type: 'followers.leave', kind: 'followers', id: INCIDENT, body: {} }),
  ...NOTICE_SAMPLES,
  makeOp({
    type: 'personal.revealed',
    kind: 'reveal',
    id: `${ANN}.${idOf(92)}`,
    body: { of: { kind: 'incident', id: INCIDENT, field: 'known' }, reason: 'call-back', words: '回访', device: 'desk' },
  }),
]

/** The entities after all samples. */
const ENTITIES: Entity[] = [...Map.groupBy(SAMPLES, (op) => `${op.entity.kind} ${op.entity.id}`).values()].map((ops) => {
  const entity = ops.reduce<Entity | undefined>((now, op) => step(now, op, appliedPending(op, ANN)), undefined)
  if (!entity) throw new Error('a sample made nothing')
  return entity
})

test('the samples cover every op type there is', () => {
  expect(SAMPLES.map((op) => `${op.type}@${op.version}`).toSorted()).toEqual([...KNOWN_OP_TYPES].toSorted())
})

test('an op of a newer version marks what it touches and changes nothing else; on something unknown it waits', () => {
  const entry = ENTITIES.find(({ kind }) => kind === 'entry')
  const newer = makeOp({ type: 'entry.record', version: 2, kind: 'entry', id: idOf(9), body: { anything: [1] } })
  expect(understands(newer)).toBe(false)
  const marked = step(entry, newer, appliedPending(newer, ANN))
  expect(marked).toEqual({ ...entry, newer: true })
  expect(step(marked, newer, appliedPending(newer, ANN))).toBe(marked)
  expect(step(undefined, newer, appliedPending(newer, ANN))).toBeUndefined()
  expect(decide(contextOf(ANN, 'commander', ...ENTITIES), newer)).toEqual({
    code: 'unknown-type',
    params: { type: 'entry.record', version: 2 },
  })
})

test('what a newer version has written on is read-only until the update', () => {
  const marked = ENTITIES.map((entity) => (entity.kind === 'entry' ? { ...entity, newer: true } : entity))
  const star = makeOp({ type: 'entry.star', kind: 'entry', id: idOf(9), body: { starred: false } })
  expect(decide(contextOf(ANN, 'commander', ...ENTITIES), star)).toBeNull()
  expect(decide(contextOf(ANN, 'commander', ...marked), star)).toMatchObject({ code: 'unknown-type' })
})

test('an op whose type belongs to another kind of thing is refused and changes nothing', () => {
  const incident = ENTITIES.find(({ kind }) => kind === 'incident')
  const op = makeOp({ type: 'entry.star', kind: 'incident', id: INCIDENT, body: { starred: true } })
  expect(decide(contextOf(ANN, 'commander', ...ENTITIES), op)).toMatchObject({ code: 'malformed' })
  const after = step(incident, op, appliedPending(op, ANN))
  expect(after?.state).toEqual(incident?.state)
})

const anyJson = fc.jsonValue({ maxDepth: 3 })
const anySample = fc.constantFrom(...SAMPLES)

/** A sample with some fields of the op or of its body replaced by any JSON value. */
const mutatedOp = fc
  .record({
    op: anySample,
    body: fc.dictionary(
      fc.constantFrom(
        'kind',
        'text',
        'happenedAt',
        'title',
        'clocks',
        'clock',
        'entryId',
        'metAt',
        'tags',
        'add',
        'remove',
        'points',
        'evidence',
        'starred',
        'to',
        'content',
        'update',
        'values',
        'contributors',
        '__proto__',
      ),
      anyJson,
      { maxKeys: 3 },
    ),
    top: fc.record(
      { baseSeq: fc.nat(), hlc: fc.stringMatching(/^[0-9a-f]{16}$/), version: fc.integer({ min: 1, max: 3 }) },
      { requiredKeys: [] },
    ),
    other: fc.option(anySample),
  })
  .map(({ op, body, top, other }) =>
    JSON.stringify({ ...op, ...top, ...(other ? { type: other.type } : {}), body: { ...op.body, ...body } }),
  )

test('P3: step, decide and what the store derives never throw, for any mutated op on any state', () => {
  const context = contextOf(ANN, 'commander', ...ENTITIES)
  let folded = 0
  fc.assert(
    fc.property(mutatedOp, fc.nat(50), fc.boolean(), fc.constantFrom(ANN, BEN), (text, seq, exists, actor) => {
      const parsed = parseOp(text)
      if (!parsed.ok) return
      const { op } = parsed
      const record = chain(op.scope, [text], actor)[0]
      if (!record) throw new Error('no record')
      const entity = exists ? ENTITIES.find(({ kind, id }) => kind === op.entity.kind && id === op.entity.id) : undefined
      const before = structuredClone(entity)
      const after = step(entity, op, appliedFromRecord({ ...record, seq: seq + 1 }, op))
      expect(entity).toEqual(before)
      if (after) {
        expect(JSON.parse(JSON.stringify(after))).toEqual(after)
        expect(Number.isFinite(indexKeys(after).sortAt)).toBe(true)
        expect(typeof indexText((searchableTexts(after) ?? []).join('\n'))).toBe('string')
      }
      const refusal = decide({ ...context, actorId: actor }, op)
      expect(refusal === null || typeof refusal.code === 'string').toBe(true)
      folded += 1
    }),
    seeded(4000),
  )
  expect(folded).toBeGreaterThan(1000)
})

test('P3: what decide accepts on a state, step folds into something; what is malformed, it leaves alone', () => {
  fc.assert(
    fc.property(anySample, fc.dictionary(fc.string({ maxLength: 8 }), anyJson, { minKeys: 1, maxKeys: 3 }), (op, extra) => {
      const odd = { ...op, body: { ...op.body, ...extra } }
      const entity = ENTITIES.find(({ kind, id }) => kind === op.entity.kind && id === op.entity.id)
      const known = decide(contextOf(ANN, 'commander', ...ENTITIES), odd)
      const after = step(entity, odd, appliedPending(odd, ANN))
      if (known?.code === 'malformed') expect(after).toBe(entity)
      else expect(after).toBeDefined()
    }),
    seeded(1000),
  )
})
