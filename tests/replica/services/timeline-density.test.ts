import { join } from 'node:path'
import { DateTime } from 'luxon'
import { expect, onTestFinished, test } from 'vitest'
import { incidentScope } from '#domain/log/ids.ts'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { LEAST_GAP } from '#domain/timeline/gaps.ts'
import { PAGE_SIZE, type TimelineFilter } from '#contract/timeline-api.ts'
import { clockMarks, countDensity } from '#replica/services/timeline-density.ts'
import { MOST_HOURS } from '#replica/services/timeline-groups.ts'
import { createTimelineList } from '#replica/services/timeline-list.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { openDatabase } from '#storage/open-database.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { createRandom, createUuids } from '#tests/support/seeded.ts'
import { declareIncident, openReadyWorkspace } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

// Demand, the timeline grown up: gaps, groups by hour or day, density strip, at any length. MO-07, C2-06: met and missed clocks.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ENTRIES = 100_000
const ZONE = 'Asia/Shanghai'
const DECLARED = Date.UTC(2026, 10, 19, 18)

type Known = { at: number; recorded: number; kind: number; starred: boolean }

/** A replica's tables with 100,000 entries over three days, a gap of 200 minutes in the middle, in the format of the store. */
function openLongIncident() {
  const opened = openDatabase(join(makeTempFolder('density', 'quick'), 'replica.db'), REPLICA_SCHEMA, true)
  if (!opened.ok) throw new Error('The database does not open')
  const { db } = opened
  onTestFinished(() => void db.close())
  const uuid = createUuids(3)
  const random = createRandom(9)
  const incidentId = uuid()
  const insert = db.prepare(
    `INSERT INTO entity (kind, id, scope, canonical, view, sum, sort_at, recorded_at, facet, parent, origin, starred) VALUES (?, ?, ?, '{}', NULL, 0, ?, ?, ?, '', NULL, ?)`,
  )
  const known: Known[] = []
  db.transaction(() => {
    insert.run('incident', incidentId, incidentScope(incidentId), DECLARED, DECLARED, 'active', 0)
    for (let index = 0; index < ENTRIES; index += 1) {
      const half = index % 2 === 0 ? 0 : 36 * HOUR + 200 * MINUTE
      const at = DECLARED + half + Math.floor(random() * 36 * HOUR)
      const one: Known = { at, recorded: at + (index % 1000 === 0 ? 2 * HOUR : 0), kind: index % 9, starred: index % 500 === 0 }
      insert.run('entry', uuid(), incidentScope(incidentId), one.at, one.recorded, ENTRY_KINDS[one.kind], one.starred ? 1 : 0)
      known.push(one)
    }
  })()
  return { db, incidentId, known, list: createTimelineList(db) }
}

