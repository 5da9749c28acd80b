import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CommandEdge, CommandRead } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import { Op } from '#domain/log/op.ts'
import { momentsOf } from '#domain/moments/moment-sources.ts'
import { noticeOver } from '#domain/moments/notice-over.ts'
import { makePromises, movePromise, type PromiseGiven } from '#domain/commands/promise-commands.ts'
import { PROMISE } from '#domain/promises/promise-entity.ts'
import { isKeptLate, isOverdue, promiseTitle, wordsOf, type PromiseState } from '#domain/promises/promise.ts'
import { decide, step } from '#domain/step.ts'
import { CONTENT_LIMITS, type Block } from '#domain/wording/content.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, chain, contextOf, declareText, idOf, INCIDENT_SCOPE, makeOp } from '#tests/support/log-texts.ts'
import { approveText, onPromise, promiseText, PROMISE_ID, publishText, WORDING_ID, writtenTexts } from '#tests/support/published-wording.ts'

const HOUR = 3_600_000
const DUE = TWO_AT_NIGHT + HOUR
const edge: CommandEdge = { actorId: ANN, now: TWO_AT_NIGHT, uuid: () => idOf(0x999) }

/** The entities after these op texts by 安, as a log folds them. */
function folded(...texts: string[]): Entity[] {
  const entities = new Map<string, Entity>()
  for (const record of chain(INCIDENT_SCOPE, texts)) {
    const op = Op.parse(JSON.parse(record.bytes))
    const name = `${op.entity.kind} ${op.entity.id}`
    const after = step(entities.get(name), op, appliedFromRecord(record, op))
    if (after) entities.set(name, after)
  }
  return [...entities.values()]
}

const PUBLISHED = [declareText(), ...writtenTexts(), approveText('pr'), approveText('legal'), publishText()]
const readOver = (entities: readonly Entity[]): CommandRead => ({
  one: (of, id) => entities.filter((entity) => entity.id === id).flatMap((entity) => of.as(entity) ?? [])[0],
  all: (of, scope) => entities.filter((entity) => entity.scope === scope).flatMap((entity) => of.as(entity) ?? []),
})
const promiseIn = (entities: readonly Entity[]) => entities.flatMap((entity) => PROMISE.as(entity) ?? [])[0]
/** The code with which an op is refused, or null. */
const judged = (entities: readonly Entity[], text: string, actor = ANN, role: 'commander' | 'pr' | 'technical' = 'commander') =>
  decide(contextOf(actor, role, ...entities), Op.parse(JSON.parse(text)))?.code ?? null

test('TK-04: a promise is made in the words of the published commitment, filled in, and of nothing else', () => {
  const live = folded(...PUBLISHED)
  const other = (change: Record<string, unknown>) => {
    const op = Op.parse(JSON.parse(promiseText(DUE, null)))
    return JSON.stringify({ ...op, body: { ...op.body, ...change } })
  }
  expect(judged(live, promiseText(DUE, null))).toBeNull()
  expect(judged(live, other({ text: '任意文字' }))).toBe('revision-differs')
  expect(judged(live, other({ blockId: 'b' }))).toBe('not-found')
  expect(judged(live, other({ revisionId: idOf(0x7ff) }))).toBe('changed-meanwhile')
  // Nobody of the team.
  expect(judged(live, other({ ownerId: idOf(0x7fe) }))).toBe('not-found')
  const unpublished = folded(...PUBLISHED.slice(0, -1))
  expect(judged(unpublished, promiseText(DUE, null))).toBe('not-live')
  expect(judged(folded(...PUBLISHED, promiseText(DUE, null)), promiseText(DUE, null))).toBe('already-exists')
})

test('a promise ends once; its due time moves only from the one that was seen, and the old one stays', () => {
  const made = [...PUBLISHED, promiseText(DUE)]
  const moved = folded(...made, onPromise('move', { from: DUE, to: DUE + HOUR, reason: '排队' }))
  expect(promiseIn(moved)?.state).toMatchObject({ dueAt: DUE + HOUR, moves: [{ from: DUE, to: DUE + HOUR, reason: '排队', by: ANN }] })
  expect(judged(moved, onPromise('move', { from: DUE, to: DUE + 2 * HOUR, reason: '再延' }))).toBe('changed-meanwhile')
  expect(judged(moved, onPromise('move', { from: DUE + HOUR, to: DUE + HOUR, reason: '再延' }))).toBe('nothing-changes')
  for (const [type, body, state] of [
    ['keep', { note: '' }, 'kept'],
    ['break', { reason: '未办' }, 'broken'],
    ['void', { reason: '记错' }, 'void'],
  ] as const) {
    const ended = folded(...made, onPromise(type, body))
    expect(promiseIn(ended)?.state).toMatchObject({ state, endedBy: ANN })
    for (const again of [onPromise('keep', { note: '' }), onPromise('break', { reason: '未办' }), onPromise('void', { reason: '记错' })])
      expect(judged(ended, again)).toBe('changed-meanwhile')
    // A log from elsewhere may hold it all the same.
    expect(promiseIn(folded(...made, onPromise(type, body), onPromise('break', { reason: '晚到' })))?.state).toMatchObject({ state })
    expect(ended.filter(({ kind }) => kind === 'promise').flatMap((promise) => [...momentsOf(promise)])).toEqual([])
  }
})

