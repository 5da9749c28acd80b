import { expect, test } from 'vitest'
import { publishedText } from '#domain/wording/published.ts'
import { HEAD, teamWithApproved, TEXT } from './wording-team.ts'

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
