import { expect, test } from 'vitest'
import type { ConsoleState } from '#contract/agent-wire.ts'
import {
  bannerTexts,
  EMPTY_MODEL,
  forgetMissed,
  markConfirmed,
  markRead,
  missedOf,
  receive,
  restore,
  urgentTexts,
} from '#web/console/state/console-model.ts'
import { addConfirmation, addNote, EMPTY_OUTBOX, isQueued, nextNotes, withoutNotes } from '#web/console/state/outbox.ts'
import { freshnessOf, QUIET_AFTER, readingOf } from '#web/console/state/reading.ts'
import { makeText } from './console-texts.ts'

const a = makeText({ id: 'a', from: 1 })
const b = makeText({ id: 'b', from: 2, urgency: 'urgent' })

export const stateWith = (over: Partial<ConsoleState> = {}): ConsoleState => ({
  version: '1',
  at: 5_000,
  agent: { id: 'g', name: '王敏', number: '8017', vendor: null, groups: [] },
  team: '客服',
  texts: [a, b],
  gone: [],
  bulletins: [],
  missed: [],
  lockAfter: 300_000,
  endsAt: null,
  ...over,
})
const start = receive(EMPTY_MODEL, { t: 'state', state: stateWith() }, 4_000, false)
const change = (over: object) => ({
  t: 'change' as const,
  version: '2',
  at: 6_000,
  texts: [],
  gone: [],
  bulletins: [],
  bulletinsGone: [],
  ...over,
})

test('a state signs in, and tells how far the hub is ahead', () => {
  expect(start).toMatchObject({ phase: 'in', checkedAt: 4_000, ahead: 1_000, isBehind: false })
  expect(urgentTexts(start).map(({ id }) => id)).toEqual(['b'])
})

test('a change replaces a text, and the version before is no longer current', () => {
  const a2 = { ...a, number: 2, revisionId: 'a-r2', previousNumber: 1 }
  const next = receive(start, change({ texts: [a2] }), 5_000, false)
  expect(next.state?.texts).toEqual([a2, b])
  expect(next.state?.version).toBe('2')
  expect([...next.unread]).toEqual(['a'])
  expect(next.missed).toEqual([])
  const reading = next.state && readingOf(a, next.state, { isLive: true }, 6_000)
  expect(reading).toEqual({ kind: 'replaced', by: a2 })
  expect(markRead(next, 'a').unread.size).toBe(0)
})

test('a withdrawn text disappears at once, with what to use instead, and is back when it is published again', () => {
  const gone = { id: 'a', number: 1, title: '标题', at: 6_000, why: 'withdrawn' as const, instead: '新口径' }
  const next = receive(start, change({ gone: [gone] }), 5_000, false)
  expect(next.state?.texts).toEqual([b])
  expect(next.state && readingOf(a, next.state, { isLive: true }, 6_000)).toEqual({ kind: 'gone', gone })
  const back = receive(next, change({ version: '3', texts: [{ ...a, from: 7_000 }] }), 6_000, false)
  expect(back.state?.gone).toEqual([])
  expect(back.state?.texts.map(({ id }) => id)).toEqual(['b', 'a'])
})

test('only a new confirmation is no change', () => {
  const next = receive(start, change({ texts: [{ ...a, confirmation: 'current' }] }), 5_000, true)
  expect(next.unread.size).toBe(0)
  expect(next.missed).toEqual([])
})

test('what changes while nobody looks is walked through once, in order, what is gone too', () => {
  const gone = { id: 'b', number: 1, title: '标题', at: 6_000, why: 'expired' as const, instead: '' }
  const first = receive(start, change({ texts: [{ ...a, revisionId: 'a-r2' }] }), 5_000, true)
  const second = receive(first, change({ version: '3', gone: [gone] }), 6_000, false)
  expect(missedOf(second)).toEqual([
    { id: 'a', text: { ...a, revisionId: 'a-r2' } },
    { id: 'b', gone },
  ])
  expect(missedOf(forgetMissed(second))).toEqual([])
})

test('what the hub says was missed comes with the state', () => {
  const next = receive(EMPTY_MODEL, { t: 'state', state: stateWith({ missed: ['b', 'unknown', 'a'] }) }, 4_000, false)
  expect(missedOf(next).map(({ id }) => id)).toEqual(['b', 'a'])
})

test('a beat of another version asks for the state, one of the same does not', () => {
  expect(receive(start, { t: 'beat', at: 9_000, version: '1' }, 8_000, false)).toMatchObject({ isBehind: false, checkedAt: 8_000 })
  expect(receive(start, { t: 'beat', at: 9_000, version: '2' }, 8_000, false)).toMatchObject({ isBehind: true })
})

test('bulletins are added to those that are known; those that are no longer shown leave', () => {
  const bulletin = (number: number) => ({ id: `bulletin-${number}`, incidentId: 'i', number, at: number, items: [] })
  const two = receive(start, change({ bulletins: [bulletin(1), bulletin(2)] }), 5_000, false)
  const three = receive(two, change({ bulletins: [bulletin(3)], bulletinsGone: ['bulletin-1'] }), 5_000, false)
  expect(three.state?.bulletins.map(({ number }) => number)).toEqual([2, 3])
})