test('its owner may say how it ended, whatever their role; others of that role may not, and only some declare it void', () => {
  const made = folded(...PUBLISHED, promiseText(DUE))
  expect(judged(made, onPromise('keep', { note: '' }), BEN, 'technical')).toBeNull()
  expect(judged(made, onPromise('keep', { note: '' }), idOf(0xf), 'technical')).toBe('not-permitted')
  expect(judged(made, onPromise('void', { reason: '记错' }), BEN, 'technical')).toBe('not-permitted')
  expect(judged(made, onPromise('void', { reason: '记错' }), idOf(0xf), 'pr')).toBeNull()
})

test('an open promise of the same words and time is not made twice; after it ended or was moved it is', () => {
  const drafts = (entities: readonly Entity[], dueAt: number) => {
    const made = makePromises(readOver(entities), { wordingId: WORDING_ID, promises: [{ blockId: 'a', dueAt, ownerId: null }] })
    if ('code' in made) throw new Error(made.code)
    return made
  }
  const before = folded(...PUBLISHED)
  const [first] = drafts(before, DUE)
  expect(first).toMatchObject({ type: 'promise.make', body: { text: '今天 15:00 前致电 400-1 的都办理退款。', dueAt: DUE } })
  // Two devices make the same one.
  expect(drafts(before, DUE)[0]?.id).toBe(first?.id)
  const made = folded(...PUBLISHED, promiseText(DUE))
  expect(drafts(made, DUE)).toEqual([])
  expect(drafts(made, DUE + HOUR)).toHaveLength(1)
  expect(drafts(folded(...PUBLISHED, promiseText(DUE), onPromise('keep', { note: '' })), DUE)).toHaveLength(1)
  const twice: PromiseGiven[] = [1, 2].map(() => ({ blockId: 'a', dueAt: DUE, ownerId: null }))
  expect(makePromises(readOver(before), { wordingId: WORDING_ID, promises: twice })).toMatchObject({ code: 'already-exists' })
})

test('any given times: as many promises as there are different times, however often and in whatever order the text is published', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }), (hours) => {
      const entities = folded(...PUBLISHED)
      for (const hour of hours) {
        const promises = [{ blockId: 'a', dueAt: TWO_AT_NIGHT + hour * HOUR, ownerId: null }]
        const made = makePromises(readOver(entities), { wordingId: WORDING_ID, promises })
        if ('code' in made) throw new Error(made.code)
        const texts = made.map(({ id, type, kind, body }) => JSON.stringify(makeOp({ id, type, kind, body })))
        for (const text of texts) expect(judged(entities, text)).toBeNull()
        entities.push(...folded(...texts))
      }
      expect(entities.filter(({ kind }) => kind === 'promise')).toHaveLength(new Set(hours).size)
    }),
  )
})

test('a closed incident takes no entries: there an act on a promise is recorded without a note', () => {
  const input = { promiseId: PROMISE_ID, from: DUE, to: DUE + HOUR, reason: '排队' }
  const types = (entities: readonly Entity[]) => {
    const made = movePromise(readOver(entities), input, edge)
    return 'code' in made ? made.code : made.map(({ type }) => type)
  }
  const open = folded(...PUBLISHED, promiseText(DUE))
  expect(types(open)).toEqual(['promise.move', 'entry.record'])
  const closed = open.map((entity) =>
    entity.kind === 'incident' ? { ...entity, state: { ...(entity.state as object), status: 'closed' } } : entity,
  )
  expect(types(closed)).toEqual(['promise.move'])
})

test('overdue is what is open after its time; late is what was kept after it', () => {
  const of = (state: PromiseState['state'], endedAt: number | null) => ({ state, dueAt: DUE, endedAt })
  expect([isOverdue(of('open', null), DUE - 1), isOverdue(of('open', null), DUE), isOverdue(of('kept', DUE), DUE + 1)]).toEqual([
    false,
    true,
    false,
  ])
  expect([isKeptLate(of('kept', DUE)), isKeptLate(of('kept', DUE + 1)), isKeptLate(of('broken', DUE + 1))]).toEqual([false, true, false])
})

test('the words of a promise stay within its limits and are no broken characters, whatever values fill them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.integer({ min: 0, max: 1000 }), (value, count) => {
      const block: Block = { id: 'a', kind: 'commitment', text: '{v}'.repeat(count), action: '{v}{v}{v}', owner: '', deadline: '' }
      const words = wordsOf(block, { v: value })
      expect(words.text.length).toBeLessThanOrEqual(CONTENT_LIMITS.block)
      expect(words.action.length).toBeLessThanOrEqual(CONTENT_LIMITS.short)
      expect(words.text.isWellFormed() && promiseTitle(words).isWellFormed()).toBe(true)
    }),
  )
})

test('a notice of a promise is out of date once it ended or was moved, and the first once the second is due', () => {
  const first = promiseIn(folded(...PUBLISHED, promiseText(DUE)))
  const over = (rule: 'promise-soon' | 'promise-due', change: Partial<PromiseState>, now = DUE - 1) =>
    noticeOver({ rule, params: { dueAt: DUE }, subject: { kind: 'promise', id: PROMISE_ID } }, { status: 'open', clocks: [] }, now, {
      read: () => first && { ...first, state: { ...first.state, ...change } },
    })
  expect([over('promise-soon', {}), over('promise-soon', {}, DUE), over('promise-due', {}, DUE)]).toEqual([null, 'due', null])
  expect([over('promise-due', { state: 'kept' }), over('promise-due', { dueAt: DUE + HOUR })]).toEqual(['kept', 'moved'])
})
