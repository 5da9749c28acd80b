import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { declareIncident, openReadyWorkspace, openWorkspaceUnderTest, waitForSync } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

async function openRoom() {
  const folder = makeTempFolder('timeline', 'quick')
  const clock = createFakeClock()
  const under = await openReadyWorkspace(join(folder, 'data'), clock.now)
  const incidentId = await declareIncident(under)
  const record = (text: string, more: { happenedAt?: number; tags?: string[] } = {}) =>
    under.value('timeline.record', { incidentId, kind: 'observation', text, ...more })
  return { folder, clock, under, incidentId, record }
}

test('an entry has when it happened and when it was recorded; it is pending until the hub has it', async () => {
  const { under, incidentId, record } = await openRoom()
  const entry = await record('微博出现投诉', { happenedAt: TWO_AT_NIGHT - 3_600_000 })
  expect(entry).toMatchObject({ text: '微博出现投诉', happenedAt: TWO_AT_NIGHT - 3_600_000, authorName: '安', pending: true })
  await waitForSync(under)
  expect(await under.value('timeline.entry', { incidentId, entryId: entry.id })).toMatchObject({ pending: false, recordedAt: TWO_AT_NIGHT })
  expect((await under.value('timeline.record', { incidentId, kind: 'action', text: '现在' })).happenedAt).toBe(TWO_AT_NIGHT)
})

test('a correction shows the new words and keeps the original; both are found by search', async () => {
  const { under, incidentId, record, clock } = await openRoom()
  const entry = await record('三家门店')
  clock.advance(1000)
  const content = { kind: 'media-report' as const, text: '四家分店', happenedAt: TWO_AT_NIGHT + 5 }
  const corrected = await under.value('timeline.correct', { incidentId, entryId: entry.id, content, reason: '核实' })
  expect(corrected).toMatchObject({
    ...content,
    correctionCount: 1,
    corrections: [{ reason: '核实', byName: '安', before: { kind: 'observation', text: '三家门店', happenedAt: TWO_AT_NIGHT } }],
  })
  for (const text of ['三家', '四家']) expect((await under.value('search.query', { text })).hits.map((hit) => hit.id)).toEqual([entry.id])
  expect(
    await under.failure('timeline.correct', { incidentId, entryId: entry.id, content: { ...content, kind: 'decision' }, reason: 'x' }),
  ).toBe('malformed')
})

test('star, comment, tags and links, seen from both ends, survive a restart', async () => {
  const { under, incidentId, record, folder } = await openRoom()
  const cause = await record('产品批次异常', { tags: ['批次'] })
  const effect = await record('客户投诉')
  await under.value('timeline.star', { incidentId, entryId: effect.id, starred: true })
  await under.value('timeline.comment', { incidentId, entryId: effect.id, text: '已核实' })
  await under.value('timeline.tag', { incidentId, entryId: effect.id, add: ['微博', '批次'], remove: [] })
  await under.value('timeline.tag', { incidentId, entryId: effect.id, add: [], remove: ['批次'] })
  await under.value('timeline.link', { incidentId, entryId: effect.id, to: cause.id, relation: 'caused-by' })
  await waitForSync(under)
  await under.close()
  const again = await openWorkspaceUnderTest(join(folder, 'data'))
  const seen = await again.value('timeline.entry', { incidentId, entryId: effect.id })
  expect(seen).toMatchObject({ starred: true, commentCount: 1, comments: [{ text: '已核实', authorName: '安' }], tags: ['微博'] })
  expect(seen.linked).toEqual([
    { id: cause.id, relation: 'caused-by', direction: 'to', text: '产品批次异常', happenedAt: cause.happenedAt, kind: 'observation' },
  ])
  const from = await again.value('timeline.entry', { incidentId, entryId: cause.id })
  expect(from.linked.map((link) => [link.id, link.direction])).toEqual([[effect.id, 'from']])
  await again.value('timeline.link', { incidentId, entryId: effect.id, to: cause.id, relation: 'caused-by', remove: true })
  expect((await again.value('timeline.entry', { incidentId, entryId: cause.id })).linked).toEqual([])
  await again.value('timeline.star', { incidentId, entryId: effect.id, starred: false })
  expect((await again.value('timeline.page', { incidentId, filter: { starred: true }, page: 0 })).rows).toEqual([])
})

