import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { TimelineFilter } from '#contract/timeline-api.ts'
import { openHub } from '#hub/open-hub.ts'
import { incidentService } from '#replica/services/incident-service.ts'
import { createIncidentCache } from '#replica/services/incident-cache.ts'
import type { ServiceContext } from '#replica/context/service-context.ts'
import { createSeriesReader } from '#replica/services/series-reader.ts'
import { createSortedRows } from '#replica/services/sorted-rows.ts'
import { createTimelineList } from '#replica/services/timeline-list.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, type Draft } from '#replica/store/replica-store.ts'
import { openDatabase } from '#storage/open-database.ts'
import { createUuids, seeded } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 2, 1)

const FILTERS: TimelineFilter[] = [
  { order: 'happened' },
  { order: 'recorded' },
  { order: 'happened', starred: true },
  { order: 'happened', kinds: ['action'] },
  { order: 'happened', from: START + DAY, to: START + 3 * DAY },
  { order: 'happened', tag: '法务' },
  { order: 'happened', text: '茶店' },
]

/** A replica with one incident, its hub, and a list that is notified of every change. */
async function openBench() {
  const folder = makeTempFolder('timeline-list', 'quick')
  const uuid = createUuids(1)
  let clock = START
  const now = () => (clock += 1000)
  const opened = openDatabase(join(folder, 'replica.db'), REPLICA_SCHEMA, true)
  const hub = openHub(join(folder, 'hub.db'), true, now)
  if (!opened.ok || !hub.ok) throw new Error('The databases do not open')
  const { db } = opened
  onTestFinished(() => {
    db.close()
    return hub.hub.close()
  })
  const list = createTimelineList(db)
  const kept = createIncidentCache(db)
  const store = createReplicaStore(db, { now, uuid }, (changes) => {
    list.note(changes)
    kept.note(changes)
  })
  store.prepareIdentity()
  const memberId = uuid()
  store.meta.write('memberId', memberId)
  const incidentId = uuid()
  const scope = incidentScope(incidentId)
  const commit = (...drafts: Draft[]) => {
    const result = store.commit(drafts)
    if (!result.ok) throw new Error(JSON.stringify(result.failure))
  }
  commit({ scope: TEAM_SCOPE, kind: 'member', id: memberId, type: 'member.join', body: { name: '安', role: 'commander' } })
  const declaration = {
    title: '门店',
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    known: '',
    mode: 'real',
    declaredAt: START,
    clocks: {},
  }
  commit({ scope, kind: 'incident', id: incidentId, type: 'incident.declare', body: declaration })
  const push = async (memberOfSession: string, limit: number) => {
    const { records } = await hub.hub.log.submit(
      store.pendingOps(limit).map(({ bytes }) => bytes),
      { memberId: memberOfSession, admission: null },
    )
    for (const [of, own] of Map.groupBy(records, (record) => record.scope)) store.apply(of, own)
  }
  await push(memberId, 10)
  const context = { db, store, now, uuid } as ServiceContext
  return {
    db,
    list,
    uuid,
    scope,
    incidentId,
    commit,
    push,
    memberId,
    incidents: incidentService(context, createSeriesReader(context), kept),
  }
}

type Bench = Awaited<ReturnType<typeof openBench>>
type Entries = { ids: string[]; imports: string[] }

