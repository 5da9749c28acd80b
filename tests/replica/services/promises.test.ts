import type { WordingContent } from '#domain/wording/content.ts'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from './open-incident.ts'

const HOUR = 3_600_000
const PLACE = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
const CONTENT: WordingContent = {
  ...EMPTY_CONTENT,
  title: '退款',
  core: '我们今天退款。',
  blocks: [
    { id: 'a', kind: 'commitment', text: '请拨打 {hotline}，今天退款。', action: '退款', owner: '客服', deadline: '今天 15:00' },
    { id: 'b', kind: 'commitment', text: '明天回访。', action: '', owner: '', deadline: '' },
  ],
}

/** A text of an incident that the executive released in an emergency: on one device there is nobody else to approve it. */
async function openPromises() {
  const { handlers, incident } = await openIncident('product-problem', 'executive')
  const incidentId = incident.id
  const me = (await done(handlers['workspace.members']({})))[0]?.id ?? ''
  const { id: wordingId } = await done(handlers['wordings.create']({ incidentId, place: PLACE, content: CONTENT }))
  await done(handlers['wordings.setValues']({ incidentId, values: { hotline: '400-1' } }))
  const saved = await done(handlers['wordings.save']({ incidentId, wordingId, note: '', overruled: [], ask: true }))
  const [revision] = saved.revisions
  const ref = { incidentId, wordingId, revisionId: revision?.id ?? '', hash: revision?.hash ?? '' }
  const dueAt = Date.now() + 2 * HOUR
  const release = (until: number | null, promises: { blockId: string; dueAt: number; ownerId: string | null }[]) =>
    handlers['wordings.release']({ ...ref, until, summary: '', reason: '客户在线等候', promises })
  const list = () => done(handlers['promises.list']({ incidentId, wordingId: null }))
  const notes = async () =>
    (await done(handlers['timeline.page']({ incidentId, filter: { order: 'happened' }, page: 0 }))).rows.flatMap(({ event }) =>
      event?.code.startsWith('promise-') ? [event.code] : [],
    )
  return { handlers, incidentId, wordingId, me, dueAt, release, list, notes }
}

test('TK-04, TK-05: what is published as a promise is listed, waits for its owner, and ends on record', async () => {
  const { handlers, incidentId, me, dueAt, release, list, notes } = await openPromises()
  await done(release(null, [{ blockId: 'a', dueAt, ownerId: me }]))
  const [promise] = await list()
  expect(promise).toMatchObject({
    text: '请拨打 400-1，今天退款。',
    action: '退款',
    owner: '客服',
    ownerName: '林舟',
    byName: '林舟',
    dueAt,
    state: 'open',
    source: 'in-use',
    wordingTitle: '退款',
  })
  const waiting = await done(handlers['incidents.waiting']({ limit: 100 }))
  expect(waiting.items.filter(({ kind }) => kind === 'promise')).toMatchObject([{ incidentId, promise: { id: promise?.id } }])
  const promiseId = promise?.id ?? ''
  const moved = await done(handlers['promises.move']({ incidentId, promiseId, from: dueAt, to: dueAt + HOUR, reason: '系统故障' }))
  expect(moved).toMatchObject({ dueAt: dueAt + HOUR, moves: [{ from: dueAt, reason: '系统故障', byName: '林舟' }] })
  expect(await refused(handlers['promises.move']({ incidentId, promiseId, from: dueAt, to: dueAt, reason: '再改' }))).toMatchObject({
    code: 'changed-meanwhile',
  })
  expect(await done(handlers['promises.keep']({ incidentId, promiseId, note: '已全部到账' }))).toMatchObject({
    state: 'kept',
    note: '已全部到账',
    endedByName: '林舟',
  })
  expect((await done(handlers['incidents.waiting']({ limit: 100 }))).items.filter(({ kind }) => kind === 'promise')).toEqual([])
  expect(await refused(handlers['promises.break']({ incidentId, promiseId, reason: '漏了' }))).toMatchObject({ code: 'changed-meanwhile' })
  expect((await notes()).toSorted()).toEqual(['promise-kept', 'promise-moved'])
})

test('publishing again doubles no promise, and a withdrawal leaves those that were made', async () => {
  const { handlers, incidentId, wordingId, dueAt, release, list } = await openPromises()
  const promises = [{ blockId: 'a', dueAt, ownerId: null }]
  await done(release(null, promises))
  await done(release(dueAt + 9 * HOUR, promises))
  expect(await list()).toHaveLength(1)
  const added = await done(handlers['promises.make']({ incidentId, wordingId, promises: [{ blockId: 'b', dueAt, ownerId: null }] }))
  expect(added.map(({ text, action }) => action || text).toSorted()).toEqual(['明天回访。', '退款'].toSorted())
  await done(handlers['wordings.withdraw']({ incidentId, wordingId, reason: '有误', instead: '' }))
  expect((await list()).map(({ state, source }) => [state, source])).toEqual([
    ['open', 'withdrawn'],
    ['open', 'withdrawn'],
  ])
  expect(await refused(handlers['promises.make']({ incidentId, wordingId, promises }))).toMatchObject({ code: 'not-live' })
})

test('the standing library promises nothing, and a promise of another incident is not found', async () => {
  const { handlers, incidentId, dueAt, me, release, list } = await openPromises()
  await done(release(null, [{ blockId: 'a', dueAt, ownerId: me }]))
  const [promise] = await list()
  const other = { incidentId: '00000000-0000-7000-8000-0000000000ff', promiseId: promise?.id ?? '' }
  expect(await refused(handlers['promises.keep']({ ...other, note: '' }))).toMatchObject({ code: 'not-found' })
  expect(await done(handlers['promises.list']({ incidentId, wordingId: other.incidentId }))).toEqual([])
  const { id: wordingId } = await done(handlers['wordings.create']({ incidentId: null, place: PLACE, content: CONTENT }))
  await done(handlers['wordings.setValues']({ incidentId: null, values: { hotline: '400-1' } }))
  const saved = await done(handlers['wordings.save']({ incidentId: null, wordingId, note: '', overruled: [], ask: true }))
  const [revision] = saved.revisions
  const given = { incidentId: null, wordingId, revisionId: revision?.id ?? '', hash: revision?.hash ?? '', until: null, summary: '' }
  const promises = [{ blockId: 'a', dueAt, ownerId: null }]
  expect(await refused(handlers['wordings.release']({ ...given, reason: '急', promises }))).toMatchObject({ code: 'wrong-scope' })
})
