import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Entity } from '#domain/log/entity.ts'
import { KNOWN_OP_TYPES } from '#domain/features.ts'
import { CHAIN_START, chainText, type LogRecord } from '#domain/log/record.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { rebuildViews } from '#replica/store/rebuild.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore } from '#replica/store/replica-store.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import {
  ANN,
  BEN,
  chain,
  declareText,
  entryText,
  idOf,
  INCIDENT,
  INCIDENT_SCOPE,
  joinText,
  opText,
  sha256,
} from '#tests/support/log-texts.ts'
import { createUuids } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

function openStore() {
  const file = join(makeTempFolder('store', 'quick'), 'replica.db')
  const opened = openDatabase(file, REPLICA_SCHEMA, true)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { db } = opened
  onTestFinished(() => void db.close())
  const clock = createFakeClock()
  const store = createReplicaStore(db, { now: clock.now, uuid: createUuids(5) })
  store.meta.write('memberId', ANN)
  store.prepareIdentity()
  store.apply('team', chain('team', [joinText(ANN, '安', 'commander')]))
  return { file, db, clock, store }
}

const ENTRY = idOf(9)
const seen = (store: ReturnType<typeof createReplicaStore>, id = ENTRY) => store.read('entry', id) as Entity<EntryState> | undefined
const observe = (id: string, text: string) => ({
  scope: INCIDENT_SCOPE,
  kind: 'entry',
  id,
  type: 'entry.record',
  body: { kind: 'observation', text, happenedAt: TWO_AT_NIGHT },
})
const rows = (db: Db, sql: string) => db.prepare(sql).all()

test('a commit is all or nothing, and what it refuses leaves no trace', () => {
  const { db, store } = openStore()
  store.apply(INCIDENT_SCOPE, chain(INCIDENT_SCOPE, [declareText()]))
  const result = store.commit([
    observe(ENTRY, '一'),
    { ...observe(idOf(10), '二'), body: { kind: 'observation', text: '', happenedAt: 0 } },
  ])
  expect(result).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  expect(seen(store)).toBeUndefined()
  expect(store.pendingCount().count).toBe(0)
  expect(rows(db, 'SELECT * FROM search_docsize')).toHaveLength(1)
  expect(store.commit([observe(ENTRY, '一')]).ok).toBe(true)
  expect(seen(store)?.state.text).toBe('一')
})

test('B7: an op that is too large is refused before it is kept', () => {
  const { store } = openStore()
  store.apply(INCIDENT_SCOPE, chain(INCIDENT_SCOPE, [declareText()]))
  const points = Array.from({ length: 500 }, (_, index) => [TWO_AT_NIGHT + index, index])
  const huge = {
    scope: INCIDENT_SCOPE,
    kind: 'points',
    id: idOf(8),
    type: 'series.add-points',
    body: { seriesId: idOf(7), points, pad: 'x'.repeat(60_000) },
  }
  expect(store.commit([huge])).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  expect(store.pendingCount().count).toBe(0)
})

test('records that do not follow on are not taken: a gap, another log, a changed record', () => {
  const { store } = openStore()
  const records = chain(INCIDENT_SCOPE, [
    declareText(),
    ...Array.from({ length: 6 }, (_, index) => entryText(idOf(20 + index), `第 ${index} 条`)),
  ])
  expect(store.apply(INCIDENT_SCOPE, records.slice(0, 3))).toMatchObject({ kind: 'applied' })
  expect(store.apply(INCIDENT_SCOPE, records.slice(4))).toEqual({ kind: 'gap', have: 3 })
  const changed = records.map((record) => (record.seq === 5 ? { ...record, bytes: record.bytes.replace('条', '行') } : record))
  expect(store.apply(INCIDENT_SCOPE, changed.slice(3))).toEqual({ kind: 'forked', at: 5 })
  // The records before the fork are kept.
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(4)
  const other = chain(
    INCIDENT_SCOPE,
    records.map((record) => record.bytes),
    BEN,
  )
  expect(store.apply(INCIDENT_SCOPE, other.slice(4))).toEqual({ kind: 'forked', at: 5 })
  // Applying the same records twice has no further effect.
  expect(store.apply(INCIDENT_SCOPE, records)).toMatchObject({ kind: 'applied' })
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(7)
})

