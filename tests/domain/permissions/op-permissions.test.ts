import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { findOpType, KNOWN_OP_TYPES } from '#domain/features.ts'
import type { Op } from '#domain/log/op.ts'
import { decide, step } from '#domain/step.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import { MEMBER_ROLES } from '#domain/members/member.ts'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import { ACTIONS, type Action } from '#domain/permissions/matrix.ts'
import { readersOf } from '#domain/permissions/readers.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, contextOf, declaration, idOf, INCIDENT, makeOp, memberWith } from '#tests/support/log-texts.ts'
import { AGENT_GROUP_ACTIONS, AGENT_GROUP_BODIES, PUBLISHED } from './agent-samples.ts'
import { CONTACT_ACTIONS, CONTACT_BODIES } from './contact-samples.ts'
import { LATER_BODY_OF } from './later-bodies.ts'
import { WRITTEN_ACTIONS, WRITTEN_BODIES } from './written-samples.ts'

const CARA = idOf(0xc)
const HOUR = 3_600_000

const onIncident = (type: string, body: Record<string, unknown>) =>
  makeOp({ type: `incident.${type}`, kind: 'incident', id: INCIDENT, body })
const apply = (entity: Entity | undefined, op: Op, actor = ANN) => step(entity, op, appliedPending(op, actor)) as Entity<IncidentState>
const INCIDENT_NOW = apply(undefined, onIncident('declare', declaration()))

const entityOf = (kind: string, id: string, state: unknown, scope = 'team') =>
  ({ kind, id, scope, state, stamps: {}, superseded: [], newer: false }) as unknown as Entity
const MEMBERS = [
  entityOf('member', ANN, memberWith({ role: 'commander' })),
  entityOf('member', BEN, memberWith({ role: 'pr' })),
  entityOf('member', CARA, memberWith({ role: 'legal' })),
]

/** The action of each op type, written by hand. */
const ACTION_OF: Record<string, Action | 'admission' | 'private'> = {
  'member.join': 'admission',
  'member.change': 'member.rename',
  'member.revoke': 'member.revoke',
  'member.restore': 'member.revoke',
  'member.pass-ownership': 'owner.change',
  'member.step-down': 'owner.change',
  'member.delegate': 'wording.delegate',
  'incident.declare': 'incident.declare',
  'incident.revise': 'incident.revise',
  'incident.meet-clock': 'clock.meet',
  'incident.stop-clock': 'clock.stop',
  'incident.reopen-clock': 'clock.reopen',
  'incident.change-level': 'incident.change-level',
  'incident.hand-over': 'incident.hand-over',
  'incident.set-status': 'incident.set-status',
  'incident.mark-sign': 'incident.mark-sign',
  'incident.restrict': 'incident.restrict',
  'incident.unrestrict': 'incident.restrict',
  'incident.grant-authority': 'incident.grant-authority',
  'incident.end-authority': 'incident.end-authority',
  'followers.add': 'incident.follow',
  'followers.leave': 'incident.follow',
  'entry.record': 'entry.record',
  'entry.correct': 'entry.correct',
  'entry.star': 'entry.star',
  'entry.tag': 'entry.mark',
  'entry.link': 'entry.mark',
  'entry.comment': 'entry.comment',
  'entry.attach': 'entry.attach',
  'import.begin': 'import.write',
  'import.complete': 'import.end',
  'import.abandon': 'import.end',
  'import.undo': 'import.undo',
  'import.restore': 'import.undo',
  'series.create': 'number.enter',
  'series.add-points': 'number.enter',
  'series.revise': 'series.revise',
  'task.create': 'task.create',
  'task.revise': 'task.revise',
  'task.move': 'task.move',
  'task.tick': 'task.move',
  'plan.save': 'plan.save',
  'plan.retire': 'plan.retire',
  'assignment.set': 'people.assign',
  'assignment.remove': 'people.assign',
  'assessment.record': 'risk.note',
  'suggestion.dismiss': 'suggestion.dismiss',
  ...CONTACT_ACTIONS,
  'wording.create': 'wording.draft',
  'wording.move': 'wording.draft',
  'wording.add-revision': 'wording.draft',
  'wording.remove': 'wording.draft',
  'wording.publish': 'wording.publish',
  'wording.withdraw': 'wording.withdraw',
  'revision.write': 'wording.draft',
  'revision.ask': 'wording.draft',
  'revision.decide': 'wording.approve',
  'wording-draft.start': 'wording.draft',
  'wording-draft.edit': 'wording.draft',
  'wording-draft.taken': 'wording.draft',
  'wording-draft.settle': 'wording.draft',
  'wording-values.set': 'wording.values',
  ...WRITTEN_ACTIONS,
  ...AGENT_GROUP_ACTIONS,
  'rules.set': 'rules.set',
  'notice.made': 'private',
  'notice.read': 'private',
  'personal.revealed': 'personal.reveal',
}
/** Actions of ops with another body or on another entity, and actions that the hub checks without an op. */
const OTHER_ACTIONS: readonly Action[] = ['member.place', 'risk.judge', 'member.invite', 'wording.release', 'agents.read']

