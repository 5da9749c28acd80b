import { expect, test } from 'vitest'
import type { CommandRead } from '#domain/commands/command.ts'
import { autoFollowDrafts } from '#domain/commands/follow-commands.ts'
import { followersOf, type FollowersState } from '#domain/incidents/followers.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import { appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { decide, step } from '#domain/step.ts'
import { noticeId } from '#domain/notices/notice-id.ts'
import { stillHolds, mayCauseNotices, noticesOf, possibleRecipients, type Cause } from '#domain/notices/notice-rules.ts'
import { Uuid } from '#domain/log/ids.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, contextOf, declaration, idOf, INCIDENT, makeOp, memberWith, PRIVATE_SCOPE, sha256 } from '#tests/support/log-texts.ts'

// Requirement: mentions with notices, follow an incident. ANN commands and declared it, BEN and CARA are members, DAN follows.

const [CARA, DAN, ENTRY, TASK] = [idOf(0xc), idOf(0xd), idOf(9), idOf(70)]
const incident = step(
  undefined,
  makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() }),
  appliedPending(makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() }), ANN),
) as Entity<IncidentState>
const DAN_FOLLOWS: FollowersState = { members: { [DAN]: { follows: true, why: 'chosen', at: 0 } } }
const named = (...ids: string[]) => ({ mentions: ids.map((memberId) => ({ memberId, name: '某人' })) })

type Case = {
  what: string
  type: string
  kind: string
  id?: string
  body: Record<string, unknown>
  actor?: string
  before?: Record<string, unknown>
  followers?: FollowersState
  told: Record<string, string>
}

const entry = (kind: string, more: Record<string, unknown> = {}) => ({
  kind,
  text: '@本 请核实',
  happenedAt: TWO_AT_NIGHT,
  ...(kind === 'decision' ? { decision: { reason: '稳妥', decidedBy: '安' } } : {}),
  ...more,
})
const task = (more: Record<string, unknown>) => ({
  title: '封存',
  detail: '',
  phase: '预警',
  department: null,
  owner: '本',
  dueAt: null,
  checklist: [],
  blockedBy: [],
  order: 0,
  ...more,
})
const role = (more: Record<string, unknown>) => ({ layer: 'execution', department: 'pr', name: '本', backup: '', duty: '', ...more })