test('the end of a session leaves nothing behind but the reason', () => {
  expect(receive(start, { t: 'ended', why: 'revoked' }, 5_000, false)).toEqual({ ...EMPTY_MODEL, phase: 'out', ended: 'revoked' })
})

const of = (textId: string, revisionId: string, releaseAt = 1_000) => ({ textId, revisionId, releaseAt, hash: 'a'.repeat(64) })

test('a confirmation holds for the version that was shown', () => {
  expect(urgentTexts(markConfirmed(start, of('b', 'b-r1')))).toEqual([])
  expect(urgentTexts(markConfirmed(start, of('b', 'b-r0'))).map(({ id }) => id)).toEqual(['b'])
  const replaced = receive(markConfirmed(start, of('b', 'b-r1')), change({ texts: [{ ...b, revisionId: 'b-r2' }] }), 5_000, false)
  expect(urgentTexts(replaced).map(({ revisionId }) => revisionId)).toEqual(['b-r2'])
  // The same revision, published again with another value.
  const again = receive(start, change({ texts: [{ ...b, releaseAt: 2_000 }] }), 5_000, false)
  expect(urgentTexts(markConfirmed(again, of('b', 'b-r1'))).map(({ id }) => id)).toEqual(['b'])
  expect(again.unread).toEqual(new Set(['b']))
})

test('a nudge raises a text that would only be marked, until it is confirmed', () => {
  const nudged = receive(start, { t: 'nudge', at: 6_000, ids: ['a'] }, 5_000, false)
  expect(bannerTexts(start)).toEqual([])
  expect(bannerTexts(nudged).map(({ id }) => id)).toEqual(['a'])
  expect(bannerTexts(markConfirmed(nudged, of('a', 'a-r1')))).toEqual([])
})

test('a state that comes again keeps the texts that did not change as the same objects', () => {
  const again = receive(start, { t: 'state', state: stateWith({ version: '2', texts: [{ ...a }, { ...b, number: 2 }] }) }, 5_000, false)
  expect(again.state?.texts[0]).toBe(start.state?.texts[0])
  expect(again.state?.texts[1]).not.toBe(start.state?.texts[1])
})

test('a state kept from before counts as checked when it last was', () => {
  expect(restore(stateWith(), 1_000)).toMatchObject({ phase: 'in', checkedAt: 1_000 })
})

test('without a word of the hub the console is offline, and urgent texts are locked after a while; a clock set back does not help', () => {
  expect(freshnessOf(1_000, 1_000 + QUIET_AFTER, 300_000)).toEqual({ isLive: true })
  expect(freshnessOf(1_000, 1_001 + QUIET_AFTER, 300_000)).toEqual({ isLive: false, since: 1_000, isLocked: false })
  const locked = freshnessOf(1_000_000, 600_000, 300_000)
  expect(locked).toEqual({ isLive: false, since: 1_000_000, isLocked: true })
  expect(readingOf(b, stateWith(), locked, 0)).toEqual({ kind: 'locked', since: 1_000_000 })
  expect(readingOf(a, stateWith(), locked, 0)).toEqual({ kind: 'current' })
  expect(freshnessOf(null, 0, 1)).toMatchObject({ isLive: false, isLocked: true })
})

test('a text that ends while the console is offline is not used any more', () => {
  const ending = { ...a, until: 9_000 }
  const state = stateWith({ texts: [ending] })
  expect(readingOf(ending, state, { isLive: true }, 8_999)).toEqual({ kind: 'current' })
  expect(readingOf(ending, state, { isLive: true }, 9_000)).toEqual({ kind: 'expired', at: 9_000 })
})

const note = (id: number, kind: 'shown' | 'objected' = 'shown') => ({
  id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  kind,
  textId: 'a',
  revisionId: 'a-r1',
  at: id,
  text: '',
})

test('notes go in batches, and what is added meanwhile stays', () => {
  const many = Array.from({ length: 150 }, (_, index) => note(index)).reduce(addNote, EMPTY_OUTBOX)
  const batch = nextNotes(many)
  expect(batch).toHaveLength(100)
  expect(withoutNotes(addNote(many, note(500)), batch).notes.map(({ at }) => at)).toEqual([
    ...Array.from({ length: 50 }, (_, i) => i + 100),
    500,
  ])
})

test('a long time offline costs counts before it costs what customers objected', () => {
  const many = Array.from({ length: 1_200 }, (_, index) => note(index, index < 300 ? 'objected' : 'shown')).reduce(addNote, EMPTY_OUTBOX)
  expect(many.notes).toHaveLength(1_000)
  expect(many.notes.filter(({ kind }) => kind === 'objected')).toHaveLength(300)
})

test('a text waits with one confirmation: that of the version confirmed last', () => {
  const once = addConfirmation(EMPTY_OUTBOX, of('b', 'b-r1'))
  const twice = addConfirmation(once, of('b', 'b-r2'))
  expect(twice.confirmations.map(({ revisionId }) => revisionId)).toEqual(['b-r2'])
  expect([of('b', 'b-r1'), of('b', 'b-r2'), of('b', 'b-r2', 2_000)].map((one) => isQueued(twice, one))).toEqual([false, true, false])
})