/** A valid body of each type, as far as the action depends on it. */
const BODY_OF: Record<string, Record<string, unknown>> = {
  'member.change': { name: '新' },
  'member.revoke': { reason: '离职' },
  'member.step-down': { remaining: BEN },
  'member.delegate': { as: 'pr', until: 0 },
  'incident.declare': declaration(),
  'incident.revise': { title: '新' },
  'incident.meet-clock': { clock: 'response', entryId: idOf(9), metAt: TWO_AT_NIGHT },
  'incident.stop-clock': { clock: 'apology', reason: '无过错' },
  'incident.reopen-clock': { clock: 'response', reason: '撤回' },
  'incident.change-level': { from: 1, to: 2, reason: '降温', clocks: {} },
  'incident.hand-over': { from: ANN, to: BEN, name: '本', summary: '声明待发' },
  'incident.set-status': { from: 'open', to: 'contained', reason: '不再扩散' },
  'incident.mark-sign': { sign: 'me-too', seen: true },
  'incident.restrict': { members: [ANN] },
  'incident.grant-authority': { memberId: BEN, as: 'commander', until: TWO_AT_NIGHT + HOUR, reason: '夜间' },
  'incident.end-authority': { memberId: BEN, as: 'commander' },
  'followers.add': { memberId: ANN, why: 'chosen' },
  'entry.record': { kind: 'action', text: '核实', happenedAt: TWO_AT_NIGHT },
  'entry.correct': { content: { kind: 'action', text: '改', happenedAt: TWO_AT_NIGHT }, reason: '错' },
  'entry.star': { starred: true },
  'entry.tag': { add: [], remove: [] },
  'entry.link': { to: idOf(9), relation: 'relates' },
  'entry.comment': { commentId: idOf(9), text: '评' },
  'entry.attach': { evidence: { hash: 'a'.repeat(64), name: 'x', size: 1, mime: '' } },
  'import.begin': { fileName: 'a', fileHash: 'a'.repeat(64), target: 'timeline' },
  'import.complete': { imported: 1, refused: 0 },
  'series.create': { name: '转发', unit: '', metric: 'spread' },
  'series.revise': { reading: 'level' },
  'series.add-points': { seriesId: idOf(9), points: [[TWO_AT_NIGHT, 1]] },
  'task.create': {
    title: '封存',
    detail: '',
    phase: '预警',
    department: null,
    owner: '',
    dueAt: null,
    checklist: [],
    blockedBy: [],
    order: 0,
  },
  'task.revise': { owner: '罗' },
  'task.move': { from: 'todo', to: 'doing', note: '' },
  'task.tick': { item: '1', done: true },
  'plan.save': {
    version: 0,
    note: '',
    content: {
      title: '断货',
      purpose: '缺货时',
      types: ['product-problem'],
      phases: [{ key: 'a', title: '一', fromHour: 0, toHour: 4 }],
      tasks: [{ key: 'c', phase: 'a', title: '联系', department: 'business', due: { afterDeclarationMin: 30 }, checklist: [], after: [] }],
      source: '',
    },
  },
  'plan.retire': { retired: true },
  ...CONTACT_BODIES,
  'assignment.set': { layer: 'execution', department: 'pr', name: '陈', backup: '', duty: '' },
  'assessment.record': {
    inputs: { growth24h: 240, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null },
    weights: { spread: 35, sentiment: 25, influence: 25, business: 15 },
    composite: 4,
    suggestedLevel: 1,
    verdict: 'noted',
    reason: '',
  },
  'suggestion.dismiss': { kind: 'cooling', at: TWO_AT_NIGHT, seriesId: idOf(9), reason: '' },
  'wording.publish': PUBLISHED,
  'wording.create': {
    place: { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' },
    title: '致歉',
    core: '',
    origin: null,
  },
  'wording.move': { scenario: '退款' },
  'wording.add-revision': { revisionId: idOf(9), number: 1, hash: 'a'.repeat(64), title: '致歉', core: '' },
  'wording.remove': { removed: true },
  'wording.withdraw': { revisionId: idOf(9), reason: '有误', instead: '' },
  'revision.write': { wordingId: idOf(9), number: 1, content: EMPTY_CONTENT, base: null, contributors: [], note: '', overruled: [] },
  'revision.ask': { hash: 'a'.repeat(64), policy: { roles: ['pr'], inOrder: false, dueMinutes: 30 }, asked: [] },
  'revision.decide': { hash: 'a'.repeat(64), verdict: 'approve', as: 'pr', comparedWith: null, note: '', comments: [], tell: [] },
  'wording-draft.start': { content: EMPTY_CONTENT, authors: [] },
  'wording-draft.edit': { update: 'AAA=', authors: [] },
  'wording-draft.taken': { revisionId: idOf(9), hash: 'a'.repeat(64) },
  'wording-draft.settle': { text: '请停用', by: idOf(9), how: 'put-back' },
  'wording-values.set': { values: { hotline: '400' } },
  ...WRITTEN_BODIES,
  ...AGENT_GROUP_BODIES,
  'rules.set': { version: 0, rules: {} },
  'notice.read': { read: true },
  'personal.revealed': { of: { kind: 'entry', id: idOf(9), field: 'text' }, reason: 'call-back', words: '回访', device: '' },
}

const KINDS: Record<string, string> = {
  'series.add-points': 'points',
  'suggestion.dismiss': 'dismissed-suggestion',
  'personal.revealed': 'reveal',
}

test('a vendor reveals nothing, whatever it was lent or commands, and is neither handed nor lent the command', () => {
  const vendor = { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + 9 * HOUR }
  const lent = (as: 'legal' | 'pr' | 'call-center') =>
    apply(INCIDENT_NOW, onIncident('grant-authority', { memberId: BEN, as, until: TWO_AT_NIGHT + HOUR, reason: '夜间' }))
  const look = makeOp({
    type: 'personal.revealed',
    kind: 'reveal',
    id: `${BEN}.${idOf(0x77)}`,
    body: { of: { kind: 'incident', id: INCIDENT, field: 'known' }, reason: 'call-back', words: '回访', device: '' },
  })
  const byVendor = (incident: Entity) =>
    decide({ ...contextOf(BEN, null, incident), actor: memberWith({ role: 'call-center', vendor }) }, look)?.code
  for (const as of ['legal', 'pr', 'call-center'] as const) expect(byVendor(lent(as))).toBe('not-permitted')
  // The command as an earlier version allowed it to be handed over.
  expect(byVendor({ ...INCIDENT_NOW, state: { ...INCIDENT_NOW.state, commander: BEN } })).toBe('not-permitted')
  expect(decide({ ...contextOf(BEN, null, lent('legal')), actor: memberWith({ role: 'technical' }) }, look)).toBeNull()
  const outside = entityOf('member', BEN, memberWith({ role: 'pr', vendor }))
  const asCommander = (op: Op) => decide(contextOf(ANN, 'commander', INCIDENT_NOW, outside), op)?.code ?? null
  expect(asCommander(onIncident('hand-over', { from: ANN, to: BEN, name: '外', summary: '声明待发' }))).toBe('vendor-commands')
  expect(asCommander(onIncident('grant-authority', { memberId: BEN, as: 'commander', until: TWO_AT_NIGHT + HOUR, reason: '夜间' }))).toBe(
    'vendor-commands',
  )
  expect(asCommander(onIncident('grant-authority', { memberId: BEN, as: 'legal', until: TWO_AT_NIGHT + HOUR, reason: '夜间' }))).toBeNull()
})

test.for([
  ['as computed', {}, null],
  [
    'calm over an alarm, by weights of nothing',
    { composite: 1, suggestedLevel: 3, weights: { spread: 0, sentiment: 0, influence: 0, business: 0 } },
    'malformed',
  ],
  ['another level than the grade gives', { suggestedLevel: 3 }, 'malformed'],
  ['another grade', { composite: 5 }, 'malformed'],
  [
    'a grade of nothing known',
    { inputs: { growth24h: null, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null } },
    'malformed',
  ],
] as const)('an assessment stands only where it follows from its figures: %s', ([, changes, code]) => {
  for (const verdict of ['noted', 'confirmed'] as const) {
    const op = makeOp({
      type: 'assessment.record',
      kind: 'assessment',
      id: idOf(0x77),
      body: { ...BODY_OF['assessment.record'], verdict, ...changes },
    })
    expect(decide(contextOf(ANN, 'commander', INCIDENT_NOW), op)?.code ?? null).toBe(code)
  }
})

test('no op type without an action: each is asked about in the matrix, joining alone is admitted, and what is only about oneself is one’s own', () => {
  // All versions of an op type are one act.
  expect([...new Set(KNOWN_OP_TYPES.map((name) => name.replace(/@\d+$/, '')))].toSorted()).toEqual(Object.keys(ACTION_OF).toSorted())
  const asked = (action: string | undefined) => (action === 'admission' || action === 'private' ? null : action)
  for (const name of KNOWN_OP_TYPES.filter((one) => !one.endsWith('@1'))) {
    const [type = '', version] = name.split('@')
    const body = LATER_BODY_OF[name] ?? {}
    const op = makeOp({ type, version: Number(version), kind: type.slice(0, type.indexOf('.')), id: idOf(0x77), body })
    expect([name, findOpType(type, Number(version))?.actionOf(undefined, op)]).toEqual([name, asked(ACTION_OF[type])])
  }
  for (const [type, action] of Object.entries(ACTION_OF)) {
    const kind = KINDS[type] ?? type.slice(0, type.indexOf('.'))
    const op = makeOp({ type, kind, id: type === 'rules.set' ? 'team' : idOf(0x77), body: BODY_OF[type] ?? {} })
    expect(findOpType(type, 1)?.actionOf(undefined, op), type).toBe(asked(action))
  }
  expect(ACTIONS.filter((action) => !OTHER_ACTIONS.includes(action)).toSorted()).toEqual(
    [...new Set(Object.values(ACTION_OF))].filter((one) => one !== 'admission' && one !== 'private').toSorted(),
  )
})

test('the action follows the body: place or name, note or judgement, own row or imported, approved or not', () => {
  const actionOf = (type: string, kind: string, body: Record<string, unknown>, entity?: Entity) =>
    findOpType(type, 1)?.actionOf(entity, makeOp({ type, kind, id: CARA, body }))
  expect(actionOf('member.change', 'member', { name: '新', role: 'legal' })).toBe('member.place')
  expect(actionOf('member.change', 'member', { vendor: null })).toBe('member.place')
  expect(actionOf('member.change', 'member', { name: '新' }, entityOf('member', CARA, memberWith({ owner: true })))).toBe('owner.change')
  expect(actionOf('assessment.record', 'assessment', { ...BODY_OF['assessment.record'], verdict: 'confirmed' })).toBe('risk.judge')
  expect(actionOf('followers.add', 'followers', { memberId: CARA, why: 'named' })).toBe('people.assign')
  expect(actionOf('entry.record', 'entry', { ...BODY_OF['entry.record'], importId: idOf(50) })).toBe('import.write')
  const publish = BODY_OF['wording.publish'] ?? {}
  expect(actionOf('wording.publish', 'wording', publish)).toBe('wording.publish')
  expect(actionOf('wording.publish', 'wording', { ...publish, emergency: '已有人受伤' })).toBe('wording.release')
  expect(actionOf('member.revoke', 'member', { reason: 'x' }, entityOf('member', CARA, memberWith({ owner: true })))).toBe('owner.change')
})

const UNPERMITTED = ['change-level', 'hand-over', 'set-status', 'restrict', 'reopen-clock', 'grant-authority'] as const

test('P10: a forged actor or body changes nothing: what the matrix refuses stays refused, whatever else the op says', () => {
  const extra = fc.dictionary(
    fc.constantFrom('actor', 'actorId', 'owner', 'role', 'by', 'admission', 'now', '__proto__', 'as'),
    fc.oneof(fc.constant(ANN), fc.constant('commander'), fc.boolean()),
    { maxKeys: 4 },
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...UNPERMITTED),
      extra,
      fc.constantFrom(...MEMBER_ROLES.filter((role) => !['commander', 'executive', 'legal'].includes(role))),
      (type, more, role) => {
        const op = onIncident(type, { ...BODY_OF[`incident.${type}`], ...more })
        const refusal = decide(contextOf(BEN, role, INCIDENT_NOW, ...MEMBERS), op)
        expect(['not-permitted', 'malformed']).toContain(refusal?.code)
      },
    ),
    { numRuns: 300 },
  )
})