const CASES: Case[] = [
  {
    what: 'named in an entry; who wrote it is not told',
    type: 'entry.record',
    kind: 'entry',
    body: entry('observation', named(BEN, ANN, BEN)),
    told: { [BEN]: 'mentioned' },
  },
  { what: 'a name without an id is no mention', type: 'entry.record', kind: 'entry', body: entry('observation'), told: {} },
  {
    what: 'a decision reaches who follows',
    type: 'entry.record',
    kind: 'entry',
    body: entry('decision'),
    actor: BEN,
    told: { [ANN]: 'decision', [DAN]: 'decision' },
  },
  {
    what: 'a statement in which a follower is named: once, and the mention counts',
    type: 'entry.record',
    kind: 'entry',
    body: entry('statement', named(DAN)),
    told: { [DAN]: 'mentioned' },
  },
  {
    what: 'an imported statement tells nobody',
    type: 'entry.record',
    kind: 'entry',
    body: entry('statement', { importId: idOf(50), ...named(BEN) }),
    told: {},
  },
  {
    what: 'named in a comment',
    type: 'entry.comment',
    kind: 'entry',
    body: { commentId: idOf(11), text: '@本', ...named(BEN) },
    told: { [BEN]: 'mentioned' },
  },
  {
    what: 'a correction calls only who is newly named',
    type: 'entry.correct',
    kind: 'entry',
    body: { content: entry('observation'), reason: '错', ...named(BEN, CARA) },
    before: named(BEN),
    told: { [CARA]: 'mentioned' },
  },
  {
    what: 'a task given, and somebody named in its detail',
    type: 'task.create',
    kind: 'task',
    id: TASK,
    body: task({ ownerId: BEN, ...named(CARA) }),
    told: { [BEN]: 'task-given', [CARA]: 'mentioned' },
  },
  {
    what: 'a task given to another one',
    type: 'task.revise',
    kind: 'task',
    id: TASK,
    body: { owner: '卡', ownerId: CARA },
    before: { ownerId: BEN },
    told: { [CARA]: 'task-given' },
  },
  {
    what: 'a task that stays where it is',
    type: 'task.revise',
    kind: 'task',
    id: TASK,
    body: { owner: '本', ownerId: BEN },
    before: { ownerId: BEN },
    told: {},
  },
  { what: 'a task one takes oneself', type: 'task.create', kind: 'task', id: TASK, body: task({ ownerId: ANN }), told: {} },
  {
    what: 'named in a role, and as backup',
    type: 'assignment.set',
    kind: 'assignment',
    id: idOf(80),
    body: role({ memberId: BEN, backupId: CARA }),
    told: { [BEN]: 'role-given', [CARA]: 'role-given' },
  },
  {
    what: 'a role that one has already',
    type: 'assignment.set',
    kind: 'assignment',
    id: idOf(80),
    body: role({ memberId: BEN }),
    before: { memberId: BEN, removed: false },
    told: {},
  },
  {
    what: 'a role that one has again',
    type: 'assignment.set',
    kind: 'assignment',
    id: idOf(80),
    body: role({ memberId: BEN }),
    before: { memberId: BEN, removed: true },
    told: { [BEN]: 'role-given' },
  },
  {
    what: 'command handed over: the new commander by name, the followers as such',
    type: 'incident.hand-over',
    kind: 'incident',
    id: INCIDENT,
    body: { from: ANN, to: BEN, name: '本', summary: '声明待发' },
    told: { [BEN]: 'command-given', [DAN]: 'commander-changed' },
  },
  {
    what: 'temporary authority',
    type: 'incident.grant-authority',
    kind: 'incident',
    id: INCIDENT,
    body: { memberId: BEN, as: 'commander', until: TWO_AT_NIGHT, reason: '夜间' },
    told: { [BEN]: 'authority-given' },
  },
  {
    what: 'the level',
    type: 'incident.change-level',
    kind: 'incident',
    id: INCIDENT,
    body: { from: 1, to: 2, reason: '升', clocks: {} },
    told: { [DAN]: 'level-changed' },
  },
  {
    what: 'the status',
    type: 'incident.set-status',
    kind: 'incident',
    id: INCIDENT,
    body: { from: 'open', to: 'contained', reason: '稳' },
    actor: DAN,
    told: { [ANN]: 'status-changed' },
  },
  {
    what: 'the stage',
    type: 'incident.revise',
    kind: 'incident',
    id: INCIDENT,
    body: { stage: 'media-report' },
    told: { [DAN]: 'stage-changed' },
  },
  {
    what: 'a stage that is what it was, and a new title',
    type: 'incident.revise',
    kind: 'incident',
    id: INCIDENT,
    body: { stage: 'initial-complaint', title: '新' },
    told: {},
  },
  {
    what: 'nobody follows any more',
    type: 'incident.change-level',
    kind: 'incident',
    id: INCIDENT,
    body: { from: 1, to: 2, reason: '升', clocks: {} },
    actor: BEN,
    followers: { members: { [ANN]: { follows: false, why: 'chosen', at: 0 } } },
    told: {},
  },
  { what: 'other ops', type: 'incident.mark-sign', kind: 'incident', id: INCIDENT, body: { sign: 'me-too', seen: true }, told: {} },
]

function causeOf({ type, kind, id = ENTRY, body, actor = ANN, before, followers = DAN_FOLLOWS }: Case): Cause {
  const op = makeOp({ type, kind, id, body })
  const entity = before && ({ kind, id, scope: op.scope, state: before, stamps: {}, superseded: [], newer: false } as unknown as Entity)
  return { op, actor, before: entity ?? (kind === 'incident' ? incident : undefined), incident: incident.state, followers }
}

test.each(CASES)('who is told why: $what', (one) => {
  const cause = causeOf(one)
  const due = noticesOf(cause)
  expect(Object.fromEntries(due.map(({ recipient, content }) => [recipient, content.rule]))).toEqual(one.told)
  for (const { content } of due) expect(content).toMatchObject({ incidentId: INCIDENT, subject: cause.op.entity, cause: cause.op.opId })
  // All recipients are locked beforehand; whether an op causes no notice is known without reading anything.
  expect(due.filter(({ recipient }) => !possibleRecipients(cause).includes(recipient))).toEqual([])
  expect(mayCauseNotices(cause.op) || due.length === 0).toBe(true)
})

test('nothing of the incident’s words stands in a notice: who loses the right to read keeps ids alone', () => {
  for (const one of CASES) expect(JSON.stringify(noticesOf(causeOf(one)))).not.toMatch(/核实|封存|声明|稳妥|某人/)
})

test('a write that lost against a concurrent one is told to nobody', () => {
  const [due] = noticesOf(causeOf(CASES.find(({ what }) => what === 'the stage') as Case))
  if (!due) throw new Error('no notice')
  expect(stillHolds(due, { ...incident, state: { ...incident.state, stage: 'media-report' } })).toBe(true)
  expect(stillHolds(due, incident)).toBe(false)
})

test('P12: the same op, rule and member give the same id, anything else another one, and it is a UUID', () => {
  const id = noticeId(ENTRY, 'mentioned', BEN, sha256)
  expect(Uuid.parse(id)).toBe(noticeId(ENTRY, 'mentioned', BEN, sha256))
  expect(
    new Set([
      id,
      noticeId(TASK, 'mentioned', BEN, sha256),
      noticeId(ENTRY, 'statement', BEN, sha256),
      noticeId(ENTRY, 'mentioned', CARA, sha256),
    ]).size,
  ).toBe(4)
})

