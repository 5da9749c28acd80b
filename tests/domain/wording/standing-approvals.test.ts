import { expect, test } from 'vitest'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import type { MemberState } from '#domain/members/member.ts'
import { approvalNow, mayAskAgain } from '#domain/wording/approval-now.ts'
import { contentHash } from '#domain/wording/content.ts'
import { standingRevisions } from '#domain/wording/standing.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { AUTHOR, createTeam, EXECUTIVE, HEAD, LEGAL, LEGAL_TOO, PR, sayingCore, teamWithApproved, TEXT } from './wording-team.ts'

const HOUR = 3_600_000
const DEPUTY = idOf(0xa6)
const REVOKED = { status: 'revoked', revoked: { by: HEAD, at: 0, reason: '离职' } } as const

function rules(team: ReturnType<typeof createTeam>, ...roles: ApproverRole[]) {
  team.rules({ approvals: [{ kind: null, level: null, policy: { roles, inOrder: false, dueMinutes: 30 } }] })
}

const statusOf = (team: ReturnType<typeof createTeam>, number = 1) => {
  const { entities, now } = team.world
  return approvalNow({ read: (kind, id) => entities.get(`${kind} ${id}`), now }, team.revision(number)).status
}

test('MS-15: a text is published by the policy in force, not by that of its review; approvers are asked again', () => {
  const team = teamWithApproved('已停售。')
  expect(team.ask(1)).toBe('nothing-changes')
  rules(team, 'pr', 'legal', 'executive')
  expect(team.publish(1)).toBe('not-approved')
  expect(team.ask(1)).toBeNull()
  expect(team.ask(1)).toBe('nothing-changes')
  expect(team.revision(1).state.review?.policy.roles).toEqual(['pr', 'legal', 'executive'])
  // What was approved stays approved.
  expect(team.decide(1, EXECUTIVE, 'executive')).toBeNull()
  expect(team.publish(1)).toBeNull()
})

test('who is revoked or has another role neither approves nor rejects any longer', () => {
  const cases: [string, Partial<MemberState>][] = [
    ['revoked', { name: '陈', role: 'legal', ...REVOKED }],
    ['a vendor', { name: '陈', role: 'legal', vendor: { company: '外呼', from: 0, until: Number.MAX_SAFE_INTEGER } }],
  ]
  for (const [what, state] of cases) {
    const team = teamWithApproved('已停售。')
    team.member(LEGAL, state)
    expect([what, team.publish(1)]).toEqual([what, 'not-approved'])
    expect(team.decide(1, LEGAL_TOO, 'legal')).toBeNull()
    expect(team.publish(1)).toBeNull()
  }

  const moved = teamWithApproved('已停售。')
  moved.world.advance(1000)
  expect(moved.raw(HEAD, 'member', LEGAL, 'member.change', { role: 'technical' })).toBeNull()
  expect([moved.publish(1), moved.decide(1, LEGAL_TOO, 'legal'), moved.publish(1)]).toEqual(['not-approved', null, null])

  const team = createTeam()
  team.start(sayingCore('已停售。'))
  team.save()
  for (const [who, as, verdict] of [
    [PR, 'pr', 'approve'],
    [LEGAL, 'legal', 'reject'],
    [LEGAL_TOO, 'legal', 'approve'],
  ] as const)
    expect(team.decide(1, who, as, verdict)).toBeNull()
  expect([statusOf(team), team.publish(1)]).toEqual(['rejected', 'not-approved'])
  team.member(LEGAL, { name: '陈', role: 'legal', ...REVOKED })
  expect([statusOf(team), team.publish(1)]).toEqual(['approved', null])
})