test('OR-12: authority is granted by who may, to a member in standing, for no longer than the rules allow', () => {
  const grant = (more: Record<string, unknown> = {}) => onIncident('grant-authority', { ...BODY_OF['incident.grant-authority'], ...more })
  const judge = (actor: string, role: 'commander' | 'executive' | 'pr', op: Op, ...more: Entity[]) =>
    decide(contextOf(actor, role, INCIDENT_NOW, ...MEMBERS, ...more), op)?.code ?? null
  expect(judge(CARA, 'executive', grant())).toBeNull()
  expect(judge(ANN, 'pr', grant())).toBeNull()
  expect(judge(BEN, 'pr', grant())).toBe('not-permitted')
  expect(judge(ANN, 'commander', grant({ memberId: idOf(0x55) }))).toBe('not-found')
  expect(decide(contextOf(ANN, 'commander', INCIDENT_NOW, entityOf('member', BEN, memberWith({ status: 'revoked' }))), grant())?.code).toBe(
    'not-found',
  )
  const last = TWO_AT_NIGHT + 72 * HOUR
  for (const [until, code] of [
    [TWO_AT_NIGHT, 'authority-period'],
    [TWO_AT_NIGHT + 1, null],
    [last, null],
    [last + 1, 'authority-period'],
  ] as const)
    expect(judge(ANN, 'commander', grant({ until }))).toBe(code)
  const rules = entityOf('rules', 'team', { rules: { authorityHours: 4 }, version: 1, changedAt: 0, changedBy: ANN })
  expect(judge(ANN, 'commander', grant({ until: TWO_AT_NIGHT + 4 * HOUR }), rules)).toBeNull()
  expect(decide(contextOf(ANN, 'commander', INCIDENT_NOW, ...MEMBERS, rules), grant({ until: TWO_AT_NIGHT + 4 * HOUR + 1 }))).toEqual({
    code: 'authority-period',
    params: { hours: 4 },
  })
})

