import { hash } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { isOpenTask, type TaskState } from '#domain/tasks/task.ts'
import { openHub } from '#hub/open-hub.ts'
import { createEntityList, indexLists, listIndexes, type ListCursor, type ListQuery } from '#replica/store/entity-list.ts'
import { seenEntity } from '#replica/store/entity-table.ts'
import { LISTS, TASK_DUE, TASK_LIST, TASKS_BY_DUE } from '#replica/store/lists.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, type Draft } from '#replica/store/replica-store.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { createUuids } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const START = Date.UTC(2026, 2, 1)
const TASK = { title: '任务', detail: '', phase: '预警期', department: null, owner: '', dueAt: null, checklist: [], blockedBy: [] }
type Filter = keyof typeof TASK_LIST.filters & string

/** A replica with two incidents, and its hub. */
async function openReplicaFile() {
  const folder = makeTempFolder('entity-list', 'quick')
  const file = join(folder, 'replica.db')
  const uuid = createUuids(1)
  let clock = START
  // Several ops have the same time, so that ties are broken by the order of arrival.
  let ops = 0
  const now = () => (clock += (ops += 1) % 3 === 0 ? 1000 : 0)
  const opened = openDatabase(file, REPLICA_SCHEMA, true)
  const hub = openHub(join(folder, 'hub.db'), true, now)
  if (!opened.ok || !hub.ok) throw new Error('The databases do not open')
  const { db } = opened
  onTestFinished(() => {
    db.close()
    return hub.hub.close()
  })
  const store = createReplicaStore(db, { now, uuid }, () => undefined)
  store.prepareIdentity()
  const memberId = uuid()
  store.meta.write('memberId', memberId)
  const commit = (...drafts: Draft[]) => {
    const result = store.commit(drafts)
    if (!result.ok) throw new Error(JSON.stringify(result.failure))
  }
  commit({ scope: TEAM_SCOPE, kind: 'member', id: memberId, type: 'member.join', body: { name: '安', role: 'commander' } })
  const scopes = [uuid(), uuid()].map((id) => {
    const scope = incidentScope(id)
    const body = {
      title: '门店',
      type: 'product-problem',
      level: 1,
      stage: 'initial-complaint',
      known: '',
      mode: 'real',
      declaredAt: START,
      clocks: {},
    }
    commit({ scope, kind: 'incident', id, type: 'incident.declare', body })
    return scope
  })
  const push = async (limit: number) => {
    const { records } = await hub.hub.log.submit(
      store.pendingOps(limit).map(({ bytes }) => bytes),
      { memberId, admission: null },
    )
    for (const [of, own] of Map.groupBy(records, (record) => record.scope)) store.apply(of, own)
  }
  await push(10)
  const read = (id: string) => store.read('task', id) as Entity<TaskState> | undefined
  return {
    db,
    file,
    scope: scopes[0] ?? '',
    push,
    read,
    add(scope: string, order: number): string {
      const id = uuid()
      commit({ scope, kind: 'task', id, type: 'task.create', body: { ...TASK, order } })
      return id
    },
    move(id: string, to: TaskState['progress']): void {
      const task = read(id)
      if (task && task.state.progress !== to)
        commit({ scope: task.scope, kind: 'task', id, type: 'task.move', body: { from: task.state.progress, to, note: '理由' } })
    },
    otherScope: scopes[1] ?? '',
    list: createEntityList(db, TASK_LIST),
  }
}

