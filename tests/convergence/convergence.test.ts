import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { privateScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { findChainFault, type LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/log/step.ts'
import { rebuildViews, recordOfRow } from '#replica/store/rebuild.ts'
import { seenEntity, type EntityRow } from '#replica/store/entity-table.ts'
import { FATES, type Fate } from '#tests/support/faulty-link.ts'
import { ANN, BEN, idOf, sha256 } from '#tests/support/log-texts.ts'
import { seeded } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { anyAct, type Act } from './acts.ts'
import { naiveState, shownState, type NaiveState } from './naive-state.ts'
import { canonicalDump, createSimulation, sharedCursors, type Node, type Simulation } from './simulation.ts'

type Step =
  | { do: 'act'; node: number; act: Act; wake: boolean }
  | { do: 'deliver'; place: number; fate: Fate }
  | { do: 'kill'; node: number }
  | { do: 'force'; node: number; what: number }
  | { do: 'time'; node: number; jump: number }

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
const node = fc.nat(2)
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('act' as const), node, act: anyAct, wake: fc.boolean() }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('deliver' as const), place: fc.nat(9), fate: fc.oneof({ weight: 5, arbitrary: fc.constant('arrives' as const) }, fc.constantFrom(...FATES)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), node }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('force' as const), node, what: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time' as const), node, jump: fc.constantFrom(-YEAR, -HOUR, 1000, 61_000, HOUR, YEAR) }) },
)

/** Ops that the hub must refuse for good, and that must not stand in the way of the next. */
function illegal(simulation: Simulation, what: number) {
  const incident = simulation.world.incidents[0] ?? idOf(0x77)
  const scope = `incident:${incident}`
  return (
    [
      { scope, kind: 'entry', id: idOf(0x78), type: 'entry.star', body: { starred: true } },
      { scope: 'team', kind: 'entry', id: idOf(0x79), type: 'entry.record', body: { kind: 'observation', text: '错放', happenedAt: simulation.hubClock.now() } },
      { scope, kind: 'incident', id: incident, type: 'incident.revise', body: { title: '' } },
      { scope, kind: 'entry', id: idOf(0x7a), type: 'entry.forget', body: {} },
    ][what] ?? { scope, kind: 'x', id: 'y', type: 'x.y', body: {} }
  )
}

async function run(simulation: Simulation, steps: readonly Step[]): Promise<void> {
  const seqs = new Map<string, number>()
  for (const one of steps) {
    simulation.hubClock.advance(700)
    for (const each of simulation.nodes) each.clock.advance(700)
    const here = 'node' in one ? simulation.nodes[one.node % simulation.nodes.length] : undefined
    if (one.do === 'act' && here) {
      simulation.act(here, one.act)
      if (one.wake) void here.sync.wake()
    } else if (one.do === 'deliver') await simulation.network.next(one.place, one.fate)
    else if (one.do === 'kill' && here) simulation.kill(here)
    else if (one.do === 'force' && here) simulation.force(here, illegal(simulation, one.what))
    else if (one.do === 'time' && here) here.clock.advance(one.jump)
    await simulation.settle()
    // P9: no cursor ever goes back.
    for (const each of simulation.nodes) {
      for (const { scope, seq } of each.store.cursors()) {
        expect(seq).toBeGreaterThanOrEqual(seqs.get(`${each.name} ${scope}`) ?? 0)
        seqs.set(`${each.name} ${scope}`, seq)
      }
    }
  }
}

/** A run in a folder of its own, cleaned away whatever happens. */
async function simulate(root: string, members: readonly string[], steps: readonly Step[], check: (simulation: Simulation, folder: string) => Promise<void> | void): Promise<void> {
  const folder = join(root, 'run')
  mkdirSync(folder)
  // The one timer of the sync client, its retry, would make a run depend on the speed of the machine.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const simulation = await createSimulation(folder, members, 1)
  try {
    const [first] = simulation.nodes
    if (first && members.length > 1) {
      // Everybody starts from an incident that all know, so that they meet on the same things.
      for (const name of ['declare', 'record', 'record'] as const) simulation.act(first, { name, a: 0, b: 0, c: 0 })
      await simulation.quiesce()
    }
    await run(simulation, steps)
    await check(simulation, folder)
  } finally {
    await simulation.close()
    vi.useRealTimers()
    rmSync(folder, { recursive: true, force: true })
  }
}