test('OR-12: with it one may what the role may; it ends by time, by the commander, or by giving it back', () => {
  const granted = apply(INCIDENT_NOW, onIncident('grant-authority', BODY_OF['incident.grant-authority'] ?? {}))
  expect(granted.state.authorities).toEqual([
    { memberId: BEN, as: 'commander', until: TWO_AT_NIGHT + HOUR, reason: '夜间', by: ANN, at: TWO_AT_NIGHT },
  ])
  const level = onIncident('change-level', BODY_OF['incident.change-level'] ?? {})
  const end = onIncident('end-authority', BODY_OF['incident.end-authority'] ?? {})
  const at = (now: number, op: Op, actor = BEN, incident: Entity = granted) =>
    decide({ ...contextOf(actor, 'pr', incident, ...MEMBERS), now }, op)?.code ?? null
  expect(at(TWO_AT_NIGHT, level)).toBeNull()
  expect(at(TWO_AT_NIGHT + HOUR, level)).toBe('not-permitted')
  expect(
    at(TWO_AT_NIGHT, onIncident('grant-authority', { memberId: CARA, as: 'commander', until: TWO_AT_NIGHT + 9, reason: '转授' })),
  ).toBe('not-permitted')
  expect(at(TWO_AT_NIGHT, end)).toBeNull()
  expect(at(TWO_AT_NIGHT, end, ANN)).toBeNull()
  expect(at(TWO_AT_NIGHT, end, CARA)).toBe('not-permitted')
  const ended = apply(granted, end)
  expect(ended.state.authorities).toEqual([])
  expect(at(TWO_AT_NIGHT, level, BEN, ended)).toBe('not-permitted')
  expect(at(TWO_AT_NIGHT, end, ANN, ended)).toBe('authority-none')
  const longer = apply(
    granted,
    onIncident('grant-authority', { memberId: BEN, as: 'commander', until: TWO_AT_NIGHT + 5 * HOUR, reason: '延长' }),
  )
  expect(longer.state.authorities.map(({ until }) => until)).toEqual([TWO_AT_NIGHT + 5 * HOUR])
})