test('nobody is kept from approving by being named as an author, and a team of hundreds may write one text', () => {
  const team = createTeam()
  const content = sayingCore('已停售。')
  const forgedStart = { content, authors: [LEGAL] }
  const place = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' }
  expect(team.raw(AUTHOR, 'wording', TEXT, 'wording.create', { place, title: content.title, core: content.core, origin: null })).toBeNull()
  expect(team.raw(AUTHOR, 'wording-draft', TEXT, 'wording-draft.start', forgedStart)).toBe('malformed')
  expect(team.raw(AUTHOR, 'wording-draft', TEXT, 'wording-draft.start', { content, authors: [] })).toBeNull()
  const written = (contributors: readonly string[]) => ({
    wordingId: TEXT,
    number: 1,
    content,
    base: null,
    contributors,
    note: '',
    overruled: [],
  })
  expect(team.raw(AUTHOR, 'revision', idOf(0x900), 'revision.write', written([AUTHOR, LEGAL]))).toBe('malformed')
  const hidden = { id: 'a', kind: 'text', text: '', action: '', owner: '', deadline: '今天' } as const
  const unread = { ...written([AUTHOR]), content: { ...content, blocks: [hidden] } }
  expect(team.raw(AUTHOR, 'revision', idOf(0x900), 'revision.write', unread)).toBe('malformed')

  const crowd = Array.from({ length: 150 }, (_, index) => idOf(0x1000 + index))
  for (const [index, id] of crowd.entries()) {
    team.member(id, { name: `成员${index}`, role: 'technical' })
    expect(team.rewrite(sayingCore(`已停售。${index}`), id)).toBeNull()
  }
  expect(team.save()).toBeNull()
  expect(team.revision(1).state.contributors).toHaveLength(151)
})

test('who wrote is freed by the approvals that the policy in force demands, not by fewer', () => {
  const team = createTeam()
  rules(team, 'executive')
  team.start(sayingCore('已停售。'), PR)
  team.save(PR)
  expect(team.decide(1, EXECUTIVE, 'executive')).toBeNull()
  rules(team, 'pr', 'legal')
  team.rewrite(sayingCore('已停售并召回。'))
  expect(team.save()).toBeNull()
  expect(team.revision(2).state.contributors.toSorted()).toEqual([AUTHOR, PR].toSorted())
  expect(team.decide(2, PR, 'pr')).toBe('own-text')
})

test('an approval binds the values with which the text was read: with another, or one more, it is approved anew', () => {
  const team = createTeam()
  team.values({ hotline: '400-1' })
  team.start(sayingCore('请拨打 {hotline}，{product} 已停售。'))
  team.save()
  expect([team.decide(1, PR, 'pr'), team.decide(1, LEGAL, 'legal')]).toEqual([null, null])
  expect(team.publish(1)).toBe('variables-empty')
  team.values({ product: '空气净化器' })
  expect([statusOf(team), team.publish(1)]).toEqual(['in-review', 'not-approved'])
  expect([team.ask(1), team.decide(1, PR, 'pr'), team.decide(1, LEGAL, 'legal'), team.publish(1)]).toEqual([null, null, null, null])
  team.values({ hotline: '400-2' })
  expect([statusOf(team), team.publish(1)]).toEqual(['in-review', 'not-approved'])
  expect([team.ask(1), team.decide(1, PR, 'pr'), team.decide(1, LEGAL, 'legal'), team.publish(1)]).toEqual([null, null, null, null])
  expect(team.wording()?.state.live?.values).toEqual({ hotline: '400-2', product: '空气净化器' })
  // What they did not see, they did not approve.
  const hash = contentHash(team.revision(1).state.content)
  const said = { hash, verdict: 'approve', as: 'legal', comparedWith: null, note: '', comments: [], tell: [], values: { hotline: '400-1' } }
  expect(team.raw(LEGAL_TOO, 'revision', team.revision(1).id, 'revision.decide', said, 2)).not.toBeNull()
})

