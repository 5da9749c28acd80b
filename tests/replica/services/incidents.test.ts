import { join } from 'node:path'
import { expect, test } from 'vitest'
import { idOf } from '#tests/support/log-texts.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { declareIncident, openReadyWorkspace, openWorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const HOUR = 3_600_000

async function openRoom() {
  const clock = createFakeClock()
  const under = await openReadyWorkspace(join(makeTempFolder('incidents', 'quick'), 'data'), clock.now)
  return { clock, under }
}

test('MO-07, CS-01, C2-06, C1-05, C1-03: declaring starts the clocks of the level, the apology where the type owes one', async () => {
  const { under } = await openRoom()
  const declared = await under.value('incidents.declare', {
    title: ' 门店饮用水投诉 ',
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
    known: '三家门店',
  })
  expect(declared).toMatchObject({
    title: '门店饮用水投诉',
    level: 1,
    stage: 'platform-spread',
    known: '三家门店',
    mode: 'real',
    status: 'open',
    declaredAt: TWO_AT_NIGHT,
    declaredByName: '安',
    commanderName: '安',
    entryCount: 0,
  })
  expect(declared.clocks.map((clock) => [clock.id, (clock.dueAt - TWO_AT_NIGHT) / HOUR, clock.met])).toEqual([
    ['response', 1, null],
    ['public-response', 4, null],
    ['first-statement', 6, null],
    ['handling', 24, null],
    ['apology', 48, null],
  ])
  const clocksOf = async (input: { type: 'public-event' | 'service-complaint'; level: 1 | 2 | 3; apologyDue?: boolean }) =>
    (await under.value('incidents.declare', { title: 'x', stage: 'initial-complaint', ...input })).clocks.map((clock) => clock.id)
  expect(await clocksOf({ type: 'public-event', level: 1 })).not.toContain('apology')
  expect(await clocksOf({ type: 'public-event', level: 1, apologyDue: true })).toContain('apology')
  expect(await clocksOf({ type: 'service-complaint', level: 1, apologyDue: false })).not.toContain('apology')
  expect(await clocksOf({ type: 'public-event', level: 3 })).toEqual(['response', 'handling'])
})

test('own limits are kept, whatever the type or stage become; a drill says that it is one', async () => {
  const { under } = await openRoom()
  const declared = await under.value('incidents.declare', {
    title: '演练',
    type: 'service-complaint',
    level: 2,
    stage: 'initial-complaint',
    mode: 'drill',
    clocks: { handling: 5 * HOUR },
  })
  expect(declared).toMatchObject({ mode: 'drill', clocks: [{ id: 'handling', limitMs: 5 * HOUR }] })
  const revised = await under.value('incidents.revise', {
    incidentId: declared.id,
    type: 'product-problem',
    stage: 'whole-web',
    title: '演练二',
  })
  expect(revised).toMatchObject({ type: 'product-problem', stage: 'whole-web', title: '演练二', clocks: declared.clocks })
})

test('a clock is met by naming the entry that met it, in the same act or later, and reopened with a reason', async () => {
  const { under, clock } = await openRoom()
  const incidentId = await declareIncident(under)
  clock.advance(30 * 60_000)
  const answer = await under.value('timeline.record', { incidentId, kind: 'statement', text: '已致电客户', meets: ['response'] })
  expect(answer.metClocks).toEqual(['response'])
  clock.advance(4 * HOUR)
  const late = await under.value('timeline.record', { incidentId, kind: 'statement', text: '公开回应' })
  const clocks = await under.value('incidents.meetClock', { incidentId, clock: 'public-response', entryId: late.id })
  expect(clocks.find((one) => one.id === 'response')?.met).toEqual({
    entryId: answer.id,
    at: TWO_AT_NIGHT + 30 * 60_000,
    by: expect.any(String) as string,
  })
  const met = clocks.find((one) => one.id === 'public-response')
  expect((met?.met?.at ?? 0) > (met?.dueAt ?? 0)).toBe(true)
  expect(await under.failure('incidents.meetClock', { incidentId, clock: 'response', entryId: late.id })).toBe('clock-already-met')
  expect(await under.failure('timeline.record', { incidentId, kind: 'statement', text: '再答', meets: ['response'] })).toBe(
    'clock-already-met',
  )
  expect(await under.failure('timeline.record', { incidentId, kind: 'statement', text: '再答', meets: ['no clock'] })).toBe('clock-unknown')
  expect(await under.failure('incidents.meetClock', { incidentId, clock: 'handling', entryId: idOf(1) })).toBe('entry-not-in-incident')
  const other = await declareIncident(under)
  expect(await under.failure('incidents.meetClock', { incidentId: other, clock: 'handling', entryId: late.id })).toBe(
    'entry-not-in-incident',
  )

  const reopened = await under.value('incidents.reopenClock', { incidentId, clock: 'response', reason: '客户否认接到电话' })
  expect(reopened.find((one) => one.id === 'response')?.met).toBeNull()
  expect(await under.failure('incidents.reopenClock', { incidentId, clock: 'response', reason: 'x' })).toBe('clock-not-met')
})

