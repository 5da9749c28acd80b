import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CLOCK_IDS } from '#domain/incidents/clocks.ts'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Op } from '#domain/log/op.ts'
import { noticeId } from '#domain/notices/notice-id.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { claimTimers, LEASE_MS } from '#hub/timers/claim-timers.ts'
import { createTimers } from '#hub/timers/timers.ts'
import { momentsMissed, noticesGiven, noticesOwed } from '#tests/simulation/reference-notices.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, INCIDENT_SCOPE, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ENGINES, openLog, titleOf, type LogUnderTest } from './open-log.ts'

const CARL = idOf(0xc)
const named = (...ids: string[]) => ({ mentions: ids.map((memberId) => ({ memberId, name: '某人' })) })
const entry = (id: string, more: Record<string, unknown>) => entryText(id, '请核实', more)
const onIncident = (type: string, body: Record<string, unknown>) =>
  opText({ type: `incident.${type}`, kind: 'incident', id: INCIDENT, body })
const follow = (memberId: string, why = 'chosen') =>
  opText({ type: 'followers.add', kind: 'followers', id: INCIDENT, body: { memberId, why } })
const opOf = (record: LogRecord) => JSON.parse(record.bytes) as Op

const told = async (hub: Hub, memberId: string) =>
  (await hub.log.readAfter(memberId, privateScope(memberId), 0, 1000)).filter((record) => opOf(record).type === 'notice.made')
const rulesTold = async ({ hub }: LogUnderTest, memberId: string) => (await told(hub, memberId)).map((record) => opOf(record).body['rule'])

async function openIncident(engine: 'sqlite' | 'postgres'): Promise<LogUnderTest> {
  const log = await openLog(engine)
  await log.submit(joinText(CARL, '卡尔', 'legal'), CARL, { kind: 'invited', role: 'legal' })
  await log.submit(declareText())
  return log
}