function recordsOf(simulation: Simulation): LogRecord[] {
  return simulation.hub.db.prepare<[], Parameters<typeof recordOfRow>[0]>('SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record ORDER BY scope, seq').all().map(recordOfRow)
}

function expectConverged(simulation: Simulation): void {
  const { hub, nodes } = simulation
  const heads = sharedCursors(hub.db, 'scope_head')
  for (const each of nodes) {
    // P1: the same bytes and the same heads everywhere.
    expect(canonicalDump(each.db, each.memberId)).toBe(canonicalDump(hub.db, each.memberId, 'body'))
    expect(sharedCursors(each.db)).toEqual(heads)
    expect(each.db.prepare('SELECT count(*) AS open FROM entity WHERE view IS NOT NULL').get()).toEqual({ open: 0 })
    expect(each.troubles).toEqual([])
  }
}

function expectNothingLost(simulation: Simulation, records: readonly LogRecord[]): void {
  const byOp = Map.groupBy(records, (record) => (JSON.parse(record.bytes) as { opId: string }).opId)
  // P6: however often it was sent, an op has one record.
  for (const [, same] of byOp) expect(same).toHaveLength(1)
  for (const each of simulation.nodes) {
    const attention = new Map(each.db.prepare<[], { op_id: string; bytes: string }>('SELECT op_id, bytes FROM attention').all().map((row) => [row.op_id, row.bytes]))
    for (const [opId, text] of each.confirmed) {
      // P4, P5: what a commit confirmed is in the log as it was written, or waits for its author with its text.
      const record = byOp.get(opId)?.[0]
      expect(record?.bytes).toBe(text)
      if (record?.outcome.kind === 'rejected') {
        expect(record.scope).toBe(privateScope(each.memberId))
        expect(attention.get(opId)).toBe(text)
      } else expect(attention.has(opId)).toBe(false)
    }
  }
}

function expectOraclesAgree(simulation: Simulation, records: readonly LogRecord[]): void {
  const naive = naiveState(records)
  const rows = simulation.hub.db.prepare<[], { kind: string; id: string; body: string }>('SELECT kind, id, body FROM entity').all()
  expect(rows.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([...naive.keys()].toSorted())
  for (const { kind, id, body } of rows) {
    const { state } = JSON.parse(body) as { state: NaiveState }
    expect([id, shownState(kind, state)]).toEqual([id, naive.get(`${kind} ${id}`)])
  }
}

/** The fold from nothing, or on from where a snapshot ends. */
function foldOn(snapshot: string, records: readonly LogRecord[]): string {
  const entities = new Map(JSON.parse(snapshot) as [string, Entity][])
  for (const record of records) {
    const parsed = parseOp(record.bytes)
    if (!parsed.ok || record.outcome.kind === 'rejected') continue
    const name = `${parsed.op.entity.kind} ${parsed.op.entity.id}`
    const next = step(entities.get(name), parsed.op, appliedFromRecord(record, parsed.op))
    if (next) entities.set(name, next)
  }
  return JSON.stringify([...entities])
}

test('P1, P4, P5, P6, P7, P9, P15: three devices of two members, on a network that loses, doubles, delays and reorders, with dying processes and wrong clocks, end in one state and lose nothing', async () => {
  const root = makeTempFolder('convergence', 'quick')
  const seen = { runs: 0, rejected: 0, accepted: 0, superseded: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 110, size: 'max' }), async (steps) => {
      await simulate(root, [ANN, BEN, ANN], steps, async (simulation) => {
        await simulation.quiesce()
        const records = recordsOf(simulation)
        expectConverged(simulation)
        expectNothingLost(simulation, records)
        expectOraclesAgree(simulation, records)
        for (const [scope, own] of Map.groupBy(records, (record) => record.scope)) expect(findChainFault(own, sha256, scope)).toBeNull()
        seen.runs += 1
        seen.rejected += records.filter((record) => record.outcome.kind === 'rejected').length
        seen.accepted += records.length
        seen.superseded += canonicalDump(simulation.hub.db, null, 'body').split('"superseded":[{').length - 1
      })
    }),
    seeded(220),
  )
  // The runs must have been worth something: conflicts of both kinds took place.
  expect(seen.rejected / seen.runs).toBeGreaterThan(1)
  expect(seen.superseded / seen.runs).toBeGreaterThan(0.3)
  expect(seen.accepted / seen.runs).toBeGreaterThan(15)
})

