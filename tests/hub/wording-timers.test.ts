import { describe, expect, onTestFinished, test } from 'vitest'
import { contentHash } from '#domain/wording/content.ts'
import { privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import { NoticeMade } from '#domain/notices/notice.ts'
import { claimTimers } from '#hub/timers/claim-timers.ts'
import { fireTimer } from '#hub/timers/fire-timer.ts'
import { createTimers } from '#hub/timers/timers.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { join } from 'node:path'
import { createFakeClock, TWO_AT_NIGHT, type FakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import {
  approveText,
  onPromise,
  promiseText,
  PROMISE_ID,
  PROMISING,
  publishText,
  publishToText,
  REVISION_ID,
  WORDING_ID,
  writtenTexts,
} from '#tests/support/published-wording.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ENGINES, openNodes, titleOf, type EngineName } from './open-log.ts'

const CARL = idOf(0xc)
const EVA = idOf(0xe)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DUE = TWO_AT_NIGHT + HOUR
const ROLES = { [BEN]: 'pr', [CARL]: 'legal', [EVA]: 'executive' } as const

/** 安 commands and writes; 本 (PR), 卡尔 (legal) and 伊娃 (executive) follow nothing. No clocks, so that besides bulletins only texts have timers. */
async function team(hub: Hub, clock: FakeClock) {
  const timers = createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: () => undefined })
  const submit = async (memberId: string, ...texts: string[]) => {
    const role = ROLES[memberId]
    const admission = role === undefined ? null : ({ kind: 'invited', role } as const)
    const { records } = await hub.log.submit(texts, { memberId, admission })
    expect(records.map(({ outcome }) => outcome)).toEqual(texts.map(() => ({ kind: 'accepted' })))
  }
  const notices = async (memberId: string) => {
    const records = await hub.log.readAfter(memberId, privateScope(memberId), 0, 100)
    return records.flatMap(({ bytes }) => {
      const { type, body } = JSON.parse(bytes) as Op
      return type === 'notice.made' ? [NoticeMade.parse(body)] : []
    })
  }
  const told = async (memberId: string) =>
    (await notices(memberId)).flatMap(({ rule }) =>
      ['promise-soon', 'promise-due', 'review-due', 'wording-expiring', 'reading-due'].includes(rule) ? [rule] : [],
    )
  const waiting = async () =>
    (await hub.database.kysely.selectFrom('timer').selectAll().where('rule', 'not like', 'bulletin-%').orderBy('due_at').execute()).map(
      ({ kind, rule, due_at: dueAt, fired_at: firedAt }) => [kind, rule, (dueAt - TWO_AT_NIGHT) / MINUTE, firedAt !== null] as const,
    )
  return { hub, timers, submit, notices, told, waiting }
}

async function join4({ submit }: Awaited<ReturnType<typeof team>>) {
  await submit(ANN, joinText(ANN, '安', 'commander'))
  await submit(BEN, joinText(BEN, '本'))
  await submit(CARL, joinText(CARL, '卡尔', 'legal'))
  await submit(EVA, joinText(EVA, '伊娃', 'executive'))
  await submit(ANN, declareText(INCIDENT, { clocks: {} }))
}

async function openTeam(engine: EngineName) {
  const clock = createFakeClock()
  const [hub] = await openNodes(engine, 1, clock)
  if (!hub) throw new Error('no hub')
  const one = await team(hub, clock)
  await join4(one)
  return { ...one, clock }
}

type Team = Awaited<ReturnType<typeof openTeam>>

async function publish({ submit }: Pick<Team, 'submit'>, until: number | null = null) {
  await submit(ANN, ...writtenTexts([BEN, CARL]))
  await submit(BEN, approveText('pr'))
  await submit(CARL, approveText('legal'))
  await submit(ANN, publishText(until))
}

