import { describe, expect, test } from 'vitest'
import { claimTimers } from '#hub/timers/claim-timers.ts'
import { fireTimer } from '#hub/timers/fire-timer.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import { HUB_ACTOR } from '#domain/log/ids.ts'
import { publishedText } from '#domain/wording/published.ts'
import { WORDING } from '#domain/wording/wording-entity.ts'
import {
  bulletinNode,
  HEAD,
  inShort,
  LEGAL,
  planText,
  publishRevision,
  SCOPE,
  textId,
  withdrawRevision,
  writeTexts,
} from '#tests/support/bulletin-team.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, INCIDENT, opText, sha256 } from '#tests/support/log-texts.ts'
import { ENGINES, openNodes, titleOf, type EngineName } from './open-log.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const onIncident = (type: string, body: Record<string, unknown>) =>
  opText({ type: `incident.${type}`, kind: 'incident', id: INCIDENT, body })

async function openTeam(engine: EngineName, count = 1, changes: Parameters<ReturnType<typeof bulletinNode>['begin']>[0] = {}) {
  const clock = createFakeClock()
  const nodes = (await openNodes(engine, count, clock)).map((hub) => bulletinNode(hub, clock))
  const [one] = nodes
  if (!one) throw new Error('no node')
  await one.begin(changes)
  /** Lets time pass second by second around the full hours, as a hub that is up does. */
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      clock.advance(MINUTE)
      await one.timers.fireDue()
    }
  }
  return { clock, one, other: nodes[1] ?? one, pass }
}

