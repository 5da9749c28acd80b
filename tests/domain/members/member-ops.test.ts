import { expect, test } from 'vitest'
import { appliedPending } from '#domain/log/applied.ts'
import { decide, step } from '#domain/step.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { Op } from '#domain/log/op.ts'
import { MEMBER_ROLES, type MemberState } from '#domain/members/member.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, contextOf, declaration, idOf, INCIDENT, makeOp, memberWith } from '#tests/support/log-texts.ts'

const DAY = 86_400_000
const [CARA, EVE] = [idOf(0xc), idOf(0xe)]

const about =
  (type: string) =>
  (id: string, body: Record<string, unknown> = {}) =>
    makeOp({ type, kind: 'member', id, body })
const join = (id: string, more: Record<string, unknown> = {}) => about('member.join')(id, { name: '安', role: 'pr', ...more })
const change = about('member.change')
const revoke = about('member.revoke')
const restore = about('member.restore')
const pass = about('member.pass-ownership')
const stepDown = about('member.step-down')

const entityOf = (id: string, changes: Partial<MemberState> = {}): Entity<MemberState> =>
  ({
    kind: 'member',
    id,
    scope: 'team',
    state: memberWith(changes),
    stamps: {},
    superseded: [],
    newer: false,
  }) as unknown as Entity<MemberState>

/** Judges ops by one of these members, with all of them in its context. */
function judgeAs(actorId: string, members: readonly Entity<MemberState>[], now = TWO_AT_NIGHT) {
  const actor = members.find(({ id }) => id === actorId)?.state ?? null
  return (op: Op) => decide({ ...contextOf(actorId, null, ...members), actor, now }, op)?.code ?? null
}

const after = (member: Entity<MemberState>, op: Op, actor = ANN) => step(member, op, appliedPending(op, actor)) as Entity<MemberState>

test('OR-01, OR-06, OR-07, OR-08: the departments, the commander and the executives, each in its layer', () => {
  expect(MEMBER_ROLES.toSorted()).toEqual(['business', 'call-center', 'commander', 'executive', 'legal', 'pr', 'social-media', 'technical'])
  expect(memberWith({ role: 'executive' })).toMatchObject({ layer: 'decision', department: null })
  expect(memberWith({ role: 'commander' })).toMatchObject({ layer: 'coordination', department: null })
  expect(memberWith({ role: 'legal' })).toMatchObject({ layer: 'execution', department: 'legal' })
})

test('the founder is the first of the team’s log and becomes its owner; whoever comes later does not', () => {
  const founder = { ...contextOf(ANN, null), admission: { kind: 'founder' as const } }
  expect(decide(founder, join(ANN))).toBeNull()
  expect(decide(founder, join(BEN))?.code).toBe('not-invited')
  const vendor = { company: '外呼公司', from: 0, until: 1 }
  expect(decide(founder, join(ANN, { vendor }))?.code).toBe('invite-differs')
  const first = step(undefined, join(ANN), appliedPending(join(ANN), ANN)) as Entity<MemberState>
  expect(first.state).toMatchObject({
    name: '安',
    role: 'pr',
    department: 'pr',
    layer: 'execution',
    owner: true,
    vendor: null,
    status: 'active',
  })
  const late = makeOp({ type: 'member.join', kind: 'member', id: BEN, baseSeq: 1, body: { name: '本', role: 'pr' } })
  expect(step(undefined, late, appliedPending(late, BEN))?.state).toMatchObject({ owner: false })
  expect(decide({ ...founder, ...contextOf(ANN, 'pr', first), admission: { kind: 'founder' } }, join(ANN))?.code).toBe('already-exists')
  expect(step(first, join(ANN), appliedPending(join(ANN), ANN))).toBe(first)
})

test('000-20: an invite says the place; who joins chooses the name and nothing else', () => {
  const vendor = { company: '外呼公司', from: TWO_AT_NIGHT, until: TWO_AT_NIGHT + DAY }
  const invited = { ...contextOf(BEN, null), admission: { kind: 'invited' as const, role: 'call-center' as const, vendor } }
  const joining = (more: Record<string, unknown>) =>
    decide(invited, makeOp({ type: 'member.join', kind: 'member', id: BEN, body: { name: '本', role: 'call-center', vendor, ...more } }))
      ?.code ?? null
  expect(joining({})).toBeNull()
  expect(joining({ name: '别名' })).toBeNull()
  for (const forged of [
    { role: 'commander' },
    { department: 'legal' },
    { layer: 'decision' },
    { vendor: null },
    { vendor: { ...vendor, until: vendor.until + DAY } },
  ]) {
    expect(joining(forged)).toBe('invite-differs')
  }
  expect(joining({ owner: true })).toBe('malformed')
  expect(decide({ ...invited, admission: null }, join(BEN))?.code).toBe('not-invited')
  expect(decide(contextOf(BEN, null), change(BEN, { name: '新' }))?.code).toBe('not-a-member')
})

