import { expect, test } from 'vitest'
import { appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { decide, step } from '#domain/step.ts'
import type { ImportPhase, ImportState } from '#domain/imports/import.ts'
import { POINTS_PER_CHUNK, type PointsState, type SeriesState } from '#domain/series/series.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, contextOf, declaration, idOf, INCIDENT, makeOp } from '#tests/support/log-texts.ts'

const IMPORT = idOf(50)
const SERIES = idOf(60)

function fold(entity: Entity | undefined, op: ReturnType<typeof makeOp>, actor = ANN): Entity | undefined {
  return step(entity, op, appliedPending(op, actor))
}

const incident = fold(undefined, makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() }))
const act = (name: string, body: Record<string, unknown> = {}) => makeOp({ type: `import.${name}`, kind: 'import', id: IMPORT, body })
const BEGIN = act('begin', { fileName: '时间线.csv', fileHash: 'a'.repeat(64), target: 'timeline' })
const COMPLETE = act('complete', { imported: 3, refused: 1 })

function inPhase(phase: ImportPhase): Entity<ImportState> {
  const begun = fold(undefined, BEGIN) as Entity<ImportState>
  return { ...begun, state: { ...begun.state, phase } }
}

// For each act, the phases of an import in which it is allowed, with the phase after it.
const ALLOWED: Record<string, Partial<Record<ImportPhase, ImportPhase>>> = {
  complete: { running: 'complete' },
  abandon: { running: 'abandoned' },
  undo: { complete: 'undone' },
  restore: { undone: 'complete' },
}
const PHASES: ImportPhase[] = ['running', 'complete', 'undone', 'abandoned']
const CASES = Object.keys(ALLOWED).flatMap((name) => PHASES.map((phase) => [name, phase, ALLOWED[name]?.[phase] ?? null] as const))

test.for(CASES)('%s while %s leads to %s', ([name, phase, next]) => {
  const op = name === 'complete' ? COMPLETE : act(name)
  const entity = inPhase(phase)
  expect(decide(contextOf(ANN, 'pr', incident, entity), op) === null).toBe(next !== null)
  const after = fold(entity, op) as Entity<ImportState>
  expect(after.state.phase).toBe(next ?? phase)
  if (next === null) expect(after).toBe(entity)
})

test('a whole import is taken back by who began it or a commander', () => {
  const entity = inPhase('complete')
  expect(decide(contextOf(BEN, 'legal', incident, entity), act('undo'))).toMatchObject({
    code: 'not-permitted',
    params: { roles: 'author,commander' },
  })
  expect(decide(contextOf(BEN, 'commander', incident, entity), act('undo'))).toBeNull()
  expect(decide(contextOf(ANN, 'pr', incident, inPhase('undone')), act('undo'))).toMatchObject({ code: 'import-already-undone' })
})

test('an import says what it brought and refused, and begins once, in an incident that is there', () => {
  const done = fold(fold(undefined, BEGIN), COMPLETE) as Entity<ImportState>
  expect(done.state).toMatchObject({ phase: 'complete', imported: 3, refused: 1, startedBy: ANN, fileName: '时间线.csv' })
  expect(decide(contextOf(ANN, 'pr', incident, done), BEGIN)).toMatchObject({ code: 'already-exists' })
  expect(decide(contextOf(ANN, 'pr'), BEGIN)).toMatchObject({ code: 'not-found' })
})

test('a series is made once and takes points in runs of at most 500', () => {
  const create = makeOp({ type: 'series.create', kind: 'series', id: SERIES, body: { name: '转发', unit: '次', metric: 'spread' } })
  const series = fold(undefined, create) as Entity<SeriesState>
  const points = (count: number, seriesId = SERIES, more: Record<string, unknown> = {}) =>
    makeOp({
      type: 'series.add-points',
      kind: 'points',
      id: idOf(61),
      body: { seriesId, points: Array.from({ length: count }, (_, index) => [TWO_AT_NIGHT + index, index]), ...more },
    })
  const judge = (op: ReturnType<typeof makeOp>, ...more: (Entity | undefined)[]) =>
    decide(contextOf(ANN, 'pr', incident, series, ...more), op)?.code ?? 'accepted'
  expect(judge(create)).toBe('already-exists')
  expect(judge(points(POINTS_PER_CHUNK))).toBe('accepted')
  expect(judge(points(POINTS_PER_CHUNK + 1))).toBe('malformed')
  expect(judge(points(0))).toBe('malformed')
  expect(judge(points(1, idOf(70)))).toBe('not-found')
  expect(judge(points(1, SERIES, { importId: IMPORT }))).toBe('import-not-running')
  expect(judge(points(1, SERIES, { importId: IMPORT }), inPhase('running'))).toBe('accepted')
  const run = fold(undefined, points(2)) as Entity<PointsState>
  expect(run.state.points).toEqual([
    [TWO_AT_NIGHT, 0],
    [TWO_AT_NIGHT + 1, 1],
  ])
  expect(judge(points(1), run)).toBe('already-exists')
  expect(
    judge(makeOp({ type: 'series.add-points', kind: 'points', id: idOf(62), body: { seriesId: SERIES, points: [[TWO_AT_NIGHT, null]] } })),
  ).toBe('malformed')
})