test('evidence is attached by its hash, under the name it came by', async () => {
  const { under, incidentId, record, folder } = await openRoom()
  const path = join(folder, '检测报告.pdf')
  writeFileSync(path, '%PDF-1.7 报告')
  const kept = await under.value('evidence.keepPath', { path })
  const entry = await under.value('timeline.record', { incidentId, kind: 'regulator', text: '收到报告', evidence: [kept.hash] })
  expect(entry.evidence).toEqual([{ hash: kept.hash, name: '检测报告.pdf', size: kept.size, mime: 'application/pdf' }])
  const other = await record('另一条')
  expect(
    (await under.value('timeline.attach', { incidentId, entryId: other.id, hash: kept.hash, name: '副本.pdf' })).evidence[0],
  ).toMatchObject({ hash: kept.hash, name: '副本.pdf' })
  expect(await under.failure('timeline.attach', { incidentId, entryId: other.id, hash: '0'.repeat(64), name: 'x' })).toBe(
    'evidence-missing',
  )
  expect(await under.failure('timeline.record', { incidentId, kind: 'action', text: 'x', evidence: ['0'.repeat(64)] })).toBe(
    'evidence-missing',
  )
})

test('every expected failure is a value', async () => {
  const { under, incidentId, record } = await openRoom()
  const entry = await record('一')
  const elsewhere = await declareIncident(under)
  const nothing = idOf(9)
  expect(await under.failure('timeline.entry', { incidentId, entryId: nothing })).toBe('not-found')
  expect(await under.failure('timeline.entry', { incidentId: elsewhere, entryId: entry.id })).toBe('not-found')
  expect(await under.failure('timeline.star', { incidentId, entryId: nothing, starred: true })).toBe('not-found')
  expect(await under.failure('timeline.comment', { incidentId: elsewhere, entryId: entry.id, text: 'x' })).toBe('wrong-scope')
  expect(await under.failure('timeline.link', { incidentId, entryId: entry.id, to: entry.id, relation: 'relates' })).toBe(
    'entry-not-in-incident',
  )
  expect(await under.failure('timeline.record', { incidentId: nothing, kind: 'action', text: 'x' })).toBe('not-found')
  expect(await under.failure('timeline.record', { incidentId, kind: 'decision', text: 'x' })).toBe('malformed')
  expect(await under.value('timeline.locate', { incidentId, entryId: nothing, filter: {} })).toBeNull()
  expect(await under.value('timeline.page', { incidentId, filter: {}, page: 99 })).toMatchObject({ rows: [] })
  expect((await under.value('timeline.outline', { incidentId: nothing, filter: {}, zone: 'nowhere/none' })).total).toBe(0)
  expect(under.faults).toEqual([])
})

test('nothing of a refused act is kept: entry, clock and note stand or fall together', async () => {
  const { under, incidentId } = await openRoom()
  const before = await under.value('timeline.outline', { incidentId, filter: {}, zone: 'utc' })
  expect(await under.failure('timeline.record', { incidentId, kind: 'statement', text: 'x', meets: ['response', 'response'] })).toBe(
    'clock-already-met',
  )
  expect((await under.value('timeline.outline', { incidentId, filter: {}, zone: 'utc' })).total).toBe(before.total)
  expect((await under.value('incidents.get', { incidentId })).clocks[0]?.met).toBeNull()
  expect((await under.value('search.query', { text: 'x' })).hits).toEqual([])
})

test('text with signs of direction and long clusters comes back as it was; NUL and halves of characters are refused with the reason', async () => {
  const { under, incidentId, record } = await openRoom()
  for (const text of ['前\u202e后', `a${'\u0301'.repeat(500)}`, '👨‍👩‍👧‍👦']) {
    const entry = await record(text)
    await waitForSync(under)
    expect((await under.value('timeline.entry', { incidentId, entryId: entry.id })).text).toBe(text)
  }
  for (const text of ['前\u0000后', '前\ud800后', '\udc00'])
    expect(await under.failure('timeline.record', { incidentId, kind: 'observation', text })).toBe('bad-input')
  expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
})