test('100,000 entries: groups, gaps and buckets are what counting each entry gives', { timeout: 120_000 }, () => {
  const { db, incidentId, known, list } = openLongIncident()
  const order = { order: 'happened' } as const
  const sorted = known.toSorted((a, b) => a.at - b.at)
  const kindsOf = (entries: readonly Known[]) => ENTRY_KINDS.map((_, kind) => entries.filter((entry) => entry.kind === kind).length)

  for (const group of ['day', 'hour'] as const) {
    const outline = list.outline(incidentId, order, ZONE, group)
    const counted = Map.groupBy(sorted, ({ at }) => DateTime.fromMillis(at, { zone: ZONE }).startOf(group).toMillis())
    expect(outline.groups).toEqual([...counted].map(([at, entries]) => ({ at, count: entries.length, kinds: kindsOf(entries) })))
    expect(outline.all).toEqual({ total: ENTRIES, starred: 200, late: 100 })
    expect(outline.gapRule).toMatchObject({ leastMs: LEAST_GAP })
  }

  const later = sorted.findIndex(({ at }) => at >= DECLARED + 36 * HOUR)
  const gaps = Array.from({ length: ENTRIES / PAGE_SIZE }, (_, page) =>
    list.page(incidentId, order, page).gaps.map(({ row, ms }) => [page * PAGE_SIZE + row, ms]),
  ).flat()
  expect(gaps).toEqual([[later, (sorted[later]?.at ?? 0) - (sorted[later - 1]?.at ?? 0)]])
  expect(gaps[0]?.[1]).toBeGreaterThanOrEqual(200 * MINUTE)

  const marks = [{ clock: 'response', mark: 'missed', at: DECLARED + HOUR } as const]
  const starred: TimelineFilter = { ...order, starred: true }
  const buckets = countDensity(list, incidentId, starred, marks, ZONE)
  expect(buckets.length).toBeGreaterThan(60)
  for (const { from, to, count, shown, first, kinds, clocks } of buckets) {
    const inside = sorted.filter(({ at }) => at >= from && at < to)
    expect([count, shown, kinds]).toEqual([inside.length, inside.filter((entry) => entry.starred).length, kindsOf(inside)])
    expect(first).toBe(sorted.filter((entry) => entry.starred && entry.at < from).length)
    expect(clocks).toEqual(from <= DECLARED + HOUR && DECLARED + HOUR < to ? marks : [])
  }
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(ENTRIES)

  // Each order is read from an index alone.
  for (const [column, index] of [
    ['sort_at', 'entity_by_sort'],
    ['recorded_at', 'entity_by_recording'],
  ] as const) {
    const plan = db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT sort_at, recorded_at, row, facet, starred, origin FROM entity WHERE kind = 'entry' AND scope = 'x' ORDER BY ${column}, row`,
      )
      .all()
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining(`COVERING INDEX ${index}`)])
  }
})

test('more hours than a screen is sent are grouped by days, and said to be', () => {
  const { db, incidentId, list } = openLongIncident()
  db.prepare("UPDATE entity SET sort_at = ? + row * 3600000 WHERE kind = 'entry' AND row <= ?").run(DECLARED, MOST_HOURS + 10)
  db.prepare("DELETE FROM entity WHERE kind = 'entry' AND row > ?").run(MOST_HOURS + 10)
  expect(list.outline(incidentId, { order: 'happened' }, ZONE, 'hour')).toMatchObject({ grouping: 'day', total: MOST_HOURS + 9 })
  expect(list.outline(incidentId, { order: 'happened', from: DECLARED + 20 * HOUR }, ZONE, 'hour').grouping).toBe('hour')
})

test('gaps are marked only where nothing is hidden; which clocks were met or missed is told by when', async () => {
  const under = await openReadyWorkspace(join(makeTempFolder('density-gaps', 'quick'), 'data'))
  const incidentId = await declareIncident(under)
  const incident = await under.value('incidents.get', { incidentId })
  const { declaredAt } = incident
  await under.value('timeline.record', {
    incidentId,
    kind: 'decision',
    text: '先下架',
    happenedAt: declaredAt - 5 * HOUR,
    decision: { reason: '批次', decidedBy: '安' },
  })
  await under.value('timeline.record', { incidentId, kind: 'statement', text: '第一份声明', happenedAt: declaredAt, meets: ['response'] })
  const filters: CallFilter[] = [
    {},
    { from: declaredAt - 6 * HOUR },
    { kinds: ['decision', 'statement'] },
    { starred: true },
    { text: '声明' },
    { tag: '华东' },
  ]
  const marked: boolean[] = []
  for (const filter of filters) {
    const { gapRule } = await under.value('timeline.outline', { incidentId, filter, zone: ZONE })
    const { gaps } = await under.value('timeline.page', { incidentId, filter, page: 0 })
    expect(gaps.length > 0).toBe(gapRule !== null)
    marked.push(gapRule !== null)
  }
  expect(marked).toEqual([true, true, false, false, false, false])
  const { buckets } = await under.value('timeline.density', { incidentId, filter: {}, zone: ZONE })
  expect(buckets.flatMap(({ clocks }) => clocks)).toEqual([{ clock: 'response', mark: 'met', at: declaredAt }])
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(
    (await under.value('timeline.outline', { incidentId, filter: {}, zone: ZONE })).total,
  )
  expect(await under.failure('timeline.density', { incidentId: '01a20252-f881-7163-8fa9-1ffaed87f25f', filter: {}, zone: ZONE })).toBe(
    'not-found',
  )
})

type CallFilter = Partial<TimelineFilter>

test('a clock that was met late was missed first, and one that runs or was stopped has no mark', () => {
  const clock = { id: 'response', limitMs: HOUR, dueAt: TWO_AT_NIGHT } as const
  const met = (at: number) => [{ ...clock, met: { entryId: 'e', at, by: 'm' } }]
  expect(clockMarks([{ ...clock, met: null }], TWO_AT_NIGHT, null)).toEqual([])
  expect(
    clockMarks([{ ...clock, met: null, stopped: { by: 'm', at: TWO_AT_NIGHT - 1, reason: '不适用' } }], TWO_AT_NIGHT + HOUR, null),
  ).toEqual([])
  expect(clockMarks([{ ...clock, met: null }], TWO_AT_NIGHT + 1, null)).toEqual([{ clock: 'response', mark: 'missed', at: TWO_AT_NIGHT }])
  expect(clockMarks(met(TWO_AT_NIGHT), TWO_AT_NIGHT + HOUR, null)).toEqual([{ clock: 'response', mark: 'met', at: TWO_AT_NIGHT }])
  expect(clockMarks(met(TWO_AT_NIGHT + 1), TWO_AT_NIGHT + HOUR, null)).toEqual([
    { clock: 'response', mark: 'missed', at: TWO_AT_NIGHT },
    { clock: 'response', mark: 'met-late', at: TWO_AT_NIGHT + 1 },
  ])
  // A clock of an incident that was closed before the clock ran out is not missed.
  expect(clockMarks([{ ...clock, met: null }], TWO_AT_NIGHT + HOUR, { at: TWO_AT_NIGHT - 1 })).toEqual([])
  expect(clockMarks([{ ...clock, met: null }], TWO_AT_NIGHT + HOUR, { at: TWO_AT_NIGHT + 1 })).toEqual([
    { clock: 'response', mark: 'missed', at: TWO_AT_NIGHT },
  ])
})