test('P2, P14: folding a log from any snapshot of it gives the same bytes as folding it whole; a new device and a rebuilt one as well', async () => {
  const root = makeTempFolder('snapshots', 'quick')
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 80, size: 'max' }), async (steps) => {
      await simulate(root, [ANN, BEN], steps, async (simulation) => {
        await simulation.quiesce()
        const records = recordsOf(simulation)
        const whole = foldOn('[]', records)
        for (let cut = 0; cut <= records.length; cut++) expect(foldOn(foldOn('[]', records.slice(0, cut)), records.slice(cut))).toBe(whole)

        const newcomer = simulation.addNode(ANN)
        await simulation.quiesce()
        expect(canonicalDump(newcomer.db, newcomer.memberId)).toBe(canonicalDump(simulation.hub.db, newcomer.memberId, 'body'))

        const [old] = simulation.nodes
        if (!old) throw new Error('no device')
        simulation.act(old, { name: 'record', a: 0, b: 0, c: 0 })
        const before = [canonicalDump(old.db, old.memberId), views(old), attentionOf(old), searchOf(old)]
        rebuildViews(old.db)
        expect([canonicalDump(old.db, old.memberId), views(old), attentionOf(old), searchOf(old)]).toEqual(before)
      })
    }),
    seeded(20),
  )
})

/** What its user sees of everything. */
function views(here: Node): string[] {
  const rows = here.db.prepare<[], EntityRow>('SELECT * FROM entity ORDER BY kind, id').all()
  return rows.map((row) => JSON.stringify(seenEntity(row)))
}

function attentionOf(here: Node): unknown {
  return here.db.prepare('SELECT op_id, code FROM attention ORDER BY op_id').all()
}

function searchOf(here: Node): unknown {
  return here.db.prepare(`SELECT id FROM entity WHERE row IN (SELECT rowid FROM search WHERE search MATCH '"投诉"') ORDER BY id`).all()
}

const TIMES = new Set(['recordedAt', 'joinedAt', 'startedAt', 'endedAt', 'createdAt', 'declaredAt', 'dueAt', 'at', 'stamps'])

/** Without what only the hub can say: its times and its numbers. */
function withoutHubWords(line: string): string {
  return JSON.stringify(JSON.parse(line), (key, value: unknown) => (TIMES.has(key) ? undefined : value))
}

test('P8: while nobody else writes, what is shown before the sync is what stands after it', async () => {
  const root = makeTempFolder('optimistic', 'quick')
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 10, maxLength: 60, size: 'max' }), fc.array(fc.constantFrom(0, 1, 1000, 61_000), { minLength: 5, maxLength: 5 }), async (acts, pauses) => {
      await simulate(root, [ANN], [], async (simulation) => {
        const [alone] = simulation.nodes
        if (!alone) throw new Error('no device')
        for (const [index, act] of acts.entries()) {
          alone.clock.advance(pauses[index % pauses.length] ?? 0)
          simulation.hubClock.set(alone.clock.now())
          simulation.act(alone, act)
          // Some of it is already at the hub when the rest is written.
          if (index === Math.floor(acts.length / 2)) await simulation.quiesce()
        }
        const shown = views(alone).map(withoutHubWords)
        await simulation.quiesce()
        expect(views(alone).map(withoutHubWords)).toEqual(shown)
        expect(attentionOf(alone)).toEqual([])
      })
    }),
    seeded(60),
  )
})