test('in a prepared text a variable without a value is filled in at its release, if the checks find nothing severe in the value', () => {
  const team = createTeam()
  team.start(sayingCore('请拨打 {hotline}，{product} 已停售。'), AUTHOR, '媒体跟进')
  team.save()
  expect([team.decide(1, PR, 'pr'), team.decide(1, LEGAL, 'legal')]).toEqual([null, null])
  team.values({ hotline: '13812345678', product: '净化器，我们一定全额赔偿，' })
  expect(team.publish(1)).toBe('words-unapproved')
  team.values({ product: '净化器' })
  // The number of a hotline may be anybody's.
  expect(team.publish(1)).toBeNull()
})

test('what agents are to say instead of a withdrawn text is checked, because nobody approves it', () => {
  const team = teamWithApproved('已停售。')
  expect(team.publish(1)).toBeNull()
  const withdraw = (instead: string) =>
    team.raw(PR, 'wording', TEXT, 'wording.withdraw', { revisionId: team.named(1).revisionId, reason: '有误', instead })
  expect(withdraw('一定全额赔偿。')).toBe('words-unapproved')
  expect(withdraw('请联系 13812345678。')).toBe('words-unapproved')
  expect(withdraw('请说：我们正在核实，今天 15:00 前回复您。')).toBeNull()
})

