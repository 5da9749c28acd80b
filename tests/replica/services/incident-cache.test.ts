import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openReplica, type Replica } from '#replica/open-replica.ts'
import { POINTS_OF_SERIES } from '#replica/services/series-reader.ts'
import { openWorkspace, type Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { done } from './open-incident.ts'

const HOUR = 3_600_000
const LEVELS = [1, 2, 3] as const

async function openDashboard(dataFolder: string): Promise<Workspace> {
  const workspace = await openWorkspace({ dataFolder, version: 'test', workers: workerUrls(import.meta.url), log: () => {} })
  onTestFinished(() => workspace.close())
  return workspace
}

function reopen(dataFolder: string): Replica {
  const ignore = () => undefined
  const opened = openReplica({
    file: join(dataFolder, 'replica.db'),
    dataFolder,
    mayCreate: false,
    readOnly: true,
    tableWorker: workerUrls(import.meta.url).table,
    announce: ignore,
    onSyncTrouble: ignore,
    onFault: ignore,
  })
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return opened.replica
}

/** What the dashboard reads. */
async function readDashboard(handlers: Pick<Replica['handlers'], 'incidents.list' | 'incidents.waiting' | 'incidents.risks'>) {
  return {
    incidents: await done(handlers['incidents.list']({})),
    waiting: await done(handlers['incidents.waiting']({ limit: 500 })),
    risks: await done(handlers['incidents.risks']({})),
  }
}

/** Waits for the sync, so that no record of the hub arrives between two reads. */
async function untilSynced(handlers: Workspace['handlers']): Promise<void> {
  while ((await done(handlers['workspace.status']({}))).sync.pending > 0) await nextTurn()
}

/** An act on the dashboard; one that the rules refuse changes nothing and is valid too. */
type Act = (handlers: Workspace['handlers'], pick: number) => unknown

const idOf = async (handlers: Workspace['handlers'], pick: number): Promise<string> => {
  const all = await done(handlers['incidents.list']({}))
  return all[pick % all.length]?.id ?? ''
}

const declare: Act = (handlers, pick) =>
  handlers['incidents.declare']({
    title: `事件 ${pick}`,
    type: 'product-problem',
    level: LEVELS[pick % 3] ?? 1,
    stage: 'initial-complaint',
    known: '',
    mode: 'real',
  })

const ACTS: readonly Act[] = [
  declare,
  async (handlers, pick) =>
    handlers['timeline.record']({ incidentId: await idOf(handlers, pick), kind: 'observation', text: `观察 ${pick}` }),
  async (handlers, pick) =>
    handlers['tasks.create']({
      incidentId: await idOf(handlers, pick),
      task: {
        title: `任务 ${pick}`,
        detail: '',
        phase: '预警期',
        department: null,
        owner: '',
        dueAt: Date.now() - HOUR,
        checklist: [],
        blockedBy: [],
      },
    }),
  async (handlers, pick) => {
    const incidentId = await idOf(handlers, pick)
    const [task] = await done(handlers['tasks.list']({ incidentId }))
    return task && handlers['tasks.move']({ incidentId, taskId: task.id, to: 'done', note: '' })
  },
  async (handlers, pick) => {
    const series =
      pick % 4 < 2
        ? ({ name: '负面占比', unit: '%', metric: 'sentiment', reading: 'level' } as const)
        : ({ name: '主流媒体报道', unit: '篇', metric: 'influence', reading: 'increments' } as const)
    return handlers['risk.enterNumber']({ incidentId: await idOf(handlers, pick), series, value: pick % 100 })
  },
  async (handlers, pick) => {
    const incidentId = await idOf(handlers, pick)
    const { inputs } = await done(handlers['risk.get']({ incidentId }))
    return handlers['risk.assess']({
      incidentId,
      inputs: { ...inputs, negativeShare: pick % 100 },
      verdict: pick % 2 === 0 ? 'confirmed' : 'noted',
      reason: '看过',
    })
  },
  async (handlers, pick) =>
    handlers['incidents.setStatus']({ incidentId: await idOf(handlers, pick), to: pick % 2 === 0 ? 'closed' : 'open', reason: '变了' }),
  async (handlers, pick) => handlers['incidents.revise']({ incidentId: await idOf(handlers, pick), title: `改名 ${pick}` }),
  async (handlers) => {
    const { rules, version } = await done(handlers['rules.get']({}))
    return handlers['rules.set']({
      version,
      rules: { ...rules, riskWeights: { spread: 0, sentiment: (version % 2) * 50, influence: 1, business: 0 } },
    })
  },
  (handlers, pick) => handlers['workspace.updateMe']({ name: `林舟 ${pick}` }),
]

test(
  'what the dashboard shows after any acts is what a replica that has kept nothing reads from the same file',
  { timeout: 120_000 },
  async () => {
    const acts = fc.array(fc.record({ act: fc.nat(ACTS.length - 1), pick: fc.nat(1000) }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(acts, async (chosen) => {
        const dataFolder = makeTempFolder('kept', 'quick')
        const workspace = await openDashboard(dataFolder)
        const { handlers } = workspace
        await done(handlers['workspace.setUp']({ name: '林舟', role: 'commander', language: 'zh-Hans' }))
        await declare(handlers, 0)
        for (const { act, pick } of chosen) {
          await ACTS[act]?.(handlers, pick)
          await readDashboard(handlers)
          await untilSynced(handlers)
          const anew = reopen(dataFolder)
          expect(await readDashboard(handlers)).toEqual(await readDashboard(anew.handlers))
          await anew.close()
        }
        await workspace.close()
      }),
      { numRuns: 40 },
    )
  },
)

test('what another process with the same data folder wrote is shown as well', async () => {
  const dataFolder = makeTempFolder('kept', 'quick')
  const one = await openDashboard(dataFolder)
  await done(one.handlers['workspace.setUp']({ name: '林舟', role: 'commander', language: 'zh-Hans' }))
  await declare(one.handlers, 1)
  expect((await readDashboard(one.handlers)).incidents.map(({ title }) => title)).toEqual(['事件 1'])
  const other = await openDashboard(dataFolder)
  const incidentId = await idOf(other.handlers, 0)
  await done(other.handlers['incidents.revise']({ incidentId, title: '改过的' }))
  await declare(other.handlers, 2)
  expect((await readDashboard(one.handlers)).incidents.map(({ title }) => title)).toEqual(['事件 2', '改过的'])
})

test('the points of a series are found by its name, not by looking at every row', async () => {
  const dataFolder = makeTempFolder('kept', 'quick')
  const workspace = await openDashboard(dataFolder)
  await done(workspace.handlers['workspace.setUp']({ name: '林舟', role: 'commander', language: 'zh-Hans' }))
  const { db, close } = reopen(dataFolder)
  const plan = db.prepare<[string], { detail: string }>(`EXPLAIN QUERY PLAN ${POINTS_OF_SERIES}`).all('x')
  await close()
  expect(plan.map(({ detail }) => detail)).toContainEqual(expect.stringContaining('USING INDEX entity_by_parent (parent=?)'))
})