test('P13: an op of a newer version waits beside what it touches, which is read-only until the update', () => {
  const { db, store } = openStore()
  const newer = opText({ type: 'entry.paint', version: 1, kind: 'entry', id: ENTRY, body: { colour: 'red' } })
  const records = chain(INCIDENT_SCOPE, [declareText(), entryText(ENTRY, '一'), newer, entryText(idOf(10), '二')])
  expect(store.apply(INCIDENT_SCOPE, records)).toMatchObject({ kind: 'applied' })
  expect(seen(store)).toMatchObject({ newer: true, state: { text: '一' } })
  expect(rows(db, 'SELECT seq FROM record WHERE parked = 1')).toEqual([{ seq: 3 }])
  expect(store.commit([{ scope: INCIDENT_SCOPE, kind: 'entry', id: ENTRY, type: 'entry.star', body: { starred: true } }])).toMatchObject({
    ok: false,
    failure: { code: 'unknown-type' },
  })
  expect(store.commit([{ scope: INCIDENT_SCOPE, kind: 'entry', id: idOf(10), type: 'entry.star', body: { starred: true } }]).ok).toBe(true)
})

test('P13: a critical op of a newer version freezes its scope where it stands; own work is kept, other scopes go on', () => {
  const { store } = openStore()
  const critical = opText({ type: 'incident.seal', version: 1, kind: 'incident', id: INCIDENT, body: {}, critical: true })
  const records = chain(INCIDENT_SCOPE, [declareText(), entryText(ENTRY, '一'), critical, entryText(idOf(10), '二')])
  store.apply(INCIDENT_SCOPE, records.slice(0, 2))
  expect(store.commit([observe(idOf(11), '自己的')]).ok).toBe(true)
  expect(store.apply(INCIDENT_SCOPE, records)).toEqual({ kind: 'frozen', type: 'incident.seal@1' })
  expect(store.cursor(INCIDENT_SCOPE)).toMatchObject({ seq: 2, frozen: 'incident.seal@1' })
  expect(store.apply(INCIDENT_SCOPE, records)).toEqual({ kind: 'frozen', type: 'incident.seal@1' })
  expect(seen(store, idOf(10))).toBeUndefined()
  expect(store.commit([observe(idOf(12), '再写')])).toMatchObject({ ok: false, failure: { code: 'unknown-type' } })
  expect(store.pendingCount().count).toBe(1)
  expect(store.apply('team', chain('team', [joinText(ANN, '安', 'commander'), joinText(BEN, '本')]).slice(1))).toMatchObject({
    kind: 'forked',
  })
})

test('a version that knows other ops than the last rebuilds its views, and says so until that is done', () => {
  const { db, store } = openStore()
  store.apply(INCIDENT_SCOPE, chain(INCIDENT_SCOPE, [declareText(), entryText(ENTRY, '一')]))
  expect(store.prepareIdentity()).toEqual({ knowsMore: false })
  store.meta.write('knownTypes', KNOWN_OP_TYPES.slice(1).join(' '))
  expect(store.prepareIdentity()).toEqual({ knowsMore: true })
  // The process died before the rebuild.
  expect(store.prepareIdentity()).toEqual({ knowsMore: true })
  const seenProgress: [number, number][] = []
  rebuildViews(db, (done, total) => void seenProgress.push([done, total]))
  expect(store.prepareIdentity()).toEqual({ knowsMore: false })
  expect(seenProgress.at(-1)).toEqual([3, 3])
  expect(seen(store)?.state.text).toBe('一')
})

