import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import type { Admission } from '#domain/members/admission.ts'
import { findChainFault } from '#domain/log/record.ts'
import { openHub } from '#hub/open-hub.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, INCIDENT_SCOPE, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

function openLog() {
  const clock = createFakeClock()
  const opened = openHub(join(makeTempFolder('hub', 'quick'), 'hub.db'), true, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  onTestFinished(() => opened.hub.close())
  const { hub } = opened
  const submit = (text: string, actor = ANN, invited: Admission = null) => hub.log.submit([text], actor, invited).records[0]
  submit(joinText(ANN, '安', 'commander'))
  submit(joinText(BEN, '本'), BEN, { kind: 'invited', role: 'pr' })
  return { hub, clock, submit }
}

test('numbers are dense in each scope, and each scope has its own chain', () => {
  const { hub, submit } = openLog()
  submit(declareText())
  submit(declareText(idOf(2)))
  for (let index = 0; index < 5; index++) submit(entryText(idOf(100 + index), `第 ${index} 条`))
  const heads = hub.log.headsFor(ANN)
  expect(heads.map(({ scope, seq }) => [scope, seq])).toEqual([
    [INCIDENT_SCOPE, 6],
    [incidentScope(idOf(2)), 1],
    ['team', 2],
  ])
  for (const { scope, seq, hash } of heads) {
    const records = hub.log.readAfter(ANN, scope, 0, 100)
    expect(records.map((record) => record.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1))
    expect(findChainFault(records, sha256, scope)).toBeNull()
    expect(records.at(-1)?.hash).toBe(hash)
  }
})

test('P6: an op that comes again gets its first record again, alone, in a batch, or twice in one batch', () => {
  const { hub, submit } = openLog()
  const text = declareText()
  const first = submit(text)
  expect(submit(text)).toEqual(first)
  expect(hub.log.submit([entryText(idOf(9), '新'), text], ANN).records[1]).toEqual(first)
  const twice = entryText(idOf(10), '两次')
  const { records } = hub.log.submit([twice, twice], ANN)
  expect(records[0]).toEqual(records[1])
  expect(hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 100)).toHaveLength(3)
})

test('P10: the actor is the session, never what the op says; a stranger may write nothing but his joining', () => {
  const { submit } = openLog()
  submit(declareText())
  const forged = opText({ type: 'member.join', kind: 'member', id: ANN, body: { name: '冒名', role: 'commander' } })
  expect(submit(forged, BEN)?.outcome).toMatchObject({ kind: 'rejected', code: 'already-exists' })
  const stranger = idOf(0xee)
  expect(submit(entryText(idOf(9), '闯入'), stranger)).toMatchObject({ scope: privateScope(stranger), outcome: { kind: 'rejected', code: 'not-a-member' }, actor: stranger })
  expect(submit(entryText(idOf(10), '本写的'), BEN)).toMatchObject({ actor: BEN, outcome: { kind: 'accepted' } })
})

test('a rejection stands in the scope that only its author reads', () => {
  const { hub, submit } = openLog()
  submit(declareText())
  const refused = submit(opText({ type: 'entry.star', kind: 'entry', id: idOf(50), body: { starred: true } }), BEN)
  expect(refused).toMatchObject({ scope: privateScope(BEN), seq: 1, outcome: { kind: 'rejected', code: 'not-found' } })
  expect(hub.log.readAfter(BEN, privateScope(BEN), 0, 10)).toHaveLength(1)
  expect(hub.log.readAfter(ANN, privateScope(BEN), 0, 10)).toEqual([])
  expect(hub.log.headsFor(ANN).some(({ scope }) => scope === privateScope(BEN))).toBe(false)
})

test('what depends on a rejected or unknown op falls with it; what does not, stands', () => {
  const { submit } = openLog()
  submit(declareText())
  const bad = submit(opText({ type: 'incident.meet-clock', kind: 'incident', id: INCIDENT, body: { clock: 'response', entryId: idOf(50), metAt: 1 } }))
  const badId = (JSON.parse(bad?.bytes ?? '{}') as { opId: string }).opId
  const note = { kind: 'system', text: '已达成', happenedAt: TWO_AT_NIGHT, event: { code: 'clock-met', params: {} } }
  const dependent = (after: string) => submit(opText({ type: 'entry.record', kind: 'entry', id: idOf(60), body: note, after: [after] }))
  expect(dependent(badId)?.outcome).toMatchObject({ kind: 'rejected', code: 'depends-on-rejected' })
  expect(dependent(idOf(0xabcd))?.outcome).toMatchObject({ kind: 'rejected', code: 'depends-on-rejected' })
  const good = submit(entryText(idOf(61), '照常'))
  expect(good?.outcome.kind).toBe('accepted')
  expect(dependent((JSON.parse(good?.bytes ?? '{}') as { opId: string }).opId)?.outcome.kind).toBe('accepted')
})

