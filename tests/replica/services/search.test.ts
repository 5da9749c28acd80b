import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { declareIncident, openReadyWorkspace, waitForSync } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

async function openRoom() {
  const folder = makeTempFolder('search', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'), createFakeClock().now)
  const first = await declareIncident(under, { title: '茶饮门店饮用水投诉', known: '三家门店' })
  const second = await declareIncident(under, { title: '系统故障' })
  return { folder, under, first, second }
}

test('two-character words are found in titles, known facts, texts, reasons, tags, comments and file names', async () => {
  const { folder, under, first } = await openRoom()
  const entry = await under.value('timeline.record', {
    incidentId: first,
    kind: 'decision',
    text: '暂停销售',
    decision: { reason: '监管约谈', decidedBy: '总经理' },
    tags: ['召回'],
  })
  await under.value('timeline.comment', { incidentId: first, entryId: entry.id, text: '律师同意' })
  const path = join(folder, '录音证据.mp3')
  writeFileSync(path, 'x')
  const kept = await under.value('evidence.keepPath', { path })
  await under.value('timeline.attach', { incidentId: first, entryId: entry.id, hash: kept.hash, name: '录音证据.mp3' })
  const found = async (text: string) => (await under.value('search.query', { text })).hits.map((hit) => hit.id)
  for (const word of ['销售', '约谈', '经理', '召回', '律师', '录音', 'mp3']) expect([word, await found(word)]).toEqual([word, [entry.id]])
  for (const word of ['茶饮', '饮用', '三家']) expect([word, await found(word)]).toEqual([word, [first]])
  expect(await found('停售')).toEqual([])
  expect(await found('暂停 律师')).toEqual([entry.id])
  expect(await found('暂停 茶饮')).toEqual([])
})

test('a hit names its incident, its kind and the words around the match, and marks them', async () => {
  const { under, first } = await openRoom()
  const text = `${'前文'.repeat(60)}门店公开致歉${'后文'.repeat(60)}`
  const entry = await under.value('timeline.record', { incidentId: first, kind: 'statement', text })
  const { hits } = await under.value('search.query', { text: '致歉' })
  expect(hits[0]).toMatchObject({
    kind: 'entry',
    id: entry.id,
    incidentId: first,
    incidentTitle: '茶饮门店饮用水投诉',
    entryKind: 'statement',
    at: entry.happenedAt,
  })
  const [start = 0, end = 0] = hits[0]?.marks[0] ?? []
  expect(hits[0]?.excerpt.slice(start, end)).toBe('致歉')
  expect(text.includes(hits[0]?.excerpt ?? '-')).toBe(true)
})

test('the whole team or one incident; newest first; more is said when there is more', async () => {
  const { under, first, second } = await openRoom()
  const ids: string[] = []
  for (let index = 0; index < 30; index++) {
    ids.push(
      (await under.value('timeline.record', { incidentId: index % 2 === 0 ? first : second, kind: 'observation', text: `热搜 第${index}` }))
        .id,
    )
  }
  await waitForSync(under)
  const all = await under.value('search.query', { text: '热搜' })
  expect(all.hits.map((hit) => hit.id)).toEqual(ids.toReversed())
  expect(all.more).toBe(false)
  const within = await under.value('search.query', { text: '热搜', incidentId: second })
  expect(within.hits.map((hit) => hit.id)).toEqual(ids.filter((_, index) => index % 2 === 1).toReversed())
  const few = await under.value('search.query', { text: '热搜', limit: 10 })
  expect([few.hits.length, few.more]).toEqual([10, true])
  expect((await under.value('search.query', { text: '热搜', limit: 30 })).more).toBe(false)
})

test('nothing to search for is a failure with a sentence of its own; nothing found is no failure', async () => {
  const { under } = await openRoom()
  for (const text of ['', '  ', '，。', '"*']) expect(await under.failure('search.query', { text })).toBe('query-empty')
  expect(await under.value('search.query', { text: 'NEAR(a b)' })).toEqual({ hits: [], more: false })
  expect(await under.value('search.query', { text: '没有的词' })).toEqual({ hits: [], more: false })
  expect(under.faults).toEqual([])
})