/** The ids in the expected order: all rows of the table, filtered and sorted here. */
function plainly(db: Db, { scope, filter, is }: ListQuery<Filter>): { id: string; key: string }[] {
  const rows = db.prepare<[string], Parameters<typeof seenEntity>[0] & { row: number }>(
    "SELECT * FROM entity WHERE kind = 'task' AND scope = ?",
  )
  return rows
    .all(scope)
    .map((row) => ({ row: row.row, task: seenEntity(row) as Entity<TaskState> }))
    .filter(({ task }) => {
      if (filter === 'all') return true
      return filter === 'open' ? isOpenTask(task.state) === (is[0] === 1) : task.state.plan === null
    })
    .toSorted((a, b) => a.task.state.order - b.task.state.order || a.task.state.createdAt - b.task.state.createdAt || a.row - b.row)
    .map(({ row, task }) => ({ id: task.id, key: `${task.state.order} ${task.state.createdAt} ${row}` }))
}

const act = fc.oneof(
  fc.record({ do: fc.constant('add' as const), order: fc.integer({ min: 0, max: 3 }), other: fc.boolean() }),
  fc.record({
    do: fc.constant('move' as const),
    which: fc.nat(60),
    to: fc.constantFrom('todo' as const, 'doing' as const, 'done' as const, 'dropped' as const),
  }),
  fc.record({ do: fc.constant('push' as const), limit: fc.integer({ min: 1, max: 8 }) }),
)

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

test('pages follow each other in the order of a plain sort, with pending ops, ties, filters and writes in between', async () => {
  const at = await openReplicaFile()
  const ids: string[] = []
  const perform = async (one: Act): Promise<void> => {
    if (one.do === 'add') ids.push(at.add(one.other ? at.otherScope : at.scope, one.order))
    else if (one.do === 'push') await at.push(one.limit)
    else at.move(ids[one.which % Math.max(1, ids.length)] ?? '', one.to)
  }
  const queries: ListQuery<Filter>[] = [
    { scope: at.scope, filter: 'all', is: [] },
    { scope: at.otherScope, filter: 'all', is: [] },
    { scope: at.scope, filter: 'open', is: [1] },
    { scope: at.scope, filter: 'open', is: [0] },
    { scope: at.scope, filter: 'plan', is: [''] },
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 10 }),
      fc.array(act, { maxLength: 6 }),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(...queries),
      async (before, between, limit, query) => {
        for (const one of before) await perform(one)
        const standing = plainly(at.db, query)
        const seen: string[] = []
        let after: ListCursor | null = null
        do {
          const page: ReturnType<typeof at.list.page> = at.list.page(query, after, limit)
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          seen.push(...page.rows.map(({ id }) => id))
          after = page.next
          const one = between.pop()
          if (one) await perform(one)
        } while (after !== null)
        // Items that kept their position were seen once, in order; a task moves when the hub's time replaces the local one.
        const places = new Set(plainly(at.db, query).map(({ id, key }) => `${id} ${key}`))
        const kept = standing.filter(({ id, key }) => places.has(`${id} ${key}`)).map(({ id }) => id)
        expect(seen.filter((id) => kept.includes(id))).toEqual(kept.filter((id) => seen.includes(id)))
        if (between.length === 0 && query.filter === 'all') expect(kept.every((id) => seen.includes(id))).toBe(true)
        // Nothing is written from here on.
        const now = plainly(at.db, query).map(({ id }) => id)
        expect([...at.list.all(query)].map(({ id }) => id)).toEqual(now)
        expect(at.list.count(query)).toBe(now.length)
      },
    ),
    { numRuns: 60, seed: 20260301 },
  )
  expect(ids.length).toBeGreaterThan(60)
})

