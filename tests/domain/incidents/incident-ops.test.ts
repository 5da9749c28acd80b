import { expect, test } from 'vitest'
import type { Entity } from '#domain/log/entity.ts'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import { decide, step } from '#domain/step.ts'
import { clockStatus, nextClock } from '#domain/incidents/clocks.ts'
import { Declaration, Stage, STAGES, type IncidentState } from '#domain/incidents/incident.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, chain, contextOf, declaration, idOf, INCIDENT, INCIDENT_SCOPE, makeOp } from '#tests/support/log-texts.ts'

const HOUR = 3_600_000

function fold<State>(entity: Entity | undefined, op: Op, seq = 1, hubTime = TWO_AT_NIGHT, actor = ANN): Entity<State> {
  const record = chain(op.scope, [JSON.stringify(op)], actor, { kind: 'accepted' }, hubTime)[0]
  if (!record) throw new Error('no record')
  const next = step(entity, op, { ...appliedFromRecord({ ...record, seq }, op) })
  if (!next) throw new Error('nothing was made')
  return next as Entity<State>
}

const declareOp = (changes: Partial<Declaration> = {}) =>
  makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration(changes) })
const onIncident = (type: string, body: Record<string, unknown>) => makeOp({ type, kind: 'incident', id: INCIDENT, body })
const entryOp = (id: string, happenedAt = TWO_AT_NIGHT + HOUR) =>
  makeOp({ type: 'entry.record', kind: 'entry', id, body: { kind: 'statement', text: '致歉声明', happenedAt } })

test('EV-01: five stages in the order of the source', () => {
  expect(STAGES).toEqual(['initial-complaint', 'platform-spread', 'opinion-leaders', 'media-report', 'whole-web'])
  expect(Stage.safeParse('whole-internet').success).toBe(false)
})

test.for([
  ['an empty title', { title: '   ' }],
  ['a level that is none', { level: 4 }],
  ['a type that is none', { type: 'weather' }],
  ['a limit below a minute', { clocks: { response: 1 } }],
  ['a mode that is none', { mode: 'rehearsal' }],
] as const)('%s is no declaration', ([, change]) => {
  expect(Declaration.safeParse({ ...declaration(), ...change }).success).toBe(false)
  expect(Declaration.safeParse(declaration()).success).toBe(true)
})

test("MO-07: an author's clock that runs ahead never gives more time, one that is behind keeps its word", () => {
  const ahead = fold<IncidentState>(undefined, declareOp({ declaredAt: TWO_AT_NIGHT + 5 * HOUR }))
  expect(ahead.state.declaredAt).toBe(TWO_AT_NIGHT)
  expect(ahead.state.clocks[0]).toMatchObject({ id: 'response', dueAt: TWO_AT_NIGHT + HOUR })
  const offline = fold<IncidentState>(undefined, declareOp({ declaredAt: TWO_AT_NIGHT - 3 * HOUR }))
  expect(offline.state.clocks[0]).toMatchObject({ id: 'response', dueAt: TWO_AT_NIGHT - 2 * HOUR })
})

test('a declaration can be made once, in its own scope only, by a member', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  expect(decide(contextOf(ANN, 'pr'), declareOp())).toBeNull()
  expect(decide(contextOf(ANN, 'pr', incident), declareOp())).toMatchObject({ code: 'already-exists' })
  expect(decide(contextOf(ANN, null), declareOp())).toMatchObject({ code: 'not-a-member' })
  const elsewhere = makeOp({ type: 'incident.declare', kind: 'incident', id: idOf(2), body: declaration() })
  expect(decide(contextOf(ANN, 'pr'), elsewhere)).toMatchObject({ code: 'wrong-scope' })
  const inTeam = makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, scope: 'team', body: declaration() })
  expect(decide(contextOf(ANN, 'pr'), inTeam)).toMatchObject({ code: 'wrong-scope' })
})

test('a running incident keeps the limits it was declared with, whatever is revised', () => {
  const incident = fold<IncidentState>(undefined, declareOp({ clocks: { response: 90 * 60_000 } }))
  const revised = fold<IncidentState>(
    incident,
    onIncident('incident.revise', { type: 'service-complaint', stage: 'media-report', title: '新标题' }),
    2,
  )
  expect(revised.state).toMatchObject({ type: 'service-complaint', stage: 'media-report', title: '新标题' })
  expect(revised.state.clocks).toEqual(incident.state.clocks)
  expect(decide(contextOf(ANN, 'commander', incident), onIncident('incident.revise', { clocks: {} }))).toMatchObject({ code: 'malformed' })
  expect(decide(contextOf(ANN, 'commander', incident), onIncident('incident.revise', { level: 3 }))).toMatchObject({ code: 'malformed' })
})