describe.each(ENGINES)('$engine', ({ engine, missing }) => {
  test.skipIf(missing !== null)(
    titleOf('P12: a notice stands beside its cause, as said by whoever caused it, once, however often the cause is sent', missing),
    async () => {
      const log = await openIncident(engine)
      const cause = entry(idOf(9), named(BEN, BEN))
      const { records, heads } = await log.hub.log.submit([cause], { memberId: ANN, admission: null })
      expect(records).toMatchObject([{ scope: INCIDENT_SCOPE }])
      expect(heads.map(({ scope, readers }) => [scope, readers])).toEqual([
        [INCIDENT_SCOPE, 'everyone'],
        [privateScope(BEN), [BEN]],
      ])
      for (let again = 0; again < 3; again++) expect(await log.submit(cause)).toEqual(records[0])
      const [notice, ...more] = await told(log.hub, BEN)
      expect(more).toEqual([])
      const { opId } = JSON.parse(cause) as { opId: string }
      expect(notice).toMatchObject({ actor: ANN, hubTime: records[0]?.hubTime, outcome: { kind: 'accepted' } })
      expect(notice && opOf(notice)).toMatchObject({
        opId: noticeId(opId, 'mentioned', BEN, sha256),
        body: { rule: 'mentioned', cause: opId, incidentId: INCIDENT, subject: { kind: 'entry', id: idOf(9) } },
      })
      expect(await told(log.hub, ANN)).toEqual([])
      expect(await log.hub.log.readAfter(ANN, privateScope(BEN), 0, 10)).toEqual([])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('P12: whoever knows the id of a notice to come does not keep it from its member; it is told once, and read', missing),
    async () => {
      const log = await openIncident(engine)
      const cause = entry(idOf(9), named(BEN, CARL))
      const { opId } = JSON.parse(cause) as { opId: string }
      const own = { kind: 'notice', scope: privateScope(ANN), type: 'notice.read', body: { read: true } }
      await log.submit(opText({ ...own, id: noticeId(opId, 'mentioned', BEN, sha256) }))
      await log.submit(opText({ ...own, id: idOf(0x99), opId: noticeId(opId, 'mentioned', CARL, sha256) }))
      for (let again = 0; again < 3; again++) expect(await log.submit(cause)).toMatchObject({ outcome: { kind: 'accepted' } })
      for (const recipient of [BEN, CARL]) {
        const given = await told(log.hub, recipient)
        const id = noticeId(opId, 'mentioned', recipient, sha256, 1)
        expect(given.map((record) => opOf(record).entity.id)).toEqual([id])
        const read = opText({ type: 'notice.read', kind: 'notice', id, scope: privateScope(recipient), body: { read: true } })
        expect(await log.submit(read, recipient)).toMatchObject({ outcome: { kind: 'accepted' } })
        expect((await log.hub.log.readEntity('notice', id))?.state).toMatchObject({ read: true, content: { by: ANN, cause: opId } })
      }
    },
  )

  test.skipIf(missing !== null)(
    titleOf('who follows is told, who may not read it is not, and an op can make somebody a reader', missing),
    async () => {
      const log = await openIncident(engine)
      for (const member of [BEN, CARL]) await log.submit(follow(member), member)
      await log.submit(onIncident('change-level', { from: 1, to: 2, reason: '升级', clocks: {} }))
      expect([await rulesTold(log, ANN), await rulesTold(log, BEN), await rulesTold(log, CARL)]).toEqual([
        [],
        ['level-changed'],
        ['level-changed'],
      ])
      await log.submit(onIncident('restrict', { members: [CARL] }))
      await log.submit(onIncident('change-level', { from: 2, to: 1, reason: '误判', clocks: {} }))
      await log.submit(entry(idOf(9), named(BEN, CARL)))
      expect([await rulesTold(log, BEN), await rulesTold(log, CARL)]).toEqual([
        ['level-changed'],
        ['level-changed', 'level-changed', 'mentioned'],
      ])
      await log.submit(onIncident('hand-over', { from: ANN, to: BEN, name: '本', summary: '声明待发' }))
      expect([await rulesTold(log, BEN), await rulesTold(log, CARL)]).toEqual([
        ['level-changed', 'command-given'],
        ['level-changed', 'level-changed', 'mentioned', 'commander-changed'],
      ])
      await log.submit(opText({ type: 'member.revoke', kind: 'member', id: CARL, body: { reason: '离职' } }))
      await log.submit(entry(idOf(10), named(CARL, idOf(0x99))))
      expect(await rulesTold(log, CARL)).toHaveLength(4)
      expect((await log.hub.log.heads()).some(({ scope }) => scope === privateScope(idOf(0x99)))).toBe(false)
    },
  )

  test.skipIf(missing !== null)(
    titleOf('following, being named in a role and what is told of come in one batch as they come one by one', missing),
    async () => {
      const log = await openIncident(engine)
      const texts = [
        follow(CARL, 'named'),
        onIncident('hand-over', { from: ANN, to: BEN, name: '本', summary: '声明待发' }),
        onIncident('revise', { stage: 'media-report' }),
      ]
      await log.submitAll(texts)
      expect([await rulesTold(log, BEN), await rulesTold(log, CARL)]).toEqual([
        ['command-given', 'stage-changed'],
        ['commander-changed', 'stage-changed'],
      ])
    },
  )

  test.skipIf(missing !== null)(
    titleOf('nobody makes notices but the hub, nobody reads in another’s place, and a reading that comes first is kept', missing),
    async () => {
      const log = await openIncident(engine)
      const cause = entry(idOf(9), named(BEN))
      const id = noticeId((JSON.parse(cause) as { opId: string }).opId, 'mentioned', BEN, sha256)
      const reading = (scope: string) => opText({ type: 'notice.read', kind: 'notice', id, scope, body: { read: true } })
      const forged = opText({
        type: 'notice.made',
        kind: 'notice',
        id,
        scope: privateScope(BEN),
        body: { rule: 'mentioned', incidentId: INCIDENT, subject: { kind: 'entry', id: idOf(9) }, cause: idOf(9), params: {} },
      })
      expect(await log.submit(forged, BEN)).toMatchObject({ outcome: { kind: 'rejected', code: 'malformed' } })
      expect(await log.submit(reading(privateScope(BEN)), ANN)).toMatchObject({
        scope: privateScope(ANN),
        outcome: { kind: 'rejected', code: 'wrong-scope' },
      })
      expect(await log.submit(reading(privateScope(BEN)), BEN)).toMatchObject({ scope: privateScope(BEN), outcome: { kind: 'accepted' } })
      await log.submit(cause)
      expect((await log.hub.log.readEntity('notice', id))?.state).toMatchObject({ read: true, content: { by: ANN, rule: 'mentioned' } })
    },
  )
})

type Deed = { who: number; what: number; whom: number; n: number }
const MEMBERS = [ANN, BEN, CARL]
const at = (list: readonly string[], index: number) => list[index % list.length] ?? ANN
const STAGES = ['initial-complaint', 'platform-spread', 'media-report']

let made = 0x5000
function textOf({ what, whom, n }: Deed): string {
  made += 1
  const member = at(MEMBERS, whom)
  return (
    [
      () => entry(idOf(made), { kind: n % 3 === 0 ? 'statement' : 'observation', ...named(member) }),
      () =>
        opText({
          type: 'entry.comment',
          kind: 'entry',
          id: idOf(9),
          body: { commentId: idOf(made), text: '@', ...named(member, at(MEMBERS, n)) },
        }),
      () =>
        opText({
          type: 'task.create',
          kind: 'task',
          id: idOf(made),
          body: {
            title: '封存',
            detail: '',
            phase: '预警',
            department: null,
            owner: '某人',
            ownerId: member,
            dueAt: null,
            checklist: [],
            blockedBy: [],
            order: 0,
          },
        }),
      () => onIncident('revise', { stage: at(STAGES, n) }),
      () => onIncident('restrict', { members: MEMBERS.filter((_, index) => (n >> index) % 2 === 0) }),
      () => onIncident('unrestrict', {}),
      () => follow(member, n % 2 === 0 ? 'named' : 'chosen'),
      () => opText({ type: 'followers.leave', kind: 'followers', id: INCIDENT, body: {} }),
      () => opText({ type: 'member.revoke', kind: 'member', id: at([BEN, CARL], whom), body: { reason: '离职' } }),
      () => opText({ type: 'member.restore', kind: 'member', id: at([BEN, CARL], whom), body: {} }),
      () => onIncident('stop-clock', { clock: at(CLOCK_IDS, n), reason: '不适用' }),
      () => onIncident('reopen-clock', { clock: at(CLOCK_IDS, n), reason: '仍须兑现' }),
      () =>
        onIncident(
          'set-status',
          n % 2 === 0 ? { from: 'open', to: 'closed', reason: '完结' } : { from: 'closed', to: 'open', reason: '再起' },
        ),
    ][what]?.() ?? declareText()
  )
}

test('P12: whatever is sent together, sent again, broken off or restored from a backup, the notices are exactly those that the log asks for', async () => {
  const deed = fc.record({ who: fc.nat(2), what: fc.oneof(fc.nat(12), fc.nat(3)), whom: fc.nat(2), n: fc.nat(9) })
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        deeds: fc.array(deed, { minLength: 1, maxLength: 6 }),
        again: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(20, 50, 200), dies: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'back-up' as const, 'restore' as const) }) },
  )
  const seen = { given: 0, ofClocks: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const folder = makeTempFolder('notices', 'quick')
      const [file, backup] = [join(folder, 'hub.db'), join(folder, 'backup.db')]
      const clock = createFakeClock()
      const open = (): Hub => {
        const opened = openHub(file, true, clock.now)
        if (!opened.ok) throw new Error(opened.trouble.detail)
        return opened.hub
      }
      let hub = open()
      const timers = () => createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: () => undefined })
      const sent: { text: string; memberId: string }[] = []
      const submit = (text: string, memberId: string) =>
        hub.log.submit([text], { memberId, admission: { kind: 'invited', role: memberId === BEN ? 'pr' : 'legal' } })
      const send = async (text: string, memberId: string) => {
        sent.push({ text, memberId })
        await submit(text, memberId)
      }
      await send(joinText(ANN, '安', 'commander'), ANN)
      await send(joinText(BEN, '本'), BEN)
      await send(joinText(CARL, '卡尔', 'legal'), CARL)
      await send(declareText(), ANN)
      await send(entry(idOf(9), {}), ANN)
      await hub.close()
      copyFileSync(file, backup)
      hub = open()
      for (const one of steps) {
        clock.advance(1000)
        if (one.do === 'wait') {
          clock.advance(one.minutes * 60_000)
          // Claimed by a process that dies before it fires.
          if (one.dies) await claimTimers(hub.database, 'another', clock.now())
          await timers().fireDue()
          continue
        }
        if (one.do === 'send') {
          const texts = one.deeds.map((each) => ({ text: textOf(each), memberId: at(MEMBERS, each.who) }))
          sent.push(...texts)
          // Sent together, so that they share a commit; and some earlier texts again.
          await Promise.all([...texts, ...(one.again ? sent.slice(-4) : [])].map(({ text, memberId }) => submit(text, memberId)))
          continue
        }
        // In flight while the hub goes down: committed completely or not at all.
        const under = sent.slice(-3).map(({ text, memberId }) => submit(text, memberId).catch(() => null))
        await hub.close()
        await Promise.all(under)
        if (one.do === 'back-up') copyFileSync(file, backup)
        if (one.do === 'restore') copyFileSync(backup, file)
        hub = open()
        if (one.do === 'restore') for (const { text, memberId } of sent) await submit(text, memberId)
      }
      clock.advance(LEASE_MS)
      await timers().fireDue()
      const { rows } = await sql<Parameters<typeof toRecord>[0]>`SELECT * FROM record ORDER BY rowid`.execute(hub.database.kysely)
      const records = rows.map(toRecord)
      const given = noticesGiven(records)
      seen.given += given.length
      seen.ofClocks += given.filter((line) => line.includes(' clock-')).length
      expect(momentsMissed(records, clock.now())).toEqual([])
      expect(given.filter((line) => !line.endsWith('task-given')).toSorted()).toEqual(noticesOwed(records).toSorted())
      expect(new Set(given).size).toBe(given.length)
      await hub.close()
    }),
    { numRuns: 40, seed: 20261122 },
  )
  expect(seen.given).toBeGreaterThan(100)
  expect(seen.ofClocks).toBeGreaterThan(50)
})

function toRecord(row: {
  scope: string
  seq: number
  hub_time: number
  actor: string
  outcome: string
  bytes: string
  hash: string
}): LogRecord {
  return {
    scope: row.scope,
    seq: row.seq,
    hubTime: row.hub_time,
    actor: row.actor,
    outcome: JSON.parse(row.outcome) as LogRecord['outcome'],
    bytes: row.bytes,
    hash: row.hash,
  } as LogRecord
}

test('another incident’s followers hear nothing of this one', async () => {
  const log = await openIncident('sqlite')
  const other = idOf(2)
  await log.submit(declareText(other), BEN)
  await log.submit(
    opText({ type: 'followers.add', kind: 'followers', id: other, scope: incidentScope(other), body: { memberId: CARL, why: 'chosen' } }),
    CARL,
  )
  await log.submit(onIncident('change-level', { from: 1, to: 2, reason: '升级', clocks: {} }))
  expect([await rulesTold(log, BEN), await rulesTold(log, CARL)]).toEqual([[], []])
})