describe.each(ENGINES)('$engine', ({ engine, missing }) => {
  test.skipIf(missing !== null)(
    titleOf('TK-05: the owner, the commander and the followers are told before and when a promise is due, once', missing),
    async () => {
      const { timers, clock, submit, told, waiting, hub } = await openTeam(engine)
      await publish({ submit })
      await submit(ANN, promiseText(DUE))
      expect(await waiting()).toEqual([
        ['promise', 'promise-soon', 45, false],
        ['promise', 'promise-due', 60, false],
      ])
      clock.advance(45 * MINUTE - 1)
      await timers.fireDue()
      expect(await told(BEN)).toEqual([])
      clock.advance(1)
      for (let again = 0; again < 3; again++) await timers.fireDue()
      clock.advance(15 * MINUTE)
      for (let again = 0; again < 3; again++) await timers.fireDue()
      const both = ['promise-soon', 'promise-due']
      expect([await told(ANN), await told(BEN), await told(CARL)]).toEqual([both, both, []])
      const notices = await hub.log.readAfter(BEN, privateScope(BEN), 0, 100)
      expect(JSON.parse(notices.at(-1)?.bytes ?? '')).toMatchObject({
        body: { incidentId: INCIDENT, subject: { kind: 'promise', id: PROMISE_ID }, params: { dueAt: DUE, wordingId: WORDING_ID } },
      })
      expect(await verifyHub(hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a promise that is kept, broken or void has no timers; a moved one is told of at its new time', missing),
    async () => {
      const { timers, clock, submit, told, waiting, hub } = await openTeam(engine)
      await publish({ submit })
      await submit(ANN, promiseText(DUE))
      clock.advance(45 * MINUTE)
      await timers.fireDue()
      await submit(BEN, onPromise('move', { from: DUE, to: DUE + 2 * HOUR, reason: '系统故障' }))
      expect(await waiting()).toEqual([
        ['promise', 'promise-soon', 165, false],
        ['promise', 'promise-due', 180, false],
      ])
      clock.advance(HOUR)
      await timers.fireDue()
      expect(await told(BEN)).toEqual(['promise-soon'])
      clock.advance(HOUR)
      await timers.fireDue()
      expect(await told(BEN)).toEqual(['promise-soon', 'promise-soon'])
      // A withdrawn text leaves its promise standing.
      await submit(
        ANN,
        opText({
          type: 'wording.withdraw',
          kind: 'wording',
          id: WORDING_ID,
          body: { revisionId: REVISION_ID, reason: '有误', instead: '' },
        }),
      )
      expect(await waiting()).toHaveLength(2)
      clock.advance(15 * MINUTE)
      const claimed = (await claimTimers(hub.database, 'other', clock.now())).find(({ kind }) => kind === 'promise')
      await submit(BEN, onPromise('keep', { note: '' }))
      expect(await waiting()).toEqual([])
      // Claimed before it was kept: nobody is told.
      expect(claimed && (await fireTimer(hub.database, { now: clock.now, sha256, unreadable: hub.unreadable }, claimed))).toBeNull()
      expect(await told(BEN)).toHaveLength(2)
    },
  )

  test.skipIf(missing !== null)(
    titleOf('MS-15: an overdue approval is told to those who have not decided, to the commander and to executives', missing),
    async () => {
      const { timers, clock, submit, told, waiting } = await openTeam(engine)
      await submit(ANN, ...writtenTexts([BEN, CARL]))
      await submit(BEN, approveText('pr'))
      expect(await waiting()).toEqual([['revision', 'review-due', 30, false]])
      clock.advance(30 * MINUTE)
      for (let again = 0; again < 3; again++) await timers.fireDue()
      expect([await told(ANN), await told(BEN), await told(CARL), await told(EVA)]).toEqual([
        ['review-due'],
        [],
        ['review-due'],
        ['review-due'],
      ])
      await submit(CARL, approveText('legal'))
      expect(await waiting()).toEqual([])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('MS-15: a text of the standing library tells whom it asks, its authors, who is late, and before it ends', missing),
    async () => {
      const { timers, clock, submit, notices, waiting, hub } = await openTeam(engine)
      await submit(ANN, ...writtenTexts([BEN, CARL], TEAM_SCOPE))
      await submit(BEN, approveText('pr', TEAM_SCOPE))
      expect(await waiting()).toEqual([['revision', 'review-due', 24 * 60, false]])
      clock.advance(24 * HOUR)
      for (let again = 0; again < 3; again++) await timers.fireDue()
      // The incident of level I has missed its bulletins.
      const rules = async (memberId: string) =>
        (await notices(memberId)).flatMap(({ rule }) => (rule.startsWith('bulletin-') ? [] : [rule]))
      expect([await rules(ANN), await rules(BEN), await rules(CARL), await rules(EVA)]).toEqual([
        ['review-decided'],
        ['review-asked'],
        ['review-asked', 'review-due'],
        ['review-due'],
      ])
      await submit(CARL, approveText('legal', TEAM_SCOPE))
      await submit(ANN, publishText(TWO_AT_NIGHT + 26 * HOUR, TEAM_SCOPE))
      clock.advance(105 * MINUTE)
      for (let again = 0; again < 3; again++) await timers.fireDue()
      expect(await rules(ANN)).toEqual(['review-decided', 'review-decided', 'wording-expiring'])
      expect((await notices(ANN)).at(-1)).toMatchObject({ incidentId: null, subject: { kind: 'wording', id: WORDING_ID } })
      expect(await verifyHub(hub)).toMatchObject({ ok: true })
    },
  )

  test.skipIf(missing !== null)(
    titleOf('an approval that is complete, or of a text that a newer revision has replaced, is not called overdue', missing),
    async () => {
      const decided = await openTeam(engine)
      await publish(decided)
      decided.clock.advance(HOUR)
      await decided.timers.fireDue()
      expect(await decided.told(CARL)).toEqual([])

      const content = { ...PROMISING, core: '我们明天退款。' }
      const newer = { wordingId: WORDING_ID, number: 2, content, base: REVISION_ID, contributors: [ANN], note: '', overruled: [] }
      const entry = { revisionId: idOf(0x710), number: 2, hash: contentHash(content), title: content.title, core: content.core }
      const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
      const ask = { hash: entry.hash, policy, asked: [BEN, CARL] }
      const toldAfter = async (asks: boolean) => {
        const replaced = await openTeam(engine)
        await replaced.submit(ANN, ...writtenTexts([BEN, CARL]))
        await replaced.submit(
          ANN,
          opText({ type: 'revision.write', kind: 'revision', id: idOf(0x710), body: newer }),
          opText({ type: 'wording.add-revision', kind: 'wording', id: WORDING_ID, body: entry }),
        )
        replaced.clock.advance(20 * MINUTE)
        // Its own approval is due later.
        if (asks) await replaced.submit(ANN, opText({ type: 'revision.ask', kind: 'revision', id: idOf(0x710), body: ask }))
        replaced.clock.advance(15 * MINUTE)
        await replaced.timers.fireDue()
        return [await replaced.told(CARL), await replaced.told(ANN)]
      }
      expect(await toldAfter(true)).toEqual([[], []])
      // A draft that was only saved replaces nothing.
      expect(await toldAfter(false)).toEqual([['review-due'], ['review-due']])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('a published text that soon ends is told to its publisher and the followers, unless it was withdrawn', missing),
    async () => {
      const ending = await openTeam(engine)
      await publish(ending, TWO_AT_NIGHT + 2 * HOUR)
      expect(await ending.waiting()).toEqual([['wording', 'wording-expiring', 105, false]])
      ending.clock.advance(105 * MINUTE)
      for (let again = 0; again < 3; again++) await ending.timers.fireDue()
      expect([await ending.told(ANN), await ending.told(BEN)]).toEqual([['wording-expiring'], []])
      const body = { revisionId: REVISION_ID, reason: '有误', instead: '' }
      await ending.submit(ANN, opText({ type: 'wording.withdraw', kind: 'wording', id: WORDING_ID, body }))
      expect(await ending.waiting()).toEqual([])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('MS-08: an urgent text not confirmed in time is told to the leads of its groups, its publisher and the commander', missing),
    async () => {
      const { submit, clock, timers, told, waiting } = await openTeam(engine)
      const group = (id: string, leads: readonly string[]) => {
        const body = { name: '热线', vendor: null, team: '', skill: '', channel: null, language: null, leads }
        return opText({ type: 'agent-group.create', kind: 'agent-group', id, body })
      }
      await submit(ANN, group(idOf(0xe5), [CARL]), group(idOf(0xe6), [EVA]))
      await submit(ANN, ...writtenTexts([BEN, CARL]))
      await submit(BEN, approveText('pr'))
      await submit(CARL, approveText('legal'))
      await submit(BEN, publishToText({ groups: [idOf(0xe5)], urgency: 'urgent', confirmWithin: 15 }))
      expect(await waiting()).toEqual([['wording', 'reading-due', 15, false]])
      clock.advance(15 * MINUTE)
      for (let again = 0; again < 3; again++) await timers.fireDue()
      expect(await Promise.all([ANN, BEN, CARL, EVA].map(told))).toEqual([['reading-due'], ['reading-due'], ['reading-due'], []])
      // To all agents: the leads of every group.
      await submit(BEN, publishToText({ groups: [], urgency: 'important', confirmWithin: 20 }))
      // The time runs from the publication, by the hub's clock.
      clock.advance(20 * MINUTE)
      await timers.fireDue()
      expect(await told(EVA)).toEqual(['reading-due'])
    },
  )
})

test('a hub that is restarted between the due time and the notice tells it once', async () => {
  const clock = createFakeClock()
  const file = join(makeTempFolder('wording-timers', 'quick'), 'hub.db')
  const open = async () => {
    const opened = openHub(file, true, clock.now)
    if (!opened.ok) throw new Error(opened.trouble.detail)
    return team(opened.hub, clock)
  }
  const first = await open()
  await join4(first)
  await publish(first)
  await first.submit(ANN, promiseText(DUE))
  clock.advance(HOUR)
  // Claimed, and the hub stops before it fires.
  const claimed = await claimTimers(first.hub.database, first.hub.instance, clock.now())
  expect(claimed.filter(({ kind }) => kind === 'promise')).toHaveLength(2)
  await first.hub.close()
  clock.advance(MINUTE)
  const second = await open()
  onTestFinished(() => second.hub.close())
  for (let again = 0; again < 3; again++) await second.timers.fireDue()
  // The hub was down while time was short: only that it is up is told.
  expect(await second.told(BEN)).toEqual(['promise-due'])
})