test('a clock is met once, by an entry of this incident, at the time when that entry happened', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  const entry = fold<EntryState>(undefined, entryOp(idOf(9)), 2)
  const meet = (entryId: string, metAt: number, clock = 'response') => onIncident('incident.meet-clock', { clock, entryId, metAt })
  const context = contextOf(BEN, 'legal', incident, entry)
  expect(decide(context, meet(idOf(9), entry.state.happenedAt))).toBeNull()
  expect(decide(context, meet(idOf(9), entry.state.happenedAt - HOUR))).toMatchObject({ code: 'entry-changed' })
  expect(decide(context, meet(idOf(8), entry.state.happenedAt))).toMatchObject({ code: 'entry-not-in-incident' })
  expect(
    decide(contextOf(BEN, 'legal', incident, { ...entry, scope: incidentScope(idOf(2)) }), meet(idOf(9), entry.state.happenedAt)),
  ).toMatchObject({
    code: 'entry-not-in-incident',
  })
  const short = fold<IncidentState>(undefined, declareOp({ clocks: { response: HOUR } }))
  expect(decide(contextOf(BEN, 'legal', short, entry), meet(idOf(9), entry.state.happenedAt, 'apology'))).toMatchObject({
    code: 'clock-unknown',
  })

  const met = fold<IncidentState>(incident, meet(idOf(9), entry.state.happenedAt), 3, TWO_AT_NIGHT + 7 * HOUR, BEN)
  expect(met.state.clocks[0]).toMatchObject({ id: 'response', met: { entryId: idOf(9), at: TWO_AT_NIGHT + HOUR, by: BEN } })
  expect(decide(contextOf(BEN, 'legal', met, entry), meet(idOf(9), entry.state.happenedAt))).toMatchObject({ code: 'clock-already-met' })
  // The fold does not judge again, and a second entry does not overwrite the first.
  expect(fold(met, meet(idOf(7), TWO_AT_NIGHT), 4)).toEqual(met)
})

test('only the commander reopens a clock, and only one that is met', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  const entry = fold<EntryState>(undefined, entryOp(idOf(9)), 2)
  const met = fold<IncidentState>(
    incident,
    onIncident('incident.meet-clock', { clock: 'response', entryId: idOf(9), metAt: entry.state.happenedAt }),
    3,
  )
  const reopen = onIncident('incident.reopen-clock', { clock: 'response', reason: '声明被撤回' })
  expect(decide(contextOf(ANN, 'pr', met), reopen)).toBeNull()
  expect(decide(contextOf(BEN, 'commander', met), reopen)).toBeNull()
  expect(decide(contextOf(BEN, 'legal', met), reopen)).toMatchObject({
    code: 'not-permitted',
    params: { action: 'clock.reopen', roles: 'commander' },
  })
  expect(decide(contextOf(ANN, 'pr', incident), reopen)).toMatchObject({ code: 'clock-not-met' })
  expect(decide(contextOf(ANN, 'pr'), reopen)).toMatchObject({ code: 'not-found' })
  expect(fold<IncidentState>(met, reopen, 4).state.clocks).toEqual(incident.state.clocks)
})

test('only the commander stops a clock, only an open one, with a reason; stopped it cannot be met, and reopened it runs as before', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  const entry = fold<EntryState>(undefined, entryOp(idOf(9)), 2)
  const stop = onIncident('incident.stop-clock', { clock: 'response', reason: '误报，无需响应' })
  const meet = onIncident('incident.meet-clock', { clock: 'response', entryId: idOf(9), metAt: entry.state.happenedAt })
  const reopen = onIncident('incident.reopen-clock', { clock: 'response', reason: '仍然适用' })
  expect(decide(contextOf(ANN, 'pr', incident), stop)).toBeNull()
  expect(decide(contextOf(BEN, 'legal', incident), stop)).toMatchObject({ code: 'not-permitted' })
  expect(decide(contextOf(ANN, 'pr'), stop)).toMatchObject({ code: 'not-found' })
  expect(decide(contextOf(ANN, 'pr', incident), onIncident('incident.stop-clock', { clock: 'response', reason: ' ' }))).toMatchObject({
    code: 'malformed',
  })
  const stopped = fold<IncidentState>(incident, stop, 3)
  expect(stopped.state.clocks.find((clock) => clock.id === 'response')).toMatchObject({
    met: null,
    stopped: { reason: '误报，无需响应', at: TWO_AT_NIGHT, by: ANN },
  })
  expect(decide(contextOf(ANN, 'pr', stopped), stop)).toMatchObject({ code: 'clock-stopped' })
  expect(decide(contextOf(ANN, 'pr', stopped, entry), meet)).toMatchObject({ code: 'clock-stopped' })
  expect(fold(stopped, meet, 4)).toEqual(stopped)
  expect(decide(contextOf(BEN, 'commander', stopped), reopen)).toBeNull()
  expect(fold<IncidentState>(stopped, reopen, 5).state.clocks).toEqual(incident.state.clocks)
  const met = fold<IncidentState>(incident, meet, 3)
  expect(decide(contextOf(ANN, 'pr', met), stop)).toMatchObject({ code: 'clock-already-met' })
  expect(fold(met, stop, 4)).toEqual(met)
})

