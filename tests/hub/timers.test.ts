import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import { momentId, noticeId } from '#domain/notices/notice-id.ts'
import { LogFailed } from '#hub/log/hub-log.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import { claimTimers, LEASE_MS, type ClaimedTimer } from '#hub/timers/claim-timers.ts'
import { fireTimer } from '#hub/timers/fire-timer.ts'
import { createTimers, type Timers } from '#hub/timers/timers.ts'
import { noteTimers } from '#hub/log/note-timers.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { createFakeClock, TWO_AT_NIGHT, type FakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText as declareOf, entryText, idOf, INCIDENT, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { makeOlder } from './older-file.ts'
import { ENGINES, openNodes, titleOf, type EngineName } from './open-log.ts'

const [CARL, ENTRY] = [idOf(0xc), idOf(0x77)]
// Level II has no bulletins, so that only clocks have timers.
const declareText: typeof declareOf = (id, changes) => declareOf(id, { level: 2, ...changes })
const [MINUTE, HOUR] = [60_000, 3_600_000]
const onIncident = (type: string, body: Record<string, unknown>, id = INCIDENT) =>
  opText({ type: `incident.${type}`, kind: 'incident', id, scope: incidentScope(id), body })
const follow = (memberId: string) => opText({ type: 'followers.add', kind: 'followers', id: INCIDENT, body: { memberId, why: 'chosen' } })
const meet = (clock: string) => onIncident('meet-clock', { clock, entryId: ENTRY, metAt: TWO_AT_NIGHT })
const close = () => onIncident('set-status', { from: 'open', to: 'closed', reason: '完结' })

type Node = { hub: Hub; timers: Timers; delays: number[]; submit(text: string, memberId?: string): Promise<void> }

function nodeOver(hub: Hub, clock: FakeClock): Node {
  const delays: number[] = []
  const timers = createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: (seconds) => void delays.push(seconds) })
  const submit = async (text: string, memberId = ANN) => {
    const admission = memberId === ANN ? null : ({ kind: 'invited', role: memberId === BEN ? 'pr' : 'legal' } as const)
    const { records } = await hub.log.submit([text], { memberId, admission })
    expect(records).toMatchObject([{ outcome: { kind: 'accepted' } }])
  }
  return { hub, timers, delays, submit }
}

/** A team of three at several nodes of one hub; 安 has declared an incident, 本 follows it, 卡尔 does not. */
async function openTeam(engine: EngineName, count = 1) {
  const clock = createFakeClock()
  const nodes = (await openNodes(engine, count, clock)).map((hub) => nodeOver(hub, clock))
  const [one] = nodes
  if (!one) throw new Error('no node')
  await one.submit(joinText(ANN, '安', 'commander'))
  await one.submit(joinText(BEN, '本'), BEN)
  await one.submit(joinText(CARL, '卡尔', 'legal'), CARL)
  await one.submit(declareText())
  await one.submit(entryText(ENTRY, '首次声明已发'))
  await one.submit(follow(BEN), BEN)
  return { clock, one, other: nodes[1] ?? one }
}

const timersOf = async ({ hub }: Node) =>
  (await hub.database.kysely.selectFrom('timer').selectAll().orderBy('due_at').execute()).map(
    ({ rule, about, due_at: dueAt, fired_at: firedAt }) => [rule, about, dueAt - TWO_AT_NIGHT, firedAt !== null] as const,
  )
const waiting = async (node: Node) => [...new Set((await timersOf(node)).map(([, about]) => about))]

async function told({ hub }: Pick<Node, 'hub'>, memberId: string): Promise<string[]> {
  const records = await hub.log.readAfter(memberId, privateScope(memberId), 0, 100)
  return records.flatMap(({ bytes }) => {
    const { type, body } = JSON.parse(bytes) as Op
    return type === 'notice.made' ? [`${String(body['rule'])} ${(body['params'] as { clock?: string }).clock ?? ''}`.trim()] : []
  })
}

const claimed = async ({ hub }: Node, clock: FakeClock): Promise<ClaimedTimer[]> => claimTimers(hub.database, hub.instance, clock.now())
const fire = ({ hub }: Node, clock: FakeClock, timer: ClaimedTimer | undefined) =>
  timer ? fireTimer(hub.database, { now: clock.now, sha256, unreadable: hub.unreadable }, timer) : null

