import { expect, test } from 'vitest'
import { changeLevel, grantAuthority, handOver, markSign, restrictIncident, setStatus } from '#domain/commands/command-commands.ts'
import { meetClocks, reviseIncident, setClock } from '#domain/commands/incident-commands.ts'
import { INDICATOR_IDS } from '#domain/incidents/escalation-indicators.ts'
import { Uuid } from '#domain/log/ids.ts'
import { assignPerson, removePerson } from '#domain/commands/people-commands.ts'
import { applyPlan, retirePlan } from '#domain/commands/plan-commands.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import { judgeSuggestion, recordAssessment } from '#domain/commands/risk-commands.ts'
import { setRules } from '#domain/commands/rules-commands.ts'
import { reviseSeries } from '#domain/commands/series-commands.ts'
import type { CommandEdge, CommandRead, Draft } from '#domain/commands/command.ts'
import type { Failure } from '#contract/failures.ts'
import type { ReplicaHandlers } from '#replica/replica-services.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, opText } from '#tests/support/log-texts.ts'
import { openTwoWays, type TwoWays } from './two-ways.ts'

const ENTRY = idOf(0x22)
const SERIES = idOf(0x23)
const PERSON = idOf(0x24)
const path = `/incidents/${INCIDENT}`
const of = { incidentId: INCIDENT }

type Act = {
  by?: string
  types: readonly string[]
  screen: (handlers: ReplicaHandlers) => unknown
  command: (read: CommandRead, edge: CommandEdge) => Draft[] | Failure
}

/** An incident of 安 with an entry, a series and an assignment. */
async function open(): Promise<TwoWays> {
  const ways = await openTwoWays()
  const person = { layer: 'execution', department: 'legal', name: '本', backup: '', duty: '' }
  const texts = [
    declareText(),
    entryText(ENTRY, '首批投诉'),
    opText({
      type: 'series.create',
      kind: 'series',
      id: SERIES,
      body: { name: '投诉', unit: '', metric: 'spread', reading: 'increments' },
    }),
    opText({ type: 'assignment.set', kind: 'assignment', id: PERSON, body: person }),
  ]
  const records = await ways.api.team.submit(texts, ANN, null)
  expect(records.map(({ outcome }) => outcome.kind)).toEqual(texts.map(() => 'accepted'))
  return ways
}

/** Does each act on a screen and then at the hub, and expects the same ops. */
async function expectAlike({ byScreen, byCommand }: TwoWays, acts: readonly Act[]): Promise<void> {
  for (const { by = ANN, types, screen, command } of acts) {
    const wanted = await byScreen(by, screen)
    expect(wanted.map(({ type }) => type)).toEqual(types)
    expect(await byCommand(by, command)).toEqual(wanted)
  }
}

test('an incident is declared alike by screen and by API, with the clocks of the team and an apology where it is due', async () => {
  const ways = await open()
  const { byScreen, byApi, byCommand } = ways
  const incident = { title: '滤芯异味', type: 'product-problem' as const, level: 2 as const, stage: 'initial-complaint' as const }
  for (const apologyDue of [true, false, undefined]) {
    const body = { ...incident, ...(apologyDue === undefined ? {} : { apologyDue }) }
    const wanted = await byScreen(ANN, (handlers) => handlers['incidents.declare']({ ...body, known: '', mode: 'real' }))
    expect(wanted.map(({ type }) => type)).toEqual(['incident.declare', 'entry.record'])
    const declared = await byApi(ANN, 'POST', '/incidents', body)
    expect(declared).toEqual(wanted)
    if (apologyDue !== undefined) expect(JSON.stringify(declared).includes('"apology"')).toBe(apologyDue)
  }
  const own = { response: 7 * 60_000 }
  await byCommand(ANN, (read) => setRules(read, { version: 0, rules: { clocks: { 1: own, 2: own, 3: own } } }))
  const restricted = { ...incident, restrictedTo: [Uuid.parse(ANN), Uuid.parse(BEN)] }
  const wanted = await byScreen(ANN, (handlers) => handlers['incidents.declare']({ ...restricted, known: '', mode: 'drill' }))
  expect(wanted[0]?.body).toMatchObject({ clocks: own, restrictedTo: [ANN, BEN] })
  expect(await byApi(ANN, 'POST', '/incidents', { ...restricted, mode: 'drill' })).toEqual(wanted)
})