test('a stopped clock is not the next one, and a higher level does not start it again', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  const stopped = fold<IncidentState>(incident, onIncident('incident.stop-clock', { clock: 'response', reason: '误报' }), 2)
  expect(nextClock(incident.state.clocks)?.id).toBe('response')
  expect(nextClock(stopped.state.clocks)?.id).not.toBe('response')
  const stoppedClock = stopped.state.clocks.find((clock) => clock.id === 'response')
  expect(stoppedClock && clockStatus(stoppedClock, TWO_AT_NIGHT + 90 * HOUR, null)).toEqual({ kind: 'stopped' })
  const body = { from: stopped.state.level, to: stopped.state.level === 1 ? 2 : 1, reason: '升级', clocks: { response: HOUR } }
  expect(fold<IncidentState>(stopped, onIncident('incident.change-level', body), 3).state.clocks).toEqual(stopped.state.clocks)
})

test('nothing is added to an incident that is closed', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  const closed: Entity<IncidentState> = { ...incident, state: { ...incident.state, status: 'closed' } }
  const entry = fold<EntryState>(undefined, entryOp(idOf(9)), 2)
  const context = contextOf(ANN, 'commander', closed, entry)
  for (const op of [
    entryOp(idOf(10)),
    onIncident('incident.revise', { title: 'x' }),
    onIncident('incident.meet-clock', { clock: 'response', entryId: idOf(9), metAt: entry.state.happenedAt }),
    makeOp({ type: 'entry.comment', kind: 'entry', id: idOf(9), body: { commentId: idOf(11), text: 'x' } }),
    makeOp({
      type: 'import.begin',
      kind: 'import',
      id: idOf(12),
      body: { fileName: 'a.csv', fileHash: '0'.repeat(64), target: 'timeline' },
    }),
    makeOp({ type: 'series.create', kind: 'series', id: idOf(13), body: { name: 'x', unit: '', metric: 'spread' } }),
  ]) {
    expect(decide(context, op)).toMatchObject({ code: 'incident-closed' })
  }
})

test('an op in the scope of another incident changes nothing here', () => {
  const incident = fold<IncidentState>(undefined, declareOp())
  const foreign = makeOp({
    type: 'incident.revise',
    kind: 'incident',
    id: INCIDENT,
    scope: incidentScope(idOf(2)),
    body: { title: '别处' },
  })
  expect(decide(contextOf(ANN, 'commander', incident), foreign)).toMatchObject({ code: 'wrong-scope' })
  expect(step(incident, foreign, appliedPending(foreign, ANN))).toBe(incident)
  expect(incident.scope).toBe(INCIDENT_SCOPE)
})

test('an incident of the past has its own time and no clocks, whatever level it gets; an app that knows no history does not take it for one of now', () => {
  const { clocks: _clocks, ...said } = declaration()
  const past = TWO_AT_NIGHT - 365 * 24 * HOUR
  const ofPast = (changes: Record<string, unknown>) =>
    makeOp({ type: 'incident.declare', version: 2, kind: 'incident', id: INCIDENT, body: { ...said, ...changes } })
  const op = ofPast({ mode: 'historical', declaredAt: past })
  expect(decide(contextOf(ANN, 'pr'), op)).toBeNull()
  const incident = fold<IncidentState>(undefined, op)
  expect(incident.state).toMatchObject({ mode: 'historical', declaredAt: past, clocks: [], status: 'open' })
  const raised = fold<IncidentState>(
    incident,
    onIncident('incident.change-level', {
      from: incident.state.level,
      to: incident.state.level === 1 ? 2 : 1,
      reason: '复盘',
      clocks: { response: HOUR },
    }),
    2,
  )
  expect(raised.state.clocks).toEqual([])
  // Each version contains only its own fields.
  expect(
    decide(
      contextOf(ANN, 'pr'),
      makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: { ...declaration(), mode: 'historical' } }),
    ),
  ).toMatchObject({ code: 'malformed' })
  expect(decide(contextOf(ANN, 'pr'), ofPast({ mode: 'real' }))).toMatchObject({ code: 'malformed' })
})