test('author and commander follow until they say that they do not; what somebody chose stands against what follows from their doings', () => {
  const context = contextOf(
    BEN,
    'pr',
    incident,
    ...[ANN, BEN].map(
      (id) => ({ kind: 'member', id, scope: 'team', state: memberWith({}), stamps: {}, superseded: [], newer: false }) as unknown as Entity,
    ),
  )
  let followers: Entity | undefined
  const take = (type: string, body: Record<string, unknown>, actor = BEN) => {
    const op = makeOp({ type, kind: 'followers', id: INCIDENT, body })
    const refusal = decide({ ...context, actorId: actor }, op)
    if (refusal) return refusal.code
    followers = step(followers, op, appliedPending(op, actor))
    return followersOf(incident.state, followers?.state as FollowersState)
  }
  expect(take('followers.add', { memberId: BEN, why: 'wrote' })).toEqual([ANN, BEN])
  expect(take('followers.leave', {})).toEqual([ANN])
  expect(take('followers.add', { memberId: BEN, why: 'wrote' })).toEqual([ANN])
  expect(take('followers.add', { memberId: BEN, why: 'named' }, ANN)).toEqual([ANN])
  expect(take('followers.add', { memberId: BEN, why: 'chosen' }, ANN)).toBe('not-permitted')
  expect(take('followers.leave', {}, ANN)).toEqual([])
  expect(take('followers.add', { memberId: BEN, why: 'chosen' })).toEqual([BEN])
  expect(take('followers.add', { memberId: idOf(0x99), why: 'named' })).toBe('not-found')
})

test('a full list of followers refuses no act: nobody more is listed by writing, and whoever is listed may still choose', () => {
  const others = Array.from({ length: 998 }, (_, index) => [idOf(0x10_000 + index), { follows: true, why: 'chosen', at: 0 }] as const)
  const listOf = (...more: string[]) => {
    const members = Object.fromEntries([...others, ...more.map((id) => [id, { follows: false, why: 'chosen', at: 0 }] as const)])
    return {
      kind: 'followers',
      id: INCIDENT,
      scope: incident.scope,
      state: { members },
      stamps: {},
      superseded: [],
      newer: false,
    } as Entity
  }
  const read = (followers: Entity): CommandRead => ({
    one: (of, id) => of.as([incident as Entity, followers].find((one) => one.kind === of.kind && one.id === id)),
    all: () => [],
  })
  const added = (followers: Entity) => autoFollowDrafts(read(followers), INCIDENT, [CARA, DAN], 'named').map(({ body }) => body['memberId'])
  expect(added(listOf())).toEqual([CARA, DAN])
  expect(added(listOf(BEN))).toEqual([CARA])
  expect(added(listOf(BEN, ENTRY))).toEqual([])
  const choose = makeOp({ type: 'followers.add', kind: 'followers', id: INCIDENT, body: { memberId: BEN, why: 'chosen' } })
  const member = {
    kind: 'member',
    id: BEN,
    scope: 'team',
    state: memberWith({}),
    stamps: {},
    superseded: [],
    newer: false,
  } as unknown as Entity
  expect(decide(contextOf(BEN, 'pr', incident, member, listOf(BEN, ENTRY)), choose)).toBeNull()
  expect(decide(contextOf(BEN, 'pr', incident, member, listOf(CARA, ENTRY)), choose)).toMatchObject({ code: 'too-many' })
})

test('a notice is the hub’s to make and its member’s to read, in whichever order the two arrive', () => {
  const made = makeOp({
    type: 'notice.made',
    kind: 'notice',
    id: idOf(95),
    scope: PRIVATE_SCOPE,
    body: { rule: 'mentioned', incidentId: INCIDENT, subject: { kind: 'entry', id: ENTRY }, cause: ENTRY, params: {} },
  })
  const read = makeOp({ type: 'notice.read', kind: 'notice', id: idOf(95), scope: PRIVATE_SCOPE, body: { read: true } })
  const fold = (...ops: (typeof made)[]) =>
    ops.reduce<Entity | undefined>((now, op) => step(now, op, appliedPending(op, ANN)), undefined)?.state
  expect(fold(made, read)).toEqual(fold(read, made))
  expect(fold(made, read)).toMatchObject({ read: true, content: { rule: 'mentioned', by: ANN } })
  expect(fold(read)).toEqual({ content: null, read: true })
  expect(decide(contextOf(ANN, 'commander'), made)?.code).toBe('malformed')
  expect(decide(contextOf(ANN, 'commander'), read)).toBeNull()
  expect(decide(contextOf(BEN, 'pr'), read)?.code).toBe('wrong-scope')
})