test('who reads a restricted incident: the named, its author, its commander; opened again, everyone', () => {
  expect(readersOf(INCIDENT_NOW, TWO_AT_NIGHT)).toBe('everyone')
  expect(readersOf(undefined, TWO_AT_NIGHT)).toBe('everyone')
  const handed = apply(INCIDENT_NOW, onIncident('hand-over', { from: ANN, to: BEN, name: '本', summary: '交接' }))
  const restricted = apply(handed, onIncident('restrict', { members: [CARA] }), BEN)
  expect(readersOf(restricted, TWO_AT_NIGHT)).toEqual([ANN, BEN, CARA])
  const dave = idOf(0xd)
  expect(
    readersOf(apply(restricted, onIncident('hand-over', { from: BEN, to: dave, name: '丁', summary: '交接' }), BEN), TWO_AT_NIGHT),
  ).toEqual([ANN, BEN, CARA, dave])
  const lent = apply(restricted, onIncident('grant-authority', { memberId: dave, as: 'pr', until: TWO_AT_NIGHT + 1, reason: '协助' }), BEN)
  expect(readersOf(lent, TWO_AT_NIGHT)).toEqual([ANN, BEN, CARA, dave])
  // It ends at its time, when it is taken back, and when readers are named again; a named reader stays one.
  expect(readersOf(lent, TWO_AT_NIGHT + 1)).toEqual([ANN, BEN, CARA])
  expect(readersOf(apply(lent, onIncident('end-authority', { memberId: dave, as: 'pr' }), BEN), TWO_AT_NIGHT)).toEqual([ANN, BEN, CARA])
  expect(readersOf(apply(lent, onIncident('restrict', { members: [CARA] }), BEN), TWO_AT_NIGHT)).not.toContain(dave)
  expect(readersOf(apply(lent, onIncident('restrict', { members: [CARA, dave] }), BEN), TWO_AT_NIGHT + 9 * HOUR)).toContain(dave)
  const named = apply(restricted, onIncident('grant-authority', { memberId: CARA, as: 'pr', until: TWO_AT_NIGHT + 1, reason: '协助' }), BEN)
  expect(readersOf(named, TWO_AT_NIGHT + 1)).toEqual([ANN, BEN, CARA])
  expect(readersOf(apply(restricted, onIncident('unrestrict', {}), BEN), TWO_AT_NIGHT)).toBe('everyone')
  const judge = (op: Op, incident: Entity) => decide(contextOf(ANN, 'commander', incident, ...MEMBERS), op)?.code ?? null
  expect(judge(onIncident('restrict', { members: [idOf(0x99)] }), INCIDENT_NOW)).toBe('not-found')
  expect(judge(onIncident('unrestrict', {}), INCIDENT_NOW)).toBe('nothing-changes')
  expect(judge(onIncident('unrestrict', {}), restricted)).toBeNull()
})