test('every page and count is read from its index, without sorting', async () => {
  const { db } = await openReplicaFile()
  for (const list of LISTS) {
    for (const [filter, columns] of Object.entries(list.filters)) {
      const asked: string[] = []
      const prepare = (sql: string) => {
        asked.push(sql)
        return db.prepare(sql)
      }
      const watched = new Proxy(db, { get: (target, key) => (key === 'prepare' ? prepare : Reflect.get(target, key)) })
      const at = createEntityList(watched, list)
      const query = { scope: 'x', filter, is: columns.map(() => 1) }
      const cursor = [...list.order.map(() => 1), 1]
      at.page(query, null, 1)
      at.page(query, cursor, 1)
      at.count(query)
      at.countBy({ ...query, is: [] })
      if (columns.length > 0) at.distinct({ ...query, is: query.is.slice(1) })
      expect(asked.length).toBeGreaterThanOrEqual(columns.length > 0 ? 5 : 3)
      for (const sql of asked) {
        const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', '1')}`).all()
        const reads = plan.map(({ detail }) => detail).join('; ')
        expect(reads, sql).toMatch(
          new RegExp(
            `^SEARCH entity USING (?:COVERING )?INDEX list_task_${filter} \\([^;]*${sql.includes('>=') ? '<expr>>\\?' : ''}\\)$`,
            'u',
          ),
        )
      }
    }
  }
})

test('only what is due before a time is read, from the part of the index that has it', async () => {
  const { db } = await openReplicaFile()
  const asked: string[] = []
  const prepare = (sql: string) => {
    asked.push(sql)
    return db.prepare(sql)
  }
  const watched = new Proxy(db, { get: (target, key) => (key === 'prepare' ? prepare : Reflect.get(target, key)) })
  const below = { column: TASK_DUE, value: START }
  createEntityList(watched, TASKS_BY_DUE).count({ scope: 'x', filter: 'openDue', is: [1, 0], below })
  createEntityList(watched, TASKS_BY_DUE).page({ scope: 'x', filter: 'ownerDue', is: [1, 'name 安', 0], below }, null, 1)
  for (const sql of asked) {
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', '1')}`).all()
    expect(plan.map(({ detail }) => detail).join('; ')).toMatch(
      /^SEARCH entity USING (?:COVERING )?INDEX list_task_\w+Due \([^;]*<expr><\?\)$/u,
    )
  }
})

test('an older file gains the indexes of the lists, also where the JSON of a row is damaged, and loses those of lists that are no more', async () => {
  const { db, file, add, scope, list } = await openReplicaFile()
  const ids = [2, 0, 1].map((order) => add(scope, order))
  db.exec(
    `${[...listIndexes(LISTS).keys()].map((name) => `DROP INDEX ${name};`).join(' ')} CREATE INDEX list_gone ON entity (id); PRAGMA user_version = 6`,
  )
  const broken = add(scope, 3)
  db.prepare('UPDATE entity SET view = \'{"state":\' WHERE id = ?').run(broken)
  const again = openDatabase(file, REPLICA_SCHEMA, false)
  if (!again.ok) throw new Error(again.trouble.detail)
  onTestFinished(() => void again.db.close())
  const present = again.db.prepare("SELECT name, sql FROM sqlite_schema WHERE name GLOB 'list_*' ORDER BY name").raw().all()
  expect(Object.fromEntries(present as [string, string][])).toEqual(Object.fromEntries(listIndexes(LISTS)))
  expect(again.db.pragma('user_version', { simple: true })).toBe(REPLICA_SCHEMA.version)
  const rows = list.page({ scope, filter: 'all', is: [] }, null, 10).rows.map(({ id }) => id)
  expect(rows).toEqual([broken, ids[1], ids[2], ids[0]])
  // A damaged row can be repaired like any other.
  again.db.prepare('UPDATE entity SET view = canonical WHERE id = ?').run(broken)
})

test('whoever declares a list otherwise makes the version of the tables higher: else older files would not gain its index', () => {
  const declared = hash('sha256', JSON.stringify([...listIndexes(LISTS)])).slice(0, 12)
  expect({ version: REPLICA_SCHEMA.version, declared }).toEqual({ version: 8, declared: '5d4278c4a947' })
})

test('indexes that stand already are left as they are', async () => {
  const { db } = await openReplicaFile()
  const schemaOf = () => db.pragma('schema_version', { simple: true })
  const before = schemaOf()
  indexLists(db, LISTS)
  expect(schemaOf()).toBe(before)
})