test('P7: ops that the hub refuses, and even one that it cannot read, leave the outbox and keep their text for their author', () => {
  const { db, store } = openStore()
  store.apply(INCIDENT_SCOPE, chain(INCIDENT_SCOPE, [declareText()]))
  store.commit([observe(ENTRY, '会被拒绝')])
  const [pending] = store.pendingOps(10)
  const malformed = '{"opId": "written by a faulty version"}'
  db.prepare("INSERT INTO outbox VALUES (99, 'odd', ?, 'entry', ?, ?, 0)").run(INCIDENT_SCOPE, idOf(30), malformed)
  const rejection = (bytes: string, seq: number, previous: string): LogRecord => {
    const unsigned = {
      scope: `private:${ANN}`,
      seq,
      hubTime: 5,
      actor: ANN,
      outcome: { kind: 'rejected', code: 'incident-closed', params: {} },
      bytes,
    } as Omit<LogRecord, 'hash'>
    return { ...unsigned, hash: sha256(chainText(previous, unsigned)) }
  }
  const first = rejection(pending?.bytes ?? '', 1, CHAIN_START)
  const second = rejection(malformed, 2, first.hash)
  expect(store.apply(`private:${ANN}`, [first, second])).toMatchObject({ kind: 'applied', rejected: 2 })
  expect(store.pendingCount().count).toBe(0)
  expect(seen(store)).toBeUndefined()
  expect(rows(db, 'SELECT bytes, code FROM attention ORDER BY op_id')).toEqual(
    expect.arrayContaining([
      { bytes: pending?.bytes, code: 'incident-closed' },
      { bytes: malformed, code: 'incident-closed' },
    ]),
  )
})

test('an own op keeps standing over what others write meanwhile, and its view ends when it is recorded', () => {
  const { db, store } = openStore()
  const records = chain(
    INCIDENT_SCOPE,
    [
      declareText(),
      entryText(ENTRY, '一'),
      opText({ type: 'entry.comment', kind: 'entry', id: ENTRY, body: { commentId: idOf(40), text: '别人的' } }),
    ],
    ANN,
  )
  store.apply(INCIDENT_SCOPE, records.slice(0, 2))
  store.commit([{ scope: INCIDENT_SCOPE, kind: 'entry', id: ENTRY, type: 'entry.star', body: { starred: true } }])
  store.apply(INCIDENT_SCOPE, records)
  expect(seen(store)?.state).toMatchObject({ starred: true, comments: [{ text: '别人的' }] })
  expect(rows(db, `SELECT view IS NULL AS settled FROM entity WHERE id = '${ENTRY}'`)).toEqual([{ settled: 0 }])
  const own = store.pendingOps(1)[0]?.bytes ?? ''
  const all = chain(INCIDENT_SCOPE, [...records.map((record) => record.bytes), own])
  store.apply(INCIDENT_SCOPE, all)
  expect(rows(db, `SELECT view IS NULL AS settled FROM entity WHERE id = '${ENTRY}'`)).toEqual([{ settled: 1 }])
  expect(seen(store)?.state.starred).toBe(true)
})

test('S9: a row that is not what was written is not read', () => {
  const { db, store } = openStore()
  store.apply(INCIDENT_SCOPE, chain(INCIDENT_SCOPE, [declareText(), entryText(ENTRY, '一')]))
  db.exec(`UPDATE entity SET canonical = replace(canonical, '一', '二') WHERE id = '${ENTRY}'`)
  expect(() => store.read('entry', ENTRY)).toThrow('not what was written')
})

test('P3: records of any bytes are taken in without a fault, as long as they chain', () => {
  const { store } = openStore()
  const odd = [
    '',
    'null',
    '{}',
    '{"opId":1}',
    'x'.repeat(70_000),
    entryText(ENTRY, '一').replace('entry.record', 'entry.unknown'),
    entryText(idOf(10), '好'),
  ]
  expect(store.apply(INCIDENT_SCOPE, chain(INCIDENT_SCOPE, [declareText(), ...odd]))).toMatchObject({ kind: 'applied' })
  expect(store.cursor(INCIDENT_SCOPE)?.seq).toBe(odd.length + 1)
  expect(seen(store, idOf(10))?.state.text).toBe('好')
})