test('a name is one’s own; the place in the team is the owner’s and the commander’s to change', () => {
  const team = [entityOf(ANN, { owner: true }), entityOf(BEN, { role: 'commander' }), entityOf(CARA, { role: 'legal' })]
  for (const actor of [ANN, BEN])
    for (const body of [{ name: '丙' }, { role: 'pr' }, { layer: 'decision' }]) expect(judgeAs(actor, team)(change(CARA, body))).toBeNull()
  expect(judgeAs(CARA, team)(change(CARA, { name: '丙' }))).toBeNull()
  for (const body of [{ role: 'commander' }, { department: 'pr' }, { layer: 'decision' }, { vendor: null }])
    expect(judgeAs(CARA, team)(change(CARA, body))).not.toBeNull()
  expect(judgeAs(CARA, team)(change(ANN, { name: '换名' }))).not.toBeNull()
  expect(judgeAs(BEN, team)(change(idOf(5), { name: 'x' }))).toBe('not-found')
  expect(after(entityOf(CARA, { role: 'legal' }), change(CARA, { role: 'executive' })).state).toMatchObject({
    role: 'executive',
    department: null,
    layer: 'decision',
  })
  expect(after(entityOf(CARA, { role: 'legal' }), change(CARA, { role: 'executive', layer: 'coordination' })).state).toMatchObject({
    layer: 'coordination',
  })
})

test('the last owner can neither be revoked nor step down; ownership passes on first', () => {
  const alone = [entityOf(ANN, { owner: true }), entityOf(BEN, { role: 'commander' })]
  expect(judgeAs(ANN, alone)(stepDown(ANN, { remaining: BEN }))).toBe('last-owner')
  expect(judgeAs(ANN, alone)(stepDown(ANN, { remaining: ANN }))).toBe('last-owner')
  expect(judgeAs(ANN, alone)(revoke(ANN, { reason: '离职' }))).toBe('last-owner')
  expect(judgeAs(BEN, alone)(revoke(ANN, { reason: '夺权', remaining: BEN }))).not.toBeNull()
  expect(judgeAs(BEN, alone)(pass(BEN))).not.toBeNull()
  expect(judgeAs(ANN, alone)(pass(BEN))).toBeNull()
  const two = [entityOf(ANN, { owner: true }), after(entityOf(BEN, { role: 'commander' }), pass(BEN))]
  expect(judgeAs(ANN, two)(stepDown(ANN, { remaining: BEN }))).toBeNull()
  expect(judgeAs(BEN, two)(revoke(ANN, { reason: '离职', remaining: BEN }))).toBeNull()
  expect(after(entityOf(ANN, { owner: true }), stepDown(ANN, { remaining: BEN })).state.owner).toBe(false)
  const goneToo = [entityOf(ANN, { owner: true }), entityOf(BEN, { owner: true, status: 'revoked' })]
  expect(judgeAs(ANN, goneToo)(stepDown(ANN, { remaining: BEN }))).toBe('last-owner')
  for (const unfit of [{ status: 'revoked' as const }, { vendor: { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + DAY } }]) {
    expect(judgeAs(ANN, [entityOf(ANN, { owner: true }), entityOf(BEN, unfit)])(pass(BEN))).toBe('not-an-heir')
  }
})

test.for([
  ['the name', change(ANN, { name: '换名' })],
  ['the role', change(ANN, { role: 'pr' })],
  ['department and layer', change(ANN, { department: 'pr', layer: 'execution' })],
  ['a contract that is over', change(ANN, { vendor: { company: '外呼公司', from: 0, until: 1 } })],
  ['a contract that runs', change(ANN, { vendor: { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + DAY } })],
  ['no contract', change(ANN, { vendor: null })],
  ['revoking', revoke(ANN, { reason: '夺权', remaining: BEN })],
  ['revoking with another owner named', revoke(ANN, { reason: '夺权', remaining: EVE })],
  ['restoring', restore(ANN)],
  ['passing ownership', pass(ANN)],
  ['passing ownership to oneself', pass(BEN)],
  ['stepping down in the owner’s place', stepDown(ANN, { remaining: EVE })],
] as const)('owners stand above what others do to them: %s is refused to everybody who owns nothing', ([, op]) => {
  const others = [
    { role: 'commander' },
    { role: 'executive' },
    { role: 'legal' },
    { role: 'commander', vendor: { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + DAY } },
  ] as const
  for (const place of others) {
    const team = [entityOf(ANN, { owner: true }), entityOf(BEN, place), entityOf(EVE, { owner: true })]
    expect(judgeAs(BEN, team)(op)).toBe('not-permitted')
  }
})