test('values: an empty one is none, their number is bounded, and a release names those of its text', () => {
  const team = teamWithApproved('已停售。')
  team.values({ hotline: '400-1', product: '净化器' })
  team.values({ product: '' })
  expect(team.world.entities.get('wording-values team')?.state).toMatchObject({ values: { hotline: '400-1' } })
  const many = (prefix: string) => Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${prefix}${index}`, 'x']))
  expect(team.values(many('a'))).toBe('too-many')
  expect(team.values({ ...many('a'), b: 'x' })).toBe('malformed')
  const { revisionId, hash } = team.named(1)
  const body = { revisionId, number: 1, hash, from: 0, until: null, summary: '', values: { hotline: '400-1' }, emergency: null }
  expect(team.raw(PR, 'wording', TEXT, 'wording.publish', body)).toBe('malformed')
})

test('approvers are asked again only for a reason', () => {
  const team = teamWithApproved('已停售。')
  const { entities } = team.world
  const from = { read: (kind: string, id: string) => entities.get(`${kind} ${id}`), now: team.world.now }
  expect(mayAskAgain(from, team.revision(1))).toBe(false)
  team.member(LEGAL, { name: '陈', role: 'legal', ...REVOKED })
  expect(mayAskAgain(from, team.revision(1))).toBe(true)
})

test('a text is submitted by the checks of the team', () => {
  const team = createTeam()
  const term = {
    id: 'x',
    language: 'zh-Hans',
    term: '召回',
    kind: 'judgement',
    severity: 'block',
    message: '由法务定',
    suggestion: '',
  } as const
  team.rules({ wordingChecks: { off: [], terms: [term] } })
  team.start(sayingCore('已停售并召回。'))
  expect(team.save()).toBe('checks-open')
  team.rules({})
  expect(team.ask(1)).toBeNull()
})

test('MS-15: an approver lets another decide in their role until a time, never on what either of them wrote', () => {
  const team = createTeam()
  const until = () => team.world.now + HOUR
  const delegate = (by: string, to: string, as: string, end = until()) => team.raw(by, 'member', to, 'member.delegate', { as, until: end })
  team.start(sayingCore('已停售。'))
  team.save()
  expect(team.decide(1, DEPUTY, 'legal')).toBe('not-permitted')
  // Only the own role, to somebody of the team, for a month at most.
  expect(delegate(PR, DEPUTY, 'legal')).toBe('not-an-approver')
  expect(delegate(LEGAL, LEGAL, 'legal')).toBe('not-found')
  expect(delegate(LEGAL, DEPUTY, 'legal', team.world.now + 32 * 24 * HOUR)).toBe('authority-period')
  expect(delegate(LEGAL, DEPUTY, 'legal', 0)).toBe('authority-none')
  expect(delegate(LEGAL, DEPUTY, 'legal')).toBeNull()
  expect(delegate(LEGAL, AUTHOR, 'legal')).toBeNull()
  expect(team.decide(1, AUTHOR, 'legal')).toBe('own-text')
  expect(team.decide(1, DEPUTY, 'pr')).toBe('not-an-approver')
  expect([team.decide(1, DEPUTY, 'legal'), team.decide(1, PR, 'pr'), team.publish(1)]).toEqual([null, null, null])

  // It ends with its time, when it is taken back, and with the membership of who gave it.
  team.rewrite(sayingCore('已停售并召回。'))
  team.save()
  team.world.advance(2 * HOUR)
  expect(team.decide(2, DEPUTY, 'legal')).toBe('not-permitted')
  expect([delegate(LEGAL, DEPUTY, 'legal'), delegate(LEGAL, DEPUTY, 'legal', 0)]).toEqual([null, null])
  expect(team.decide(2, DEPUTY, 'legal')).toBe('not-permitted')
  expect(delegate(LEGAL, DEPUTY, 'legal')).toBeNull()
  team.member(LEGAL, { name: '陈', role: 'legal', ...REVOKED })
  expect(team.decide(2, DEPUTY, 'legal')).toBe('not-an-approver')
  team.member(LEGAL, { name: '陈', role: 'legal' })
  team.rewrite(sayingCore('已停售、召回并退款。'), LEGAL)
  team.save()
  expect(team.decide(3, DEPUTY, 'legal')).toBe('not-an-approver')
})

test('one person approves in one role, although their first approval was void while they gave the second', () => {
  const team = createTeam()
  team.values({ hotline: '400-1' })
  team.start(sayingCore('请拨打 {hotline}。'))
  team.save()
  team.member(DEPUTY, { name: ' 本 ', role: 'legal' })
  expect(team.decide(1, PR, 'pr')).toBeNull()
  team.values({ hotline: '400-2' })
  expect(team.decide(1, DEPUTY, 'legal')).toBe('own-text')
  team.values({ hotline: '400-1' })
  expect([statusOf(team), team.publish(1)]).toEqual(['in-review', 'not-approved'])
  expect([team.decide(1, LEGAL, 'legal'), team.publish(1)]).toEqual([null, null])
})

test('approvals that two accounts of one person gave count once', () => {
  const team = teamWithApproved('已停售。')
  team.member(LEGAL, { name: '本', role: 'legal' })
  expect([statusOf(team), team.publish(1)]).toEqual(['in-review', 'not-approved'])
  expect([team.decide(1, LEGAL_TOO, 'legal'), team.publish(1)]).toEqual([null, null])
})

test('a release names every value of its text', () => {
  const team = createTeam()
  team.values({ order: 'A-1' })
  team.start(sayingCore('订单 {order} 已停售。'))
  team.save()
  expect([team.decide(1, PR, 'pr'), team.decide(1, LEGAL, 'legal')]).toEqual([null, null])
  const { revisionId, hash } = team.named(1)
  const body = { revisionId, number: 1, hash, from: 0, until: null, summary: '', values: {}, emergency: null }
  expect(team.raw(PR, 'wording', TEXT, 'wording.publish', body)).toBe('changed-meanwhile')
  expect(team.publish(1)).toBeNull()
})

test('a revision that waits for a decision is superseded once a newer one was published', () => {
  const row = (number: number, status: 'approved' | 'in-review') => ({ number, approval: { status } })
  const rows = [row(1, 'in-review'), row(2, 'approved')]
  expect(standingRevisions(rows, { live: null, past: [] }).inReview?.number).toBe(1)
  expect(standingRevisions(rows, { live: { number: 2 }, past: [] }).inReview).toBeNull()
  expect(standingRevisions(rows, { live: null, past: [{ number: 2 }] }).inReview).toBeNull()
  expect(standingRevisions([row(2, 'in-review')], { live: { number: 2 }, past: [] }).inReview?.number).toBe(2)
})