describe.each(ENGINES)('$engine', ({ engine, missing }) => {
  test.skipIf(missing !== null)(
    titleOf('EN-03: timers stand as the clocks do, in the commit that changes them: set, met, stopped, reopened, added, closed', missing),
    async () => {
      const { one } = await openTeam(engine)
      expect(await timersOf(one)).toEqual([
        ['clock-soon', 'response', 45 * MINUTE, false],
        ['clock-due', 'response', HOUR, false],
        ['clock-soon', 'public-response', 4 * HOUR - 15 * MINUTE, false],
        ['clock-due', 'public-response', 4 * HOUR, false],
        ['clock-soon', 'first-statement', 6 * HOUR - 15 * MINUTE, false],
        ['clock-due', 'first-statement', 6 * HOUR, false],
        ['clock-soon', 'handling', 24 * HOUR - 15 * MINUTE, false],
        ['clock-due', 'handling', 24 * HOUR, false],
        ['clock-soon', 'apology', 48 * HOUR - 15 * MINUTE, false],
        ['clock-due', 'apology', 48 * HOUR, false],
      ])
      await one.submit(meet('response'))
      await one.submit(onIncident('stop-clock', { clock: 'apology', reason: '不适用' }))
      expect(await waiting(one)).toEqual(['public-response', 'first-statement', 'handling'])
      await one.submit(onIncident('reopen-clock', { clock: 'apology', reason: '仍需道歉' }))
      expect(await waiting(one)).toEqual(['public-response', 'first-statement', 'handling', 'apology'])
      await one.submit(close())
      expect(await timersOf(one)).toEqual([])
      await one.submit(onIncident('set-status', { from: 'closed', to: 'open', reason: '再起' }))
      expect(await waiting(one)).toEqual(['public-response', 'first-statement', 'handling', 'apology'])
      // A refused op changes no timers.
      await one.hub.log.submit([onIncident('stop-clock', { clock: 'handling', reason: '' })], { memberId: ANN, admission: null })
      expect(await waiting(one)).toContain('handling')
      const routine = idOf(0x300)
      await one.submit(declareText(routine, { level: 3, clocks: { response: 8 * HOUR } }))
      await one.submit(
        onIncident('change-level', { from: 3, to: 2, reason: '升级', clocks: { response: HOUR, handling: 24 * HOUR } }, routine),
      )
      const set = await one.hub.database.kysely.selectFrom('timer').select(['rule', 'about']).where('id', '=', routine).execute()
      expect(set.map(({ rule, about }) => `${rule} ${about}`).toSorted()).toEqual([
        'clock-due handling',
        'clock-due response',
        'clock-soon handling',
        'clock-soon response',
      ])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('P12: the commander and the followers are told before and when a clock runs out, once, and nobody else', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      await one.timers.fireDue()
      clock.advance(45 * MINUTE - 1)
      await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual([])
      clock.advance(1)
      for (let again = 0; again < 3; again++) await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual(['clock-soon response'])
      clock.advance(15 * MINUTE + 400)
      for (let again = 0; again < 3; again++) await one.timers.fireDue()
      expect([await told(one, ANN), await told(one, BEN), await told(one, CARL)]).toEqual([
        ['clock-soon response', 'clock-due response'],
        ['clock-soon response', 'clock-due response'],
        [],
      ])
      expect(one.delays).toEqual([0, 0.4])
      const [, notice] = (await one.hub.log.readAfter(BEN, privateScope(BEN), 0, 9)).filter(({ bytes }) => bytes.includes('notice.made'))
      expect(JSON.parse(notice?.bytes ?? '')).toMatchObject({
        body: {
          incidentId: INCIDENT,
          subject: { kind: 'incident', id: INCIDENT },
          params: { clock: 'response', dueAt: TWO_AT_NIGHT + HOUR },
        },
      })
      // A later follower is notified of later moments, not of past ones.
      await one.submit(follow(CARL), CARL)
      clock.advance(4 * HOUR)
      await one.timers.fireDue()
      expect(await told(one, CARL)).toEqual(['clock-due public-response'])
      expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('A4: whoever may not read the incident by then is not told; a commander who follows nothing is', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      await one.submit(opText({ type: 'followers.leave', kind: 'followers', id: INCIDENT, body: {} }))
      await one.submit(onIncident('restrict', { members: [ANN] }))
      clock.advance(HOUR)
      await one.timers.fireDue()
      expect([await told(one, ANN), await told(one, BEN)]).toEqual([['clock-due response'], []])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a hub that was down over the time tells it when it is back, in order, and not that time is short where it is up', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      await one.submit(declareText(idOf(0x200), { clocks: { handling: 3 * HOUR } }))
      clock.advance(6 * HOUR - MINUTE)
      await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual([
        'clock-due response',
        'clock-due handling',
        'clock-due public-response',
        'clock-soon first-statement',
      ])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('what was met, stopped or closed before a claimed timer fires is told to nobody', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      clock.advance(HOUR)
      const timers = await claimed(one, clock)
      expect(timers.map(({ rule }) => rule)).toEqual(['clock-soon', 'clock-due'])
      await one.submit(meet('response'))
      for (const timer of timers) expect(await fire(one, clock, timer)).toBeNull()
      clock.advance(3 * HOUR)
      const [, late] = await claimed(one, clock)
      await one.submit(onIncident('stop-clock', { clock: 'public-response', reason: '不适用' }))
      expect(await fire(one, clock, late)).toBeNull()
      clock.advance(2 * HOUR)
      const [, last] = await claimed(one, clock)
      await one.submit(close())
      expect(await fire(one, clock, last)).toBeNull()
      clock.advance(100 * HOUR)
      await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual([])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a clock that is reopened after it ran out is not told of again; one whose time has moved is', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      clock.advance(HOUR)
      await one.timers.fireDue()
      await one.submit(meet('response'))
      await one.submit(onIncident('reopen-clock', { clock: 'response', reason: '声明撤回' }))
      await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual(['clock-due response'])
      const incident = (await one.hub.log.readEntity('incident', INCIDENT)) as Entity<{ clocks: { id: string; dueAt: number }[] }>
      const clocks = incident.state.clocks.map((each) => (each.id === 'response' ? { ...each, dueAt: each.dueAt + HOUR } : each))
      await noteTimers(one.hub.database.kysely, engine, [{ ...incident, state: { ...incident.state, clocks } }])
      expect((await timersOf(one)).filter(([, about]) => about === 'response')).toEqual([
        ['clock-soon', 'response', 2 * HOUR - 15 * MINUTE, false],
        ['clock-due', 'response', 2 * HOUR, false],
      ])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('P12: of two nodes one tells it, also where one dies between claiming and firing or comes back too late', missing),
    async () => {
      const { one, other, clock } = await openTeam(engine, 2)
      clock.advance(45 * MINUTE)
      await Promise.all([one.timers.fireDue(), other.timers.fireDue()])
      await Promise.all([one.timers.fireDue(), other.timers.fireDue()])
      expect([await told(one, ANN), await told(one, BEN)]).toEqual([['clock-soon response'], ['clock-soon response']])
      clock.advance(15 * MINUTE)
      // The timer is claimed, and then the node hangs.
      const [hung] = await claimed(one, clock)
      expect(hung).toMatchObject({ rule: 'clock-due', about: 'response' })
      await other.timers.fireDue()
      clock.advance(LEASE_MS - 1)
      await other.timers.fireDue()
      expect(await told(other, ANN)).toEqual(['clock-soon response'])
      clock.advance(1)
      await other.timers.fireDue()
      expect(await told(other, ANN)).toEqual(['clock-soon response', 'clock-due response'])
      expect(await fire(one, clock, hung)).toBeNull()
      expect(await told(other, ANN)).toHaveLength(2)
      // The timer is claimed, and then the node dies.
      clock.advance(3 * HOUR)
      expect((await claimed(one, clock)).length).toBeGreaterThan(0)
      await one.hub.close()
      await other.timers.fireDue()
      clock.advance(LEASE_MS)
      await other.timers.fireDue()
      expect(await told(other, ANN)).toEqual(['clock-soon response', 'clock-due response', 'clock-due public-response'])
      expect(await verifyHub(other.hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('P12: nobody keeps a notice of a clock from another by taking its ids, however many; it is told once', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      const idsOf = (rule: 'clock-soon' | 'clock-due', dueAt: number, recipient: string, turns: number) => {
        const cause = momentId('incident', INCIDENT, { rule, about: 'response', dueAt }, sha256)
        return Array.from({ length: turns }, (_, turn) => noticeId(cause, rule, recipient, sha256, turn))
      }
      const own = { kind: 'notice', scope: privateScope(CARL), type: 'notice.read', body: { read: true } }
      const soon = TWO_AT_NIGHT + 45 * MINUTE
      const due = TWO_AT_NIGHT + HOUR
      // As the id of an entity in another scope, and as the id of an op that the hub did not write.
      for (const id of idsOf('clock-soon', soon, ANN, 2)) await one.submit(opText({ ...own, id }), CARL)
      for (const opId of idsOf('clock-soon', soon, BEN, 3)) await one.submit(opText({ ...own, id: idOf(0x500), opId }), CARL)
      for (const id of idsOf('clock-due', due, ANN, 20)) await one.submit(opText({ ...own, id }), CARL)
      // Also by the recipient: an op that they wrote under the id is no notice.
      for (const opId of idsOf('clock-due', due, BEN, 1))
        await one.submit(opText({ ...own, scope: privateScope(BEN), id: idOf(0x501), opId }), BEN)
      clock.advance(45 * MINUTE)
      await one.timers.fireDue()
      expect([await told(one, ANN), await told(one, BEN)]).toEqual([['clock-soon response'], ['clock-soon response']])
      await one.submit(meet('response'))
      await one.submit(onIncident('reopen-clock', { clock: 'response', reason: '声明撤回' }))
      await one.timers.fireDue()
      expect([await told(one, ANN), await told(one, BEN)]).toEqual([['clock-soon response'], ['clock-soon response']])
      clock.advance(15 * MINUTE)
      for (let again = 0; again < 3; again++) await one.timers.fireDue()
      const both = ['clock-soon response', 'clock-due response']
      expect([await told(one, ANN), await told(one, BEN), await told(one, CARL)]).toEqual([both, both, []])
      expect(await verifyHub(one.hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a clock that is set back between claiming and firing is told of when it is due again', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      clock.advance(45 * MINUTE)
      const [soon] = await claimed(one, clock)
      clock.advance(-MINUTE)
      expect(await fire(one, clock, soon)).toBeNull()
      const rows = await one.hub.database.kysely.selectFrom('timer').select(['claimed_by', 'fired_at']).orderBy('due_at').execute()
      expect(rows[0]).toEqual({ claimed_by: null, fired_at: null })
      expect(await told(one, ANN)).toEqual([])
      clock.advance(MINUTE)
      await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual(['clock-soon response'])
    },
  )

  test.skipIf(missing !== null)(titleOf('a claim by a clock that was put back since holds nobody up', missing), async () => {
    const { one, other, clock } = await openTeam(engine, 2)
    clock.advance(400 * 24 * HOUR)
    expect(await claimed(one, clock)).toHaveLength(10)
    clock.advance(-399 * 24 * HOUR)
    await other.timers.fireDue()
    expect(await told(other, ANN)).toHaveLength(4)
  })

  test.skipIf(missing !== null)(titleOf('many nodes and many incidents: each clock is told of once', missing), async () => {
    const { one, other, clock } = await openTeam(engine, 2)
    const ids = Array.from({ length: 26 }, (_, index) => idOf(0x400 + index))
    await one.hub.log.submit(
      ids.map((id, index) => declareText(id, { clocks: { response: HOUR + index * 1000 } })),
      { memberId: ANN, admission: null },
    )
    clock.advance(2 * HOUR)
    await Promise.all([one.timers.fireDue(), other.timers.fireDue()])
    const given = await told(one, ANN)
    expect(given.filter((line) => line === 'clock-due response')).toHaveLength(27)
    expect(given).toHaveLength(27)
  })

  test.skipIf(missing !== null)(
    titleOf('S12: incidents of a database from before there were timers have theirs once the hub has begun', missing),
    async () => {
      const { one, clock } = await openTeam(engine)
      const { kysely } = one.hub.database
      await kysely.deleteFrom('timer').execute()
      // An unreadable row is rebuilt from the log.
      await kysely.updateTable('entity').set({ sum: 1 }).where('kind', '=', 'incident').execute()
      await kysely.insertInto('meta').values({ key: 'unsettledTimers', value: 'yes' }).execute()
      clock.advance(HOUR)
      await one.timers.settle()
      expect(await timersOf(one)).toHaveLength(10)
      await one.timers.fireDue()
      await one.timers.settle()
      await one.timers.fireDue()
      expect(await told(one, ANN)).toEqual(['clock-due response'])
    },
  )
})

test('D1: what breaks off while it fires leaves neither half: it fires later, once', async () => {
  const { one, clock } = await openTeam('sqlite')
  const { kysely } = one.hub.database
  clock.advance(HOUR)
  const [soon, due] = await claimed(one, clock)
  await fire(one, clock, soon)
  const { rows } = await sql<{ file: string }>`PRAGMA database_list`.execute(kysely)
  const trigger = new Database(rows[0]?.file ?? '')
  onTestFinished(() => void trigger.close())
  trigger.exec(
    "CREATE TRIGGER breaks BEFORE UPDATE OF fired_at ON timer WHEN NEW.fired_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'broken off'); END",
  )
  await expect(Promise.resolve(fire(one, clock, due))).rejects.toThrow('broken off')
  expect(await told(one, ANN)).toEqual([])
  // What the hub claims itself and cannot fire, it releases at once.
  clock.advance(LEASE_MS)
  await expect(one.timers.fireDue()).rejects.toThrow('broken off')
  trigger.exec('DROP TRIGGER breaks')
  await one.timers.fireDue()
  await one.timers.fireDue()
  expect(await told(one, ANN)).toEqual(['clock-due response'])
  expect(await kysely.selectFrom('timer').select('rule').where('fired_at', 'is not', null).execute()).toHaveLength(2)
})

test('D5: a disk that fails while a timer fires stops the log, as one that fails in a commit of the log does', async () => {
  const clock = createFakeClock()
  const opened = openHub(join(makeTempFolder('timers', 'quick'), 'hub.db'), true, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { hub } = opened
  onTestFinished(() => hub.close())
  const { submit, timers } = nodeOver(hub, clock)
  await submit(joinText(ANN, '安', 'commander'))
  await submit(declareText())
  hub.db.function('fails', () => {
    throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC')
  })
  hub.db.exec('CREATE TEMP TRIGGER breaks BEFORE UPDATE OF fired_at ON timer WHEN NEW.fired_at IS NOT NULL BEGIN SELECT fails(); END')
  clock.advance(HOUR)
  await expect(timers.fireDue()).rejects.toThrow('disk I/O error')
  expect(hub.log.hasFailed()).toBe(true)
  await expect(submit(entryText(ENTRY, '续'))).rejects.toThrow(LogFailed)
  // Nothing more is written, not even a claim.
  await timers.fireDue()
  expect(await told({ hub }, ANN)).toEqual([])
})

test('S12: a file of the version before timers is brought up when it is opened, and what fell due is told', async () => {
  const folder = makeTempFolder('timers', 'quick')
  const file = join(folder, 'hub.db')
  const clock = createFakeClock()
  const opened = openHub(file, true, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  await opened.hub.log.submit([joinText(ANN, '安', 'commander'), declareText()], { memberId: ANN, admission: null })
  await opened.hub.close()
  makeOlder(file, ['timer', 'agent%'], 4)
  clock.advance(HOUR)
  const { team, hub, close: end } = await openTeamHub(folder, clock.now)
  onTestFinished(end)
  await team.fireDue()
  expect(await told({ hub }, ANN)).toEqual(['clock-due response'])
})

test('whoever has the app open is told at once: the hub announces what a timer has written', async () => {
  const clock = createFakeClock()
  const { team, link, close: end } = await openTeamHub(makeTempFolder('timers', 'quick'), clock.now)
  onTestFinished(end)
  await team.submit([joinText(ANN, '安', 'commander'), declareText()], ANN, null)
  const ann = link(ANN)
  await ann.hello({ replicaId: randomUUID(), cursors: [], sentAt: 0 })
  const moved = new Promise<string>((done) => void ann.onAdvance((heads) => heads.forEach(({ scope }) => done(scope))))
  clock.advance(HOUR)
  await team.fireDue()
  expect(await moved).toBe(privateScope(ANN))
  expect(await team.metrics.text()).toMatch(/stormroom_hub_timer_delay_seconds_count\{[^}]*\} 2/)
})