test('a contract ends within this century', () => {
  const team = [entityOf(ANN, { owner: true }), entityOf(BEN, { role: 'commander' }), entityOf(CARA, {})]
  for (const until of [Number.MAX_SAFE_INTEGER, 8.64e15, 9e15, 4_133_980_800_001])
    expect(judgeAs(BEN, team)(change(CARA, { vendor: { company: 'V', from: 0, until } }))).toBe('malformed')
  expect(judgeAs(BEN, team)(change(CARA, { vendor: { company: 'V', from: 0, until: 4_133_980_800_000 } }))).toBeNull()
})

test('an owner gets no contract that ends, not even by an owner; and only an owner in standing counts as one who stays', () => {
  const vendor = { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + DAY }
  const two = [entityOf(ANN, { owner: true }), entityOf(BEN, { owner: true })]
  for (const actor of [ANN, BEN]) expect(judgeAs(actor, two)(change(ANN, { vendor }))).toBe('not-an-heir')
  for (const actor of [ANN, BEN]) expect(judgeAs(actor, two)(change(ANN, { name: '换名', role: 'legal' }))).toBeNull()
  // A state that an earlier version allowed: it may be undone, and this vendor does not count as the team's remaining owner.
  const over = entityOf(BEN, { owner: true, vendor: { ...vendor, until: TWO_AT_NIGHT } })
  expect(judgeAs(ANN, [entityOf(ANN, { owner: true }), over])(change(BEN, { vendor: null }))).toBeNull()
  expect(judgeAs(ANN, [entityOf(ANN, { owner: true }), over])(stepDown(ANN, { remaining: BEN }))).toBe('last-owner')
})

test('a revoked member may do nothing until restored, and it stands who took it away, when and why', () => {
  const revoked = after(entityOf(CARA), revoke(CARA, { reason: '离职' }))
  expect(revoked.state).toMatchObject({ status: 'revoked', owner: false, revoked: { by: ANN, at: TWO_AT_NIGHT, reason: '离职' } })
  const team = [entityOf(ANN, { owner: true }), revoked]
  expect(judgeAs(CARA, team)(change(CARA, { name: '丙' }))).toBe('member-revoked')
  expect(judgeAs(CARA, team)(restore(CARA))).toBe('member-revoked')
  expect(judgeAs(ANN, team)(revoke(CARA, { reason: '再次' }))).toBe('nothing-changes')
  expect(judgeAs(ANN, team)(restore(CARA))).toBeNull()
  expect(after(revoked, restore(CARA)).state).toMatchObject({ status: 'active', revoked: null })
})

test('000-20: a vendor may work from the first moment of its period to the last, and not at the end of it', () => {
  const until = TWO_AT_NIGHT + DAY
  const declare = makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() })
  const incident = step(undefined, declare, appliedPending(declare, ANN))
  const note = makeOp({
    type: 'entry.record',
    kind: 'entry',
    id: idOf(9),
    body: { kind: 'customer-voice', text: '来电', happenedAt: TWO_AT_NIGHT },
  })
  const actor = memberWith({ role: 'call-center', vendor: { company: '外呼公司', from: TWO_AT_NIGHT, until } })
  const at = (now: number) => decide({ ...contextOf(BEN, null, incident), actor, now }, note)
  expect(at(TWO_AT_NIGHT - 1)).toEqual({ code: 'vendor-not-yet', params: { company: '外呼公司', from: TWO_AT_NIGHT } })
  expect(at(TWO_AT_NIGHT)).toBeNull()
  expect(at(until - 1)).toBeNull()
  expect(at(until)).toEqual({ code: 'vendor-period-over', params: { company: '外呼公司', until } })
})

test('a restricted incident has no existence for whoever is not named', () => {
  const declare = makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration({ restrictedTo: [CARA] as never }) })
  const incident = step(undefined, declare, appliedPending(declare, ANN))
  expect(incident?.state).toMatchObject({ restrictedTo: [ANN, CARA] })
  const note = makeOp({
    type: 'entry.record',
    kind: 'entry',
    id: idOf(9),
    body: { kind: 'action', text: '核实', happenedAt: TWO_AT_NIGHT },
  })
  const mark = makeOp({ type: 'incident.mark-sign', kind: 'incident', id: INCIDENT, body: { sign: 'me-too', seen: true } })
  for (const op of [note, mark, declare]) expect(decide(contextOf(BEN, 'commander', incident), op)?.code).toBe('not-found')
  for (const op of [note, mark]) expect(decide(contextOf(CARA, 'legal', incident), op)).toBeNull()
})
