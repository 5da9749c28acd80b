import { describe, expect, test } from 'vitest'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import { findChainFault } from '#domain/log/record.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, INCIDENT_SCOPE, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { ENGINES, openLog, titleOf } from './open-log.ts'

const REFUSE_FOURTH = {
  sqlite: ["CREATE TRIGGER full BEFORE INSERT ON record WHEN new.seq = 4 BEGIN SELECT RAISE(ABORT, 'no room'); END"],
  postgres: [
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.seq = 4 THEN RAISE EXCEPTION 'no room'; END IF; RETURN new; END $$",
    'CREATE TRIGGER fourth BEFORE INSERT ON record FOR EACH ROW EXECUTE FUNCTION refuse()',
  ],
}
const REFUSE_SECOND_INCIDENT = {
  sqlite: [
    `CREATE TRIGGER damaged BEFORE INSERT ON record WHEN new.scope = 'incident:${idOf(2)}' BEGIN SELECT RAISE(ABORT, 'no room'); END`,
  ],
  postgres: [
    `CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.scope = 'incident:${idOf(2)}' THEN RAISE EXCEPTION 'no room'; END IF; RETURN new; END $$`,
    'CREATE TRIGGER damaged BEFORE INSERT ON record FOR EACH ROW EXECUTE FUNCTION refuse_second()',
  ],
}
const REFUSE_NO_MORE = { sqlite: 'DROP TRIGGER full', postgres: 'DROP TRIGGER fourth ON record' }

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('numbers are dense in each scope, and each scope has its own chain', async () => {
      const { hub, submit } = await openLog(engine)
      await submit(declareText())
      await submit(declareText(idOf(2)))
      for (let index = 0; index < 5; index++) await submit(entryText(idOf(100 + index), `第 ${index} 条`))
      const heads = await hub.log.headsFor(ANN)
      expect(heads.map(({ scope, seq }) => [scope, seq])).toEqual([
        [INCIDENT_SCOPE, 6],
        [incidentScope(idOf(2)), 1],
        ['team', 2],
      ])
      for (const { scope, seq, hash } of heads) {
        const records = await hub.log.readAfter(ANN, scope, 0, 100)
        expect(records.map((record) => record.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1))
        expect(findChainFault(records, sha256, scope)).toBeNull()
        expect(records.at(-1)?.hash).toBe(hash)
        expect(await hub.log.hashAt(ANN, scope, seq)).toBe(hash)
        expect(await hub.log.hashAt(ANN, scope, seq + 1)).toBeNull()
        expect(await hub.log.readAfter(ANN, scope, 1, 2)).toEqual(records.slice(1, 3))
      }
    })

    test('P6: an op that comes again gets its first record again, alone, in a batch, or twice in one batch', async () => {
      const { hub, submit, submitAll } = await openLog(engine)
      const text = declareText()
      const first = await submit(text)
      expect(await submit(text)).toEqual(first)
      expect((await submitAll([entryText(idOf(9), '新'), text]))[1]).toEqual(first)
      const twice = entryText(idOf(10), '两次')
      const records = await submitAll([twice, twice])
      expect(records[0]).toEqual(records[1])
      expect(await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 100)).toHaveLength(3)
    })

    test('P10: the actor is the session, never what the op says; a stranger may write nothing but his joining', async () => {
      const { submit } = await openLog(engine)
      await submit(declareText())
      const forged = opText({ type: 'member.join', kind: 'member', id: ANN, body: { name: '冒名', role: 'commander' } })
      expect((await submit(forged, BEN)).outcome).toMatchObject({ kind: 'rejected', code: 'already-exists' })
      const stranger = idOf(0xee)
      expect(await submit(entryText(idOf(9), '闯入'), stranger)).toMatchObject({
        scope: privateScope(stranger),
        outcome: { kind: 'rejected', code: 'not-a-member' },
        actor: stranger,
      })
      expect(await submit(entryText(idOf(10), '本写的'), BEN)).toMatchObject({ actor: BEN, outcome: { kind: 'accepted' } })
    })

    test('P10: the first to join founds the team; whoever comes later needs an invite, and gets what it says', async () => {
      const { submit } = await openLog(engine)
      const carl = idOf(0xc)
      expect((await submit(joinText(carl, '卡', 'commander'), carl)).outcome).toMatchObject({ code: 'not-invited' })
      expect((await submit(joinText(carl, '卡', 'commander'), carl, { kind: 'invited', role: 'legal' })).outcome).toMatchObject({
        code: 'invite-differs',
      })
      expect((await submit(joinText(carl, '卡', 'legal'), carl, { kind: 'invited', role: 'legal' })).outcome).toEqual({ kind: 'accepted' })
    })

    test('a rejection stands in the scope that only its author reads', async () => {
      const { hub, submit } = await openLog(engine)
      await submit(declareText())
      const refused = await submit(opText({ type: 'entry.star', kind: 'entry', id: idOf(50), body: { starred: true } }), BEN)
      expect(refused).toMatchObject({ scope: privateScope(BEN), seq: 1, outcome: { kind: 'rejected', code: 'not-found' } })
      expect(await hub.log.readAfter(BEN, privateScope(BEN), 0, 10)).toHaveLength(1)
      expect(await hub.log.readAfter(ANN, privateScope(BEN), 0, 10)).toEqual([])
      expect((await hub.log.headsFor(ANN)).some(({ scope }) => scope === privateScope(BEN))).toBe(false)
    })

    test('what depends on a rejected or unknown op falls with it; what does not, stands', async () => {
      const { submit } = await openLog(engine)
      await submit(declareText())
      const opIdOf = (record: { bytes: string }) => (JSON.parse(record.bytes) as { opId: string }).opId
      const bad = await submit(
        opText({ type: 'incident.meet-clock', kind: 'incident', id: INCIDENT, body: { clock: 'response', entryId: idOf(50), metAt: 1 } }),
      )
      const note = { kind: 'observation', text: '已达成', happenedAt: TWO_AT_NIGHT }
      const dependent = (after: string) => submit(opText({ type: 'entry.record', kind: 'entry', id: idOf(60), body: note, after: [after] }))
      expect((await dependent(opIdOf(bad))).outcome).toMatchObject({ kind: 'rejected', code: 'depends-on-rejected' })
      expect((await dependent(idOf(0xabcd))).outcome).toMatchObject({ kind: 'rejected', code: 'depends-on-rejected' })
      const good = await submit(entryText(idOf(61), '照常'))
      expect(good.outcome.kind).toBe('accepted')
      expect((await dependent(opIdOf(good))).outcome.kind).toBe('accepted')
    })

    test('P15: a clock a year ahead neither blocks nor outlives what others write later', async () => {
      const { hub, submit, clock } = await openLog(engine)
      await submit(declareText())
      const revise = (title: string, actor: string, replicaId: string, hlc: string, baseSeq: number) =>
        submit(opText({ type: 'incident.revise', kind: 'incident', id: INCIDENT, body: { title }, replicaId, hlc, baseSeq }), actor)
      const YEAR = 365 * 86_400_000
      await revise('来自明年', ANN, idOf(0x101), makeHlc(TWO_AT_NIGHT + YEAR, 0), 1)
      clock.advance(1000)
      // Written without having seen the other write, a second later by the hub's clock.
      await revise('现在', BEN, idOf(0x102), makeHlc(TWO_AT_NIGHT + 1000, 0), 1)
      const { body } = await hub.database.kysely
        .selectFrom('entity')
        .select('body')
        .where('kind', '=', 'incident')
        .executeTakeFirstOrThrow()
      expect((JSON.parse(body) as { state: { title: string } }).state.title).toBe('现在')
      const [, first] = await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10)
      // The op keeps its author's clock.
      expect((JSON.parse(first?.bytes ?? '{}') as { hlc: string }).hlc).toBe(makeHlc(TWO_AT_NIGHT + YEAR, 0))
    })

    test.for([
      ['rubbish', 'not an op'],
      ['half a surrogate pair', '{"text":"\ud800"}'],
      ['a NUL', 'a\u0000b'],
      ['a huge text', 'x'.repeat(100_000)],
      ['deep nesting', '['.repeat(5000)],
      ['a NUL in the name of an entity', entryText('a\u0000b', '空')],
      ['half a surrogate pair in the name of an entity', entryText('a\ud800b', '半')],
    ] as const)('%s is recorded as malformed, once, and the chain holds', async ([, text]) => {
      const { hub, submit } = await openLog(engine)
      await submit(declareText())
      const record = await submit(text)
      expect(record.outcome).toMatchObject({ kind: 'rejected', code: 'malformed' })
      expect(await submit(text)).toEqual(record)
      await submit('another')
      const records = await hub.log.readAfter(ANN, privateScope(ANN), 0, 10)
      expect(records).toHaveLength(2)
      expect(findChainFault(records, sha256, privateScope(ANN))).toBeNull()
    })

    test('half a surrogate pair or a NUL inside an op, written out or escaped, leaves a log that can be verified', async () => {
      const { hub, submit } = await openLog(engine)
      await submit(declareText())
      const text = entryText(idOf(9), '前X后')
      await submit(text.replace('X', String.raw`\ud800`))
      await submit(entryText(idOf(10), '前Y后').replace('Y', '\ud800'))
      await submit(entryText(idOf(11), '前Z后').replace('Z', String.raw`\u0000`))
      const records = await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10)
      expect(records).toHaveLength(4)
      expect(findChainFault(records, sha256, INCIDENT_SCOPE)).toBeNull()
    })

    test('a batch is one transaction: either all of it is recorded or nothing', async () => {
      const { hub, submit, submitAll, run } = await openLog(engine)
      await submit(declareText())
      for (const statement of REFUSE_FOURTH[engine]) await run(statement)
      const texts = [1, 2, 3].map((n) => entryText(idOf(20 + n), `第 ${n} 条`))
      await expect(submitAll(texts)).rejects.toThrow('no room')
      expect((await hub.log.headsFor(ANN)).find(({ scope }) => scope === INCIDENT_SCOPE)?.seq).toBe(1)
      await run(REFUSE_NO_MORE[engine])
      expect((await submitAll(texts)).map((record) => record.seq)).toEqual([2, 3, 4])
    })

    test('a submission that cannot be committed takes none of those along that came with it', async () => {
      const { submit, submitAll, run, hub } = await openLog(engine)
      await submit(declareText())
      await submit(declareText(idOf(2)))
      for (const statement of REFUSE_SECOND_INCIDENT[engine]) await run(statement)
      const inDamaged = opText({
        type: 'entry.record',
        kind: 'entry',
        id: idOf(30),
        scope: incidentScope(idOf(2)),
        body: { kind: 'observation', text: 'x', happenedAt: TWO_AT_NIGHT },
      })
      const results = await Promise.allSettled([
        submitAll([entryText(idOf(31), '前')]),
        submitAll([inDamaged]),
        submitAll([entryText(idOf(32), '后')], BEN),
        submitAll(['rubbish']),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
      expect(await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10)).toHaveLength(3)
    })

    test('a row of state that is not what was written is not decided upon, but made anew from the log', async () => {
      const { hub, submit, run } = await openLog(engine)
      await submit(declareText())
      const before = await hub.log.readEntity('incident', INCIDENT)
      await run("UPDATE entity SET body = replace(body, '门店', '商场') WHERE kind = 'incident'")
      expect((await submit(entryText(idOf(9), 'x'))).outcome).toEqual({ kind: 'accepted' })
      expect(await hub.log.readEntity('incident', INCIDENT)).toEqual(before)
    })

    test('what is about something that no log can make anew is refused with the reason, and what comes behind it goes through', async () => {
      const { hub, submitAll, submit, run } = await openLog(engine)
      await submit(declareText())
      // A row that no op has written.
      await run(`INSERT INTO entity (kind, id, scope, body, sum) VALUES ('entry', '${idOf(40)}', '${INCIDENT_SCOPE}', 'rubbish', 0)`)
      const on = opText({ type: 'entry.star', kind: 'entry', id: idOf(40), body: { starred: true } })
      const records = await submitAll([on, entryText(idOf(41), '后')])
      expect(records.map(({ outcome }) => outcome)).toEqual([
        { kind: 'rejected', code: 'unreadable-here', params: { kind: 'entry' } },
        { kind: 'accepted' },
      ])
      await expect(hub.log.readEntity('entry', idOf(40))).rejects.toThrow('cannot be read')
    })

    test('P11: the log is append-only, whoever asks', async () => {
      const { submit, run } = await openLog(engine)
      await submit(declareText())
      await expect(run("UPDATE record SET bytes = ''")).rejects.toThrow('append-only')
      await expect(run('DELETE FROM record')).rejects.toThrow('append-only')
    })

    test('an epoch stays until another is begun', async () => {
      const { hub } = await openLog(engine)
      const first = await hub.epoch()
      expect(await hub.epoch()).toBe(first)
      await hub.beginEpoch()
      expect(await hub.epoch()).not.toBe(first)
    })

    test('a closed log answers what it had taken, and takes nothing more', async () => {
      const { hub, submit } = await openLog(engine)
      const underWay = submit(declareText())
      await hub.close()
      expect((await underWay).outcome).toEqual({ kind: 'accepted' })
      await expect(submit(entryText(idOf(9), 'x'))).rejects.toThrow('closed')
    })
  })
}
