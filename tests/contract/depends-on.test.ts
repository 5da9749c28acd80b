import { expect, test } from 'vitest'
import { z } from 'zod'
import { namesOf, query, type ProcedureMap } from '#contract/procedure.ts'
import { findOpType, KNOWN_OP_TYPES } from '#domain/features.ts'
import { topicsOf } from '#replica/context/service-context.ts'
import { actsOf, NEVER, openScript, READS, type ReplicaQuery } from './scripted-incident.ts'
import { agentGroupActs } from './scripted-agents.ts'
import { wordingActs } from './scripted-wordings.ts'

// A screen reads again what depends on an announced topic. A dependency that a query omits leaves stale data on every screen.

test('whatever an act changes depends on a topic that the act announces', { timeout: 120_000 }, async () => {
  const script = await openScript()
  const { world, readAll, announced, faults, judged } = script
  const unseen: string[] = []
  const changed = new Set<ReplicaQuery>()
  let before = await readAll(world)
  for (const [act, run] of actsOf(script, [...agentGroupActs(script), ...wordingActs(script)])) {
    announced.length = 0
    await run().catch((error: unknown) => {
      throw new Error(act, { cause: error })
    })
    const topics = new Set(announced)
    // Every write announces the topic of the workspace, since an op is pending. Nothing else may rely on that.
    if (topics.size > 1) topics.delete('workspace')
    // The clock stands still: a different answer to the same input is caused by the act.
    const after = await readAll(world)
    for (const [name, { asked, answer, dependsOn }] of after) {
      const known = before.get(name)
      if (known?.asked !== asked || known.answer === answer) continue
      changed.add(name)
      if (!topics.has('*') && !dependsOn.some((topic) => topics.has(topic))) unseen.push(`${act}: ${name} misses ${[...topics].join(' ')}`)
    }
    before = after
  }
  expect(unseen).toEqual([])
  // A query that the script never changes would prove nothing.
  expect(namesOf(READS).filter((name) => !changed.has(name) && !NEVER.includes(name))).toEqual([])
  expect(faults).toEqual([])
  // A button is disabled by the action that the contract names; the op is judged by its own action.
  expect(judged.filter(({ declared, actions }) => !actions.includes(declared))).toEqual([])
  expect(new Set(judged.map(({ name }) => name)).size).toBeGreaterThan(25)
})

test('every kind of entity announces a topic when it changes', () => {
  const kinds = new Set(
    KNOWN_OP_TYPES.map((known) => {
      const [type = '', version] = known.split('@')
      return findOpType(type, Number(version))?.kind ?? ''
    }),
  )
  for (const kind of kinds)
    expect([kind, topicsOf([{ kind, id: 'x', scope: 'incident:x', row: null, relabelled: false }]).length > 0]).toEqual([kind, true])
})

test('a query that does not say what it depends on is no call', () => {
  // @ts-expect-error nothing would ever read it again
  const calls: ProcedureMap = { 'x.get': query(z.strictObject({})) }
  expect(namesOf(calls)).toEqual(['x.get'])
})
