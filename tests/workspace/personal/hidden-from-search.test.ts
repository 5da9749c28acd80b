import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { LOOK_UPS_PER_MINUTE } from '#replica/services/whole-look-ups.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { declareIncident, openReadyWorkspace, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

async function openRoom() {
  const clock = createFakeClock()
  const folder = join(makeTempFolder('hidden', 'quick'), 'data')
  const under = await openReadyWorkspace(folder, clock.now)
  const incidentId = await declareIncident(under, { title: '客户 13911112222 投诉' })
  await under.value('timeline.record', {
    incidentId,
    kind: 'customer-voice',
    text: '电话 138-1234-5678，邮箱 zhangsan@example.com，微信号 zhang_1990，证件 11010519491231002X',
    tags: ['电话13711112222'],
  })
  return { clock, folder, under, incidentId }
}
const found = async (under: WorkspaceUnderTest, text: string): Promise<number> => (await under.value('search.query', { text })).hits.length
const filtered = async (under: WorkspaceUnderTest, incidentId: string, filter: { text?: string; tag?: string }): Promise<number> =>
  (await under.value('timeline.outline', { incidentId, filter, zone: 'utc' })).total

const PARTS = [
  '1381',
  '138-1234',
  '1234',
  '381234567',
  '13812',
  'zh',
  'zhang',
  'zhangsan',
  'zhangsan@',
  'zhangsan@exam',
  'zhangsan@example',
  'zhang_199',
  '19491231',
  '110105',
  '1371111',
  '电话1371',
  '1391111',
]

test('R1: no part of what is masked finds it, by search or by the filter of a timeline', async () => {
  const { under, incidentId } = await openRoom()
  for (const part of PARTS) {
    expect([part, await found(under, part)]).toEqual([part, 0])
    expect([part, await filtered(under, incidentId, { text: part })]).toEqual([part, 0])
  }
  // The visible part of the masked text can be searched, and so can the text beside it.
  expect(await found(under, 'example.com')).toBe(1)
  expect(await found(under, '邮箱')).toBe(1)
})

test('R1: the whole of it finds it, however it is written', async () => {
  const { clock, under, incidentId } = await openRoom()
  for (const whole of [
    '13812345678',
    '138 1234 5678',
    '+86 138-1234-5678',
    '１３８１２３４５６７８',
    'zhangsan@example.com',
    'ZhangSan＠example.com',
    'zhang_1990',
    '11010519491231002x',
    '110105 19491231 002X',
    '电话 13812345678',
  ]) {
    clock.advance(60_000)
    expect([whole, await found(under, whole)]).toEqual([whole, 1])
    expect([whole, await filtered(under, incidentId, { text: whole })]).toEqual([whole, 1])
  }
  expect(await found(under, '13911112222')).toBe(1)
})

test('R1: a tag is filtered by as it is seen; a guess of what it hides finds out nothing', async () => {
  const { under, incidentId } = await openRoom()
  const { tags } = await under.value('timeline.outline', { incidentId, filter: {}, zone: 'utc' })
  expect(tags).toEqual([{ tag: '电话137****2222', count: 1 }])
  expect(await filtered(under, incidentId, { tag: '电话137****2222' })).toBe(1)
  expect(await filtered(under, incidentId, { tag: '电话13799992222' })).toBe(await filtered(under, incidentId, { tag: '电话13711112222' }))
})

test('R1: numbers cannot be tried out one after the other', async () => {
  const { clock, under, incidentId } = await openRoom()
  const guess = (middle: number) => `138${String(middle).padStart(4, '0')}5678`
  for (let middle = 0; middle < LOOK_UPS_PER_MINUTE; middle += 1) expect(await found(under, guess(middle))).toBe(0)
  expect(await under.failure('search.query', { text: guess(1234) })).toBe('too-many-requests')
  expect(await filtered(under, incidentId, { text: guess(1234) })).toBe(0)
  // Searching for words still works; searching for a number works again after a minute.
  expect(await found(under, '邮箱')).toBe(1)
  clock.advance(61_000)
  expect(await found(under, guess(1234))).toBe(1)
})

test('R1: an index that held the words of what is masked is made anew when the app is opened', async () => {
  const { folder, incidentId } = await openRoom()
  const file = join(folder, 'replica.db')
  const db = new Database(file)
  db.exec(`
    DROP TABLE search;
    CREATE VIRTUAL TABLE search USING fts5 (text, place, content = '', contentless_delete = 1, tokenize = 'ascii');
    INSERT INTO search (rowid, text, place) SELECT row, '138 1234 5678 zhangsan example com', 'x' FROM entity WHERE kind = 'entry';
    UPDATE label SET label = '电话13711112222';
    DROP TABLE absent_scope;
    DROP TABLE set_aside;
  `)
  REPLICA_SCHEMA.migrate(db, 4)
  const match = db.prepare<[string], number>('SELECT count(*) FROM search WHERE search MATCH ?').pluck()
  expect(match.get('"zhangsan"')).toBe(0)
  expect(match.get('whole : "13812345678"')).toBe(1)
  expect(db.prepare('SELECT label FROM label').pluck().all()).toEqual(['电话137****2222'])
  expect(match.get(`text : "邮箱" AND place : "incident${incidentId.replaceAll('-', '')}"`)).toBe(1)
  db.close()
})
