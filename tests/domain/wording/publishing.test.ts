import { expect, test } from 'vitest'
import type { Delivery } from '#domain/wording/delivery.ts'
import { publishedText } from '#domain/wording/published.ts'
import { standingRevisions } from '#domain/wording/standing.ts'
import { createTeam, HEAD, PR, sayingCore, teamWithApproved, TEXT } from './wording-team.ts'

const HOUR = 3_600_000

test('a text that is published for later leaves the one in use until then; withdrawn before, it has replaced nothing', () => {
  const team = teamWithApproved('已停售。', '已停售并召回。')
  const inUse = (at = team.world.now) => {
    const state = team.wording()?.state
    const text = state && publishedText(state, at)
    return text && [text.release.number, text.status]
  }
  expect(inUse()).toBeNull()
  expect(team.publish(1)).toBeNull()
  expect(inUse()).toEqual([1, 'published'])
  team.world.advance(HOUR)
  const begin = team.world.now + HOUR
  expect(team.publish(2, { from: begin })).toBeNull()
  expect([inUse(), inUse(begin - 1), inUse(begin)]).toEqual([
    [1, 'published'],
    [1, 'published'],
    [2, 'published'],
  ])
  expect(team.withdraw()).toBeNull()
  expect(team.wording()?.state.live).toMatchObject({ number: 1 })
  expect(team.wording()?.state.past).toMatchObject([{ number: 2, end: 'withdrawn' }])
  expect(inUse(begin + HOUR)).toEqual([1, 'published'])
  expect(team.withdraw()).toBeNull()
  expect(inUse()).toEqual([1, 'withdrawn'])
})

test('a text that is published at once begins by the clock of the hub, and its begin can be changed', () => {
  const team = teamWithApproved('已停售。')
  expect(team.publish(1)).toBeNull()
  expect(team.wording()?.state.live?.from).toBe(team.world.now)
  // An earlier program sends the time of its device; one that is behind changes nothing.
  const { revisionId, hash } = team.named(1)
  const body = { revisionId, number: 1, hash, from: team.world.now - 1, until: null, summary: '', values: {}, emergency: null }
  expect(team.raw(HEAD, 'wording', TEXT, 'wording.publish', body)).toBe('nothing-changes')
  expect(team.publish(1, { from: team.world.now + HOUR })).toBeNull()
  expect(team.publish(1, { from: team.world.now + HOUR })).toBe('nothing-changes')
  expect(team.publish(1, { from: team.world.now + 2 * HOUR })).toBeNull()
  expect(team.publish(1)).toBeNull()
  expect(team.wording()?.state.live?.from).toBe(team.world.now)
})

test('a decision is about the values that its member read: with others it is refused, and with these it counts', () => {
  const team = createTeam()
  expect(team.start(sayingCore('请拨 {hotline}。'))).toBeNull()
  expect(team.values({ hotline: '400-800-1234' })).toBeNull()
  expect(team.save()).toBeNull()
  expect(team.decide(1, PR, 'pr', 'approve', {})).toBe('changed-meanwhile')
  expect(team.decide(1, PR, 'pr', 'approve', { hotline: '400-800-9999' })).toBe('changed-meanwhile')
  expect(team.revision(1).state.decisions).toEqual([])
  expect(team.decide(1, PR, 'pr', 'approve', { hotline: '400-800-1234' })).toBeNull()
})

test('a version goes out again after a withdrawal, to those and as urgently as before; it may go out otherwise', () => {
  const team = teamWithApproved('已停售。')
  const urgent: Delivery = { groups: [], urgency: 'urgent', confirmWithin: 10 }
  expect(team.publish(1, { delivery: urgent })).toBeNull()
  expect(team.withdraw()).toBeNull()
  expect(team.publish(1)).toBeNull()
  expect(team.wording()?.state.live).toMatchObject({ number: 1, delivery: urgent })
  expect(team.publish(1)).toBe('nothing-changes')
  expect(team.publish(1, { delivery: { ...urgent, urgency: 'normal' } })).toBeNull()
  expect(team.wording()?.state.live?.delivery.urgency).toBe('normal')
})

test('the version that was published last can be published again while it is approved; one that was only saved hides it not', () => {
  const approved = { approval: { status: 'approved' as const } }
  const draft = { approval: { status: 'draft' as const } }
  const revisions = [
    { number: 1, ...approved },
    { number: 2, ...approved },
    { number: 3, ...draft },
  ]
  const again = (releases: Parameters<typeof standingRevisions>[1], of = revisions) => standingRevisions(of, releases).again?.number
  expect(again({ live: null, past: [] })).toBeUndefined()
  expect(again({ live: { number: 2 }, past: [{ number: 1 }] })).toBe(2)
  expect(again({ live: null, past: [{ number: 1 }] })).toBe(1)
  expect(again({ live: { number: 3 }, past: [] })).toBeUndefined()
})