test('acts of command are the same by screen and at the hub', async () => {
  const note = 'entry.record'
  const raise = { ...of, to: 3 as const, reason: '停止增长' }
  const grant = { ...of, memberId: BEN, as: 'legal' as const, until: TWO_AT_NIGHT + 3_600_000, reason: '夜里代班' }
  const sign = { ...of, sign: INDICATOR_IDS[0] ?? '', seen: true }
  const meet = { ...of, entryId: ENTRY, clocks: ['response' as const, 'public-response' as const] }
  const stop = { ...of, clock: 'handling' as const, reason: '不适用' }
  const hand = { ...of, memberId: BEN, name: '本', summary: '余 3 项' }
  const closing = { ...of, to: 'closed' as const, reason: '完' }
  await expectAlike(await open(), [
    {
      types: ['incident.revise', note],
      screen: (handlers) => handlers['incidents.revise']({ ...of, known: '同批次', stage: 'platform-spread' }),
      command: (read, edge) => reviseIncident(read, { ...of, change: { known: '同批次', stage: 'platform-spread' } }, edge),
    },
    {
      types: ['incident.change-level', note],
      screen: (handlers) => handlers['incidents.changeLevel'](raise),
      command: (read, edge) => changeLevel(read, raise, edge),
    },
    {
      types: ['incident.mark-sign'],
      screen: (handlers) => handlers['incidents.markSign'](sign),
      command: (read) => markSign(read, sign),
    },
    {
      types: ['incident.meet-clock', note, 'incident.meet-clock', note],
      screen: (handlers) => handlers['incidents.meetClock']({ ...of, entryId: ENTRY, clock: 'response', also: ['public-response'] }),
      command: (read, edge) => meetClocks(read, meet, edge),
    },
    {
      types: ['incident.stop-clock', note],
      screen: (handlers) => handlers['incidents.stopClock'](stop),
      command: (read, edge) => setClock(read, { ...stop, to: 'stopped' }, edge),
    },
    {
      types: ['incident.grant-authority', note],
      screen: (handlers) => handlers['incidents.grantAuthority'](grant),
      command: (read, edge) => grantAuthority(read, grant, edge),
    },
    {
      types: ['incident.restrict', note],
      screen: (handlers) => handlers['incidents.restrict']({ ...of, members: [Uuid.parse(ANN), Uuid.parse(BEN)] }),
      command: (read, edge) => restrictIncident(read, { ...of, members: [ANN, BEN] }, edge),
    },
    {
      types: ['incident.hand-over', note],
      screen: (handlers) => handlers['incidents.handOver'](hand),
      command: (read, edge) => handOver(read, hand, edge),
    },
    {
      by: BEN,
      types: [note, 'incident.set-status'],
      screen: (handlers) => handlers['incidents.setStatus'](closing),
      command: (read, edge) => setStatus(read, closing, edge),
    },
  ])
})

test('numbers are the same by screen and by API, found by the name of their series, and a share has its bounds', async () => {
  const { byScreen, byApi, byCommand, api } = await open()
  const series = { name: '负面占比', unit: '%', metric: 'sentiment' as const, reading: 'level' as const }
  const made = await byScreen(BEN, (handlers) => handlers['risk.enterNumber']({ ...of, series, at: TWO_AT_NIGHT, value: 40 }))
  expect(made.map(({ type }) => type)).toEqual(['series.create', 'series.add-points'])
  expect(await byApi(BEN, 'POST', `${path}/points`, { series, points: [{ at: TWO_AT_NIGHT, value: 40 }] })).toEqual(made)
  const added = await byScreen(BEN, (handlers) => handlers['risk.enterNumber']({ ...of, series: { seriesId: SERIES }, value: 7 }))
  const again = { series: { name: '投诉' }, points: [{ at: TWO_AT_NIGHT, value: 7 }] }
  expect(await byApi(BEN, 'POST', `${path}/points`, again)).toEqual(added)
  const { secret } = await api.token(BEN)
  const refused = await api.call('POST', `${path}/points`, secret, { series, points: [{ at: TWO_AT_NIGHT, value: 120 }] })
  expect(refused).toMatchObject({ status: 400, body: { code: 'share-out-of-range', params: { value: 120 } } })
  const change = { name: '投诉量' }
  const revised = await byScreen(ANN, (handlers) => handlers['risk.reviseSeries']({ ...of, seriesId: SERIES, ...change }))
  expect(await byCommand(ANN, (read) => reviseSeries(read, { ...of, seriesId: SERIES, change }))).toEqual(revised)
})

test('people, plans and the risk are the same by screen and at the hub', async () => {
  const person = { layer: 'coordination' as const, department: null, name: '本', backup: '安', duty: '' }
  const [plan] = SHIPPED_PLANS
  const apply = { ...of, planId: plan?.id ?? '', language: 'zh-Hans' as const }
  const point = { ...of, seriesId: SERIES, kind: 'cooling' as const, at: TWO_AT_NIGHT, confirmed: true, text: '回落' }
  await expectAlike(await open(), [
    {
      types: ['assignment.set', 'followers.add'],
      screen: (handlers) => handlers['people.assign']({ ...of, ...person }),
      command: (read, edge) => assignPerson(read, { ...of, personId: edge.uuid(), person }),
    },
    {
      types: [...(plan?.content.tasks ?? []).map(() => 'task.create'), 'entry.record'],
      screen: (handlers) => handlers['plans.apply'](apply),
      command: (read, edge) => applyPlan(read, apply, edge),
    },
    {
      types: ['assignment.remove'],
      screen: (handlers) => handlers['people.remove']({ ...of, personId: PERSON }),
      command: (read) => removePerson(read, { ...of, personId: PERSON }),
    },
    {
      types: ['plan.save', 'plan.retire'],
      screen: (handlers) => handlers['plans.retire']({ planId: apply.planId, retired: true }),
      command: (read) => retirePlan(read, { planId: apply.planId, retired: true }),
    },
    {
      types: ['entry.record'],
      screen: (handlers) => handlers['risk.judgeSuggestion'](point),
      command: (read, edge) => judgeSuggestion(read, { ...point, id: edge.uuid() }),
    },
  ])
})

test('an assessment that is confirmed changes the level alike', async () => {
  const inputs = { growth24h: null, negativeShare: null, mainstreamMedia: null, opinionLeaders: 0, enquiryGrowth: null }
  await expectAlike(await open(), [
    {
      types: ['assessment.record', 'entry.record', 'incident.change-level', 'entry.record'],
      screen: (handlers) => handlers['risk.assess']({ ...of, inputs, verdict: 'confirmed', reason: '' }),
      command: (read, edge) => recordAssessment(read, { ...of, assessmentId: edge.uuid(), inputs, verdict: 'confirmed', reason: '' }, edge),
    },
  ])
})