test('a clock that does not apply is stopped with a reason: it waits for nobody, no export calls it missed, and it can run again', async () => {
  const { under, clock } = await openRoom()
  const incidentId = await declareIncident(under)
  const stopped = await under.value('incidents.stopClock', { incidentId, clock: 'apology', reason: '没有过错，无需致歉' })
  expect(stopped.find((one) => one.id === 'apology')).toMatchObject({ met: null, stopped: { reason: '没有过错，无需致歉' } })
  expect(await under.failure('incidents.stopClock', { incidentId, clock: 'apology', reason: 'x' })).toBe('clock-stopped')
  clock.advance(90 * HOUR)
  const open = await under.value('incidents.openPoints', { incidentId })
  expect(open.clocks.map((one) => one.id)).not.toContain('apology')
  const { items } = await under.value('incidents.waiting', { limit: 40 })
  expect(items.flatMap((item) => (item.kind === 'clock' ? [item.clock.id] : []))).not.toContain('apology')
  const events = (await under.value('timeline.page', { incidentId, filter: { kinds: ['system'], order: 'recorded' }, page: 0 })).rows.map(
    (row) => row.event,
  )
  expect(events).toContainEqual({ code: 'clock-stopped', params: { clock: 'apology', reason: '没有过错，无需致歉' } })
  const again = await under.value('incidents.reopenClock', { incidentId, clock: 'apology', reason: '责任查明' })
  expect(again.find((one) => one.id === 'apology')).not.toHaveProperty('stopped')
})

test('what the app did by itself stands in the timeline as events that every language can word, and is not counted as entries', async () => {
  const { under } = await openRoom()
  const incidentId = await declareIncident(under)
  const entry = await under.value('timeline.record', { incidentId, kind: 'statement', text: '回应', meets: ['response'] })
  await under.value('incidents.reopenClock', { incidentId, clock: 'response', reason: '撤回' })
  await under.value('incidents.revise', { incidentId, stage: 'media-report' })
  const system = await under.value('timeline.page', { incidentId, filter: { kinds: ['system'], order: 'recorded' }, page: 0 })
  expect(system.rows.map((row) => row.event)).toEqual([
    { code: 'declared', params: { level: 1, stage: 'initial-complaint' } },
    { code: 'clock-met', params: { clock: 'response', entryId: entry.id } },
    { code: 'clock-reopened', params: { clock: 'response', reason: '撤回' } },
    { code: 'revised', params: { fields: 'stage', stage: 'media-report' } },
  ])
  expect((await under.value('incidents.get', { incidentId })).entryCount).toBe(1)
})

test('incidents are listed newest first, with how much is in them', async () => {
  const { under, clock } = await openRoom()
  const first = await declareIncident(under, { title: '一' })
  clock.advance(1000)
  const second = await declareIncident(under, { title: '二' })
  await under.value('timeline.record', { incidentId: first, kind: 'observation', text: 'a', happenedAt: TWO_AT_NIGHT - HOUR })
  await under.value('timeline.record', { incidentId: first, kind: 'observation', text: 'b', happenedAt: TWO_AT_NIGHT - 2 * HOUR })
  const list = await under.value('incidents.list', {})
  expect(list.map((one) => [one.id, one.entryCount, one.lastEntryAt])).toEqual([
    [second, 0, null],
    [first, 2, TWO_AT_NIGHT - HOUR],
  ])
})

test('expected failures are values of the closed list, not faults', async () => {
  const { under } = await openRoom()
  const nowhere = idOf(1)
  expect(await under.failure('incidents.get', { incidentId: nowhere })).toBe('not-found')
  expect(await under.failure('incidents.revise', { incidentId: nowhere, title: 'x' })).toBe('not-found')
  expect(await under.failure('incidents.reopenClock', { incidentId: nowhere, clock: 'response', reason: 'x' })).toBe('not-found')
  expect(await under.failure('incidents.seriesPoints', { incidentId: nowhere, seriesId: nowhere })).toBe('not-found')
  expect(await under.value('incidents.series', { incidentId: nowhere })).toEqual([])
  expect(await under.failure('workspace.setUp', { name: '安', role: 'pr', language: 'en' })).toBe('already-exists')
  expect(under.faults).toEqual([])
  const fresh = await openWorkspaceUnderTest(join(makeTempFolder('fresh', 'quick'), 'data'))
  expect(await fresh.failure('incidents.declare', { title: 'x', type: 'public-event', level: 3, stage: 'initial-complaint' })).toBe(
    'not-set-up',
  )
  expect(await fresh.failure('workspace.updateMe', { name: 'x' })).toBe('not-set-up')
  expect(fresh.faults).toEqual([])
})
