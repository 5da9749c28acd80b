import { join } from 'node:path'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { TaskState } from '#domain/tasks/task.ts'
import { createEntityList, type EntityList, type ListCursor } from '#replica/store/entity-list.ts'
import { createEntityTable, seenEntity, type EntityRow } from '#replica/store/entity-table.ts'
import { TASK_DUE, TASK_LIST, TASKS_BY_DUE, TASKS_BY_PHASE } from '#replica/store/lists.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { percentile, timeEach } from './percentiles.ts'
import { createRandom } from './random.ts'

const TASKS = 200_000
const PAGE = 100
const READS = 2000
const GOAL = { of: 'value', limit: 10 } as const
const SCOPE = incidentScope('00000000-0000-7000-8000-000000000001')
const FILE = 'replica.db'

function openTables(folder: string): Db {
  const opened = openDatabase(join(folder, FILE), REPLICA_SCHEMA, true)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return opened.db
}

/** Writes the rows of an incident whose plan has a task for every customer, a third of them done. */
function fill(folder: string): void {
  const db = openTables(folder)
  const table = createEntityTable(db)
  const random = createRandom(7)
  db.pragma('synchronous = OFF')
  db.transaction(() => {
    for (let index = 0; index < TASKS; index += 1) {
      const order = random.below(TASKS)
      const state: TaskState = {
        title: `回电客户 ${index}`,
        detail: '说明批次、退款办法与时限',
        phase: '处置期',
        department: 'call-center',
        owner: `客服 ${index % 40}`,
        dueAt: 1_772_000_000_000 + order * 1000,
        checklist: [],
        blockedBy: [],
        progress: index % 3 === 0 ? 'done' : 'todo',
        plan: null,
        order,
        createdAt: 1_771_000_000_000 + index,
        createdBy: '安',
        endedAt: null,
        endedBy: null,
        note: '',
      }
      const task: Entity<TaskState> = { kind: 'task', id: `task-${index}`, scope: SCOPE, state, stamps: {}, superseded: [], newer: false }
      table.save('task', task.id, { row: null, canonical: task, view: task, pending: false }, undefined, new Map())
    }
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/** A list of one kind of entity, page by page in order, compared with reading as many rows by row number. */
export const listBenchmark: Benchmark = {
  name: 'list',
  about: `pages of ${PAGE} of a list of ${TASKS} tasks in one incident, one after the other, beside as many rows by their number`,
  async run(workshop) {
    const db = openTables(await workshop.dataSet(`tasks-${TASKS}`, (folder) => Promise.resolve(fill(folder))))
    const list = createEntityList(db, TASK_LIST)
    const byPhase = createEntityList(db, TASKS_BY_PHASE)
    const byDue = createEntityList(db, TASKS_BY_DUE)
    const byNumber = db.prepare<[string], EntityRow>('SELECT entity.* FROM json_each(?) AS wanted JOIN entity ON entity.row = wanted.value')
    const random = createRandom(11)
    const readKnown = () => {
      const wanted = Array.from({ length: PAGE }, () => 1 + random.below(TASKS))
      byNumber.all(JSON.stringify(wanted)).map(seenEntity)
    }
    const measure = <Filter extends string>(of: EntityList<Filter>, query: Parameters<typeof of.page>[0]): number[] => {
      let after: ListCursor | null = null
      return timeEach(READS, () => {
        const page = of.page(query, after, PAGE)
        page.rows.map(seenEntity)
        after = page.next
      })
    }
    try {
      const known = timeEach(READS, readKnown)
      const open = { scope: SCOPE, filter: 'open', is: [1] } as const
      const phase = { scope: SCOPE, filter: 'openPhase', is: [1, '处置期'] } as const
      const mine = ['name 客服 7', 'member m', 'department pr'].map(
        (owner) => ({ scope: SCOPE, filter: 'ownerPhase', is: [1, owner, '处置期'] }) as const,
      )
      const soon = { column: TASK_DUE, value: 1_772_000_000_000 + 20_000 * 1000 }
      const due = [0, 1].map((blocked) => ({ scope: SCOPE, filter: 'openDue', is: [1, blocked], below: soon }) as const)
      const counts = timeEach(20, () => void list.count(open))
      const dueCounts = timeEach(20, () => void due.forEach((query) => byDue.count(query)))
      const phaseCounts = timeEach(20, () => void byPhase.countBy({ scope: SCOPE, filter: 'progress', is: [] }))
      const figures: Figure[] = []
      for (const [name, times] of [
        ['all tasks', measure(list, { scope: SCOPE, filter: 'all', is: [] })],
        ['open tasks', measure(list, open)],
        ['open tasks of a phase', measure(byPhase, phase)],
        ['overdue tasks of a phase', measure(byPhase, { ...phase, below: soon })],
        ['the tasks of one member', measure(byPhase, mine)],
        ['tasks by due time', measure(byDue, due)],
      ] as const) {
        for (const [share, label] of [
          [0.5, 'p50'],
          [0.99, 'p99'],
        ] as const) {
          figures.push({
            name: `page of ${name}, ${label}`,
            value: percentile(times, share),
            unit: 'ms',
            more: false,
            baseline: { name: 'as many rows by their number', value: percentile(known, share) },
            ...(share === 0.99 ? { goal: GOAL } : {}),
          })
        }
      }
      return [
        ...figures,
        { name: 'how many are open, p50', value: percentile(counts, 0.5), unit: 'ms', more: false },
        { name: 'how many are overdue, p50', value: percentile(dueCounts, 0.5), unit: 'ms', more: false },
        { name: 'the progress of every phase, p50', value: percentile(phaseCounts, 0.5), unit: 'ms', more: false },
      ]
    } finally {
      db.close()
    }
  },
}