test('P15: a clock a year ahead neither blocks nor outlives what others write later', () => {
  const { hub, submit, clock } = openLog()
  submit(declareText())
  const revise = (title: string, actor: string, replicaId: string, hlc: string, baseSeq: number) =>
    submit(opText({ type: 'incident.revise', kind: 'incident', id: INCIDENT, body: { title }, replicaId, hlc, baseSeq }), actor)
  const YEAR = 365 * 86_400_000
  revise('来自明年', ANN, idOf(0x101), makeHlc(TWO_AT_NIGHT + YEAR, 0), 1)
  clock.advance(1000)
  // Written without having seen the other, a second later by the hub's clock.
  revise('现在', BEN, idOf(0x102), makeHlc(TWO_AT_NIGHT + 1000, 0), 1)
  const title = () => (JSON.parse((hub.db.prepare("SELECT body FROM entity WHERE kind = 'incident'").get() as { body: string }).body) as { state: { title: string } }).state.title
  expect(title()).toBe('现在')
  const [, first] = hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10)
  // The op keeps what its author's clock said.
  expect((JSON.parse(first?.bytes ?? '{}') as { hlc: string }).hlc).toBe(makeHlc(TWO_AT_NIGHT + YEAR, 0))
})

test.for([
  ['rubbish', 'not an op'],
  ['half a surrogate pair', '{"text":"\ud800"}'],
  ['a NUL', 'a\u0000b'],
  ['a huge text', 'x'.repeat(100_000)],
  ['deep nesting', '['.repeat(5000)],
] as const)('%s is recorded as malformed, once, and the chain holds', ([, text]) => {
  const { hub, submit } = openLog()
  const record = submit(text)
  expect(record?.outcome).toMatchObject({ kind: 'rejected', code: 'malformed' })
  expect(submit(text)).toEqual(record)
  submit('another')
  const records = hub.log.readAfter(ANN, privateScope(ANN), 0, 10)
  expect(records).toHaveLength(2)
  expect(findChainFault(records, sha256, privateScope(ANN))).toBeNull()
})

test('half a surrogate pair inside an op, written out or escaped, leaves a log that can be verified', () => {
  const { hub, submit } = openLog()
  submit(declareText())
  const text = entryText(idOf(9), '前X后')
  submit(text.replace('X', '\\ud800'))
  submit(entryText(idOf(10), '前Y后').replace('Y', '\ud800'))
  const records = hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10)
  expect(records).toHaveLength(3)
  expect(findChainFault(records, sha256, INCIDENT_SCOPE)).toBeNull()
})

test('a batch is one transaction: either all of it is recorded or nothing', () => {
  const { hub, submit } = openLog()
  submit(declareText())
  hub.db.exec("CREATE TRIGGER full BEFORE INSERT ON record WHEN new.seq = 4 BEGIN SELECT RAISE(ABORT, 'no room'); END")
  const texts = [1, 2, 3].map((n) => entryText(idOf(20 + n), `第 ${n} 条`))
  expect(() => hub.log.submit(texts, ANN)).toThrow('no room')
  expect(hub.log.headsFor(ANN).find(({ scope }) => scope === INCIDENT_SCOPE)?.seq).toBe(1)
  hub.db.exec('DROP TRIGGER full')
  expect(hub.log.submit(texts, ANN).records.map((record) => record.seq)).toEqual([2, 3, 4])
})

test('a row of state that is not what was written is not decided upon', () => {
  const { hub, submit } = openLog()
  submit(declareText())
  hub.db.exec("UPDATE entity SET body = replace(body, '门店', '商场') WHERE kind = 'incident'")
  expect(() => submit(entryText(idOf(9), 'x'))).toThrow('not what was written')
})