const act = fc.record({
  what: fc.integer({ min: 0, max: 11 }),
  which: fc.nat(1000),
  at: fc.integer({ min: 0, max: 4 * DAY }),
  flag: fc.boolean(),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

async function perform(
  { uuid, scope, commit, push, memberId }: Bench,
  { ids, imports }: Entries,
  { what, which, at, flag }: Act,
): Promise<void> {
  const entryId = ids[which % Math.max(1, ids.length)]
  const importId = imports[which % Math.max(1, imports.length)]
  const record = (more: object = {}) => {
    const id = uuid()
    const body = { kind: flag ? 'action' : 'observation', text: which % 2 === 0 ? '茶店回应' : '顾客投诉', happenedAt: START + at, ...more }
    commit({ scope, kind: 'entry', id, type: 'entry.record', body })
    ids.push(id)
  }
  const change = (type: string, body: Record<string, unknown>) => {
    if (entryId !== undefined) commit({ scope, kind: 'entry', id: entryId, type, body })
  }
  if (what <= 2) record()
  else if (what === 3) record({ tags: ['法务'] })
  else if (what === 4) change('entry.star', { starred: flag })
  else if (what === 5) change('entry.correct', { content: { kind: 'action', text: '更正', happenedAt: START + at }, reason: '核实' })
  else if (what === 6) change('entry.tag', flag ? { add: ['法务'], remove: [] } : { add: [], remove: ['法务'] })
  else if (what === 7) await push(memberId, 1 + (which % 4))
  else if (what === 8) {
    // Refused ops disappear from their author's view, together with the entities that only they created.
    await push(uuid(), 100)
    ids.length = 0
    imports.length = 0
  } else if (what === 9) {
    const id = uuid()
    commit({ scope, kind: 'import', id, type: 'import.begin', body: { fileName: 'a.csv', fileHash: 'a'.repeat(64), target: 'timeline' } })
    for (let line = 1; line <= 3; line++) record({ importId: id, sourceLine: line })
    if (flag) commit({ scope, kind: 'import', id, type: 'import.complete', body: { imported: 3, refused: 0 } })
    if (flag) imports.push(id)
  } else if (what === 10 && importId !== undefined) {
    commit({ scope, kind: 'import', id: importId, type: 'import.undo', body: {} })
    imports.splice(imports.indexOf(importId), 1)
  }
}

test('property: a list kept in step with every change is the list read anew, in every filter, and the count of entries is theirs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const bench = await openBench()
      const { db, list, incidentId, incidents } = bench
      const entries: Entries = { ids: [], imports: [] }
      for (const one of acts) {
        await perform(bench, entries, one)
        // Refusals also remove ops that depend on the refused one, so the model's ids are unreliable; compare with a new list.
        const anew = createTimelineList(db)
        for (const filter of FILTERS) {
          const ids = (from: typeof list) => from.page(incidentId, filter, 0).rows.map(({ id }) => id)
          const found = ids(list)
          expect(found).toEqual(ids(anew))
          expect(list.outline(incidentId, filter, 'Asia/Shanghai', 'day')).toEqual({
            ...anew.outline(incidentId, filter, 'Asia/Shanghai', 'day'),
            version: expect.any(Number),
          })
          expect(list.outline(incidentId, filter, 'utc', 'hour').groups).toEqual(anew.outline(incidentId, filter, 'utc', 'hour').groups)
          for (const [position, id] of found.entries()) expect(list.locate(incidentId, filter, id)).toBe(position)
        }
        const got = incidents['incidents.get']({ incidentId })
        expect(got).toMatchObject({ value: { entryCount: list.outline(incidentId, { order: 'happened' }, 'utc', 'day').total } })
      }
    }),
    seeded(60),
  )
})

test('property: sorted rows hold what was inserted and not removed, by time and then by row', () => {
  const change = fc.record({ time: fc.integer({ min: 0, max: 20 }), row: fc.integer({ min: 1, max: 3000 }), remove: fc.boolean() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3000, size: 'max' }), (changes) => {
      const rows = createSortedRows()
      const model = new Map<number, number>()
      for (const { time, row, remove } of changes) {
        rows.remove(row)
        model.delete(row)
        if (remove) continue
        rows.insert(time, row, row % 251)
        model.set(row, time)
      }
      const expected = [...model].toSorted(([rowA, a], [rowB, b]) => a - b || rowA - rowB)
      expect(Array.from(rows.slice(0, rows.length))).toEqual(expected.map(([row]) => row))
      expect(Array.from(rows.times())).toEqual(expected.map(([, time]) => time))
      expect(Array.from(rows.marks())).toEqual(expected.map(([row]) => row % 251))
      for (const [position, [row]] of expected.entries()) if (position % 97 === 0) expect(rows.indexOf(row)).toBe(position)
      expect(rows.indexOf(5000)).toBe(-1)
    }),
    seeded(30),
  )
})