describe.each(ENGINES)('$engine', ({ engine, missing }) => {
  test.skipIf(missing !== null)(
    titleOf('C2-12: an incident of level I has a bulletin at each full hour, also when nothing has changed', missing),
    async () => {
      const { one, pass } = await openTeam(engine)
      await pass(150)
      expect(inShort(await one.bulletins())).toEqual([
        [1, 60, 'on-time', ''],
        [2, 120, 'on-time', ''],
      ])
      const [first, second] = await one.bulletins()
      expect([first?.previousId, second?.previousId]).toEqual([null, first?.id])
      // That nothing has changed is no news.
      expect([await one.told(ANN), await one.told(BEN), await one.told(HEAD)]).toEqual([[], [], []])
      expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('what was published, changed and withdrawn is told once; what is approved is published by the bulletin', missing),
    async () => {
      const { one, pass } = await openTeam(engine)
      await one.approved(1)
      await one.submit(ANN, publishRevision(1, 1))
      await one.approved(2)
      await one.approved(3, 1, { kind: 'statement' })
      await one.approved(4, 1, { preparedFor: '媒体跟进' })
      await one.submit(ANN, ...writeTexts(5))
      await pass(60)
      await one.approved(1, 2)
      await pass(60)
      await one.submit(ANN, withdrawRevision(2, 1, '暂不答复'))
      await pass(60)
      await pass(60)
      const bulletins = await one.bulletins()
      expect(inShort(bulletins)).toEqual([
        [1, 60, 'on-time', '话术1/1 new, 话术2/1 new pushed'],
        [2, 120, 'on-time', '话术1/2 changed pushed'],
        [3, 180, 'on-time', '话术2/1 withdrawn'],
        [4, 240, 'on-time', ''],
      ])
      expect(bulletins[1]?.items[0]?.from).toBe(bulletins[0]?.items[0]?.revisionId)
      expect(bulletins[2]?.items[0]?.summary).toBe('暂不答复')
      const byHub = (await one.opsIn(SCOPE)).filter(({ actor }) => actor === HUB_ACTOR).map(({ op }) => op.type)
      expect(byHub.filter((type) => type === 'wording.publish')).toHaveLength(2)
      expect(await one.hub.log.readEntity('wording', textId(1))).toMatchObject({ state: { live: { number: 2, by: HUB_ACTOR } } })
      // The followers are told of changes.
      expect(await one.told(ANN)).toEqual(['bulletin-out', 'bulletin-out', 'bulletin-out'])
      expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('what is held or has variables without value stays out and is named; the head sets the order', missing),
    async () => {
      const { one, pass } = await openTeam(engine)
      await one.approved(1)
      await one.approved(2)
      await one.approved(3)
      await one.approved(4, 1, { core: '致电 {hotline}。' })
      await one.submit(HEAD, planText('hold', { wordingId: textId(1), reason: '等产品确认' }))
      await one.submit(HEAD, planText('reorder', { order: [textId(3), textId(2)] }))
      await pass(60)
      const [first] = await one.bulletins()
      expect(inShort(first ? [first] : [])).toEqual([[1, 60, 'on-time', '话术3/1 new pushed, 话术2/1 new pushed']])
      expect(first?.left.map(({ title, why, detail }) => [title, why, detail])).toEqual([
        ['话术1', 'held', '等产品确认'],
        ['话术4', 'values', 'hotline'],
      ])
      await one.submit(HEAD, planText('release', { wordingId: textId(1) }))
      const values = { values: { hotline: '400-1' } }
      await one.submit(ANN, opText({ type: 'wording-values.set', kind: 'wording-values', id: INCIDENT, body: values }))
      await pass(60)
      const [, second] = await one.bulletins()
      expect(second?.items.map(({ summary }) => summary)).toEqual(['第1版。', '致电 400-1。'])
      expect(await one.hub.log.readEntity('wording', textId(4))).toMatchObject({ state: { live: { values: { hotline: '400-1' } } } })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a withdrawn text does not come back by itself, and a removed one is not published', missing),
    async () => {
      const { one, pass } = await openTeam(engine)
      await one.approved(1)
      await one.submit(ANN, publishRevision(1, 1))
      await one.submit(ANN, withdrawRevision(1, 1))
      await one.approved(2)
      await one.submit(ANN, opText({ type: 'wording.remove', kind: 'wording', id: textId(2), body: { removed: true } }))
      await pass(120)
      expect(inShort(await one.bulletins())).toEqual([
        [1, 60, 'on-time', '话术1/1 withdrawn'],
        [2, 120, 'on-time', ''],
      ])
      expect(await one.hub.log.readEntity('wording', textId(1))).toMatchObject({ state: { live: null } })
      expect(await one.hub.log.readEntity('wording', textId(2))).toMatchObject({ state: { live: null } })
    },
  )

  test.skipIf(missing !== null)(titleOf('a text that was told is told as withdrawn although it was removed since', missing), async () => {
    const { one, pass } = await openTeam(engine)
    await one.approved(1)
    await one.submit(ANN, publishRevision(1, 1))
    await pass(60)
    await one.submit(ANN, withdrawRevision(1, 1, '暂不答复'))
    await one.submit(ANN, opText({ type: 'wording.remove', kind: 'wording', id: textId(1), body: { removed: true } }))
    await pass(120)
    expect(inShort(await one.bulletins()).map(([, , , items]) => items)).toEqual(['话术1/1 new', '话术1/1 withdrawn', ''])
  })

  test.skipIf(missing !== null)(
    titleOf('a text that is in use only later is told of by the bulletin after that time', missing),
    async () => {
      const { one, pass } = await openTeam(engine)
      await one.approved(1)
      await one.submit(ANN, publishRevision(1, 1, { from: TWO_AT_NIGHT + 90 * MINUTE }))
      await pass(180)
      expect(inShort(await one.bulletins()).map(([, , , items]) => items)).toEqual(['', '话术1/1 new', ''])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a hub that was down issues the latest hour late, gives each missed one its number, and alarms commander and head', missing),
    async () => {
      const { one, clock, pass } = await openTeam(engine)
      await pass(60)
      await one.approved(1)
      clock.advance(3 * HOUR + 20 * MINUTE)
      for (let again = 0; again < 3; again++) await one.timers.fireDue()
      expect(inShort(await one.bulletins())).toEqual([
        [1, 60, 'on-time', ''],
        [2, 120, 'missed', ''],
        [3, 180, 'missed', ''],
        [4, 240, 'late', '话术1/1 new pushed'],
      ])
      expect([await one.told(ANN), await one.told(HEAD), await one.told(LEGAL)]).toEqual([['bulletin-missed'], ['bulletin-missed'], []])
      expect((await one.plan())?.nextDue).toBe(TWO_AT_NIGHT + 5 * HOUR)
      const notes = (await one.opsIn(SCOPE)).flatMap(({ op }) => (op.type === 'entry.record' ? [op.body['event']] : []))
      expect(notes).toMatchObject([
        { code: 'bulletin-missed', params: { number: 2, slot: TWO_AT_NIGHT + 2 * HOUR } },
        { code: 'bulletin-missed', params: { number: 3 } },
        { code: 'bulletin-issued', params: { number: 4, count: 1, titles: '话术1' } },
      ])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('the missed hours of a week are written in several transactions, each hour once; those before it are not written', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      clock.advance(400 * HOUR)
      await one.timers.fireDue()
      const bulletins = await one.bulletins()
      expect(bulletins.map(({ number }) => number)).toEqual(Array.from({ length: 169 }, (_one, index) => index + 1))
      expect(bulletins.map(({ slot }) => ((slot ?? 0) - TWO_AT_NIGHT) / HOUR)).toEqual(bulletins.map(({ number }) => number + 231))
      expect(bulletins.map(({ mark }) => mark).filter((mark) => mark !== 'missed')).toEqual(['on-time'])
    },
  )

  test.skipIf(missing !== null)(titleOf('two nodes that fire at the same time issue each bulletin once', missing), async () => {
    const { one, other, clock } = await openTeam(engine, 2)
    const second = bulletinNode(other.hub, clock)
    await one.approved(1)
    for (let hour = 0; hour < 6; hour++) {
      clock.advance(hour === 3 ? 3 * HOUR : HOUR)
      await Promise.all([one.timers.fireDue(), second.timers.fireDue()])
      // A node that lost against the other looks again within a second.
      await one.timers.fireDue()
    }
    const bulletins = await one.bulletins()
    expect(bulletins.map(({ number, slot }) => [number, ((slot ?? 0) - TWO_AT_NIGHT) / HOUR])).toEqual(
      Array.from({ length: 8 }, (_one, index) => [index + 1, index + 1]),
    )
    expect(bulletins.flatMap(({ items }) => items)).toHaveLength(1)
    expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
  })

  test.skipIf(missing !== null)(
    titleOf('a node that dies after claiming loses nothing: another takes over, and the bulletin is not late', missing),
    async () => {
      const { one, other, clock } = await openTeam(engine, 2)
      clock.advance(HOUR)
      expect(await claimTimers(one.hub.database, one.hub.instance, clock.now())).toHaveLength(1)
      await other.timers.fireDue()
      expect(await one.bulletins()).toEqual([])
      clock.advance(10_000)
      await bulletinNode(other.hub, clock).timers.fireDue()
      expect(inShort(await one.bulletins())).toEqual([[1, 60, 'on-time', '']])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a clock that is set back by less than half an hour repeats none; the hour comes when the clock reaches it', missing),
    async () => {
      const { one, clock, pass } = await openTeam(engine)
      await pass(60)
      clock.set(TWO_AT_NIGHT + 40 * MINUTE)
      await pass(19)
      await pass(2)
      expect(inShort(await one.bulletins())).toEqual([[1, 60, 'on-time', '']])
      // Claimed before the clock was set back.
      clock.set(TWO_AT_NIGHT + 2 * HOUR)
      const [timer] = await claimTimers(one.hub.database, one.hub.instance, clock.now())
      clock.set(TWO_AT_NIGHT + HOUR)
      const edge = { now: clock.now, sha256, unreadable: one.hub.unreadable }
      expect(timer && (await fireTimer(one.hub.database, edge, timer))).toBeNull()
      await pass(61)
      expect(inShort(await one.bulletins())).toEqual([
        [1, 60, 'on-time', ''],
        [2, 120, 'on-time', ''],
      ])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a clock that was ahead and is corrected costs no hour: what the wrong clock answered is answered again', missing),
    async () => {
      const { one, clock, pass } = await openTeam(engine)
      await pass(10)
      clock.set(TWO_AT_NIGHT + 5 * HOUR)
      await one.timers.fireDue()
      await one.approved(1)
      await one.submit(ANN, publishRevision(1, 1))
      clock.set(TWO_AT_NIGHT + 11 * MINUTE)
      await pass(50)
      const slots = async () => inShort(await one.bulletins()).slice(5)
      expect(await slots()).toEqual([[6, 60, 'on-time', '话术1/1 new']])
      // What went out at once by the wrong clock is in use by the right one.
      const text = WORDING.as(await one.hub.log.readEntity('wording', textId(1)))?.state
      expect(text?.live?.from).toBeGreaterThan(clock.now())
      expect(text && publishedText(text, clock.now())?.status).toBe('published')
      await one.submit(HEAD, planText('send-now'))
      await pass(60)
      expect((await slots()).slice(1)).toEqual([
        [7, null, 'out-of-turn', ''],
        [8, 120, 'on-time', ''],
      ])
      expect((await one.opsIn(SCOPE)).filter(({ op }) => op.type === 'bulletin-plan.reckon')).toHaveLength(1)
      expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null).for([15, 30, 60, 120] as const)(
    titleOf('a clock that was ahead by one cadence of %i minutes and is corrected costs no slot', missing),
    async (cadence) => {
      const { one, clock, pass } = await openTeam(engine)
      await one.submit(HEAD, planText('set', { on: true, cadence, offset: 0 }))
      const ahead = cadence * MINUTE
      clock.set(TWO_AT_NIGHT + ahead)
      await one.timers.fireDue()
      clock.set(TWO_AT_NIGHT + 5 * MINUTE)
      await pass(cadence)
      expect(inShort(await one.bulletins()).map(([, slot]) => slot)).toEqual([cadence, cadence])
    },
  )

  test.skipIf(missing !== null)(titleOf('the head sends one now, once; the full hour keeps its own', missing), async () => {
    const { one, pass } = await openTeam(engine)
    await one.approved(1)
    await pass(10)
    await one.submit(HEAD, planText('send-now'))
    expect(await one.refused(HEAD, planText('send-now'))).toEqual(['nothing-changes'])
    await one.timers.fireDue()
    await one.timers.fireDue()
    await pass(50)
    const bulletins = await one.bulletins()
    expect(inShort(bulletins)).toEqual([
      [1, null, 'out-of-turn', '话术1/1 new pushed'],
      [2, 60, 'on-time', ''],
    ])
    expect(bulletins[0]?.requestedBy).toBe(HEAD)
  })

  test.skipIf(missing !== null)(
    titleOf('the cadence changes without losing an hour that is due, and the head switches off and on', missing),
    async () => {
      const { one, clock, pass } = await openTeam(engine)
      clock.advance(HOUR)
      // Due, and not issued yet.
      await one.submit(HEAD, planText('set', { on: true, cadence: 30, offset: 0 }))
      await one.timers.fireDue()
      await pass(60)
      await one.submit(HEAD, planText('set', { on: false, cadence: 30, offset: 0 }))
      await pass(60)
      await one.submit(HEAD, planText('set', { on: true, cadence: 60, offset: 330 }))
      await pass(60)
      expect(inShort(await one.bulletins())).toEqual([
        [1, 60, 'on-time', ''],
        [2, 90, 'on-time', ''],
        [3, 120, 'on-time', ''],
        [4, 210, 'on-time', ''],
      ])
      expect(await one.refused(BEN, planText('set', { on: false, cadence: 60, offset: 0 }))).toEqual(['not-permitted'])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('bulletins end and begin with the level and the incident; what a member has switched off stays off', missing),
    async () => {
      const { one, pass } = await openTeam(engine)
      const level = (from: number, to: number) => onIncident('change-level', { from, to, reason: '研判', clocks: {} })
      const status = (from: string, to: string) => onIncident('set-status', { from, to, reason: '研判' })
      await pass(60)
      await one.submit(ANN, level(1, 2))
      await pass(120)
      expect((await one.bulletins()).length).toBe(1)
      await one.submit(ANN, level(2, 1))
      await pass(60)
      expect((await one.bulletins()).length).toBe(2)
      await one.submit(ANN, status('open', 'closed'))
      await pass(120)
      expect((await one.bulletins()).length).toBe(2)
      await one.submit(ANN, status('closed', 'open'))
      await pass(60)
      expect((await one.bulletins()).length).toBe(3)
      await one.submit(HEAD, planText('set', { on: false, cadence: 60, offset: 0 }))
      await one.submit(ANN, level(1, 2))
      await one.submit(ANN, level(2, 1))
      await pass(120)
      expect((await one.bulletins()).length).toBe(3)
    },
  )

  test.skipIf(missing !== null).for([
    ['its level fell', onIncident('change-level', { from: 1, to: 2, reason: '研判', clocks: {} })],
    ['it was closed', onIncident('set-status', { from: 'open', to: 'closed', reason: '研判' })],
  ] as const)(titleOf('hours that had come when %s are marked as missed, and none after', missing), async ([, change]) => {
    const { one, clock, pass } = await openTeam(engine)
    await pass(60)
    // The hub that fires timers is down; another one takes the change.
    clock.advance(2 * HOUR + 20 * MINUTE)
    await one.submit(ANN, change)
    clock.advance(2 * HOUR)
    for (let again = 0; again < 3; again++) await one.timers.fireDue()
    expect(inShort(await one.bulletins())).toEqual([
      [1, 60, 'on-time', ''],
      [2, 120, 'missed', ''],
      [3, 180, 'missed', ''],
    ])
    expect((await one.plan())?.nextDue).toBeNull()
    expect([await one.told(ANN), await one.told(HEAD)]).toEqual([['bulletin-missed'], ['bulletin-missed']])
    expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
  })

  test.skipIf(missing !== null)(titleOf('nobody but the hub writes bulletins, or what becomes of the plan', missing), async () => {
    const { one } = await openTeam(engine, 1, { level: 2 })
    expect(await one.plan()).toBeUndefined()
    const issue = { number: 1, slot: null, mark: 'on-time', items: [], left: [], previousId: null, requestedBy: null }
    const advance = { number: 1, bulletinId: textId(1), nextDue: null, told: {}, request: null }
    expect(
      await one.refused(
        ANN,
        opText({ type: 'bulletin.issue', kind: 'bulletin', id: textId(1), body: issue }),
        planText('advance', advance),
        planText('begin', { offset: 0 }),
        planText('rest'),
      ),
    ).toEqual(['malformed', 'malformed', 'malformed', 'malformed'])
  })
})
