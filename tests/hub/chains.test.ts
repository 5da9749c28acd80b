import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { CHAIN_START, findChainFault, type LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import { toRecord } from '#hub/log/record-row.ts'
import type { Hub } from '#hub/open-hub.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { seeded } from '#tests/support/seeded.ts'
import { ENGINES, openNodes, titleOf } from './open-log.ts'

const CARL = idOf(0xc)
const MEMBERS = [ANN, BEN, CARL]
const RUNS = { sqlite: 40, postgres: 15 }

const anyAct = fc.record({ what: fc.integer({ min: 0, max: 9 }), incident: fc.nat(1), which: fc.nat(7), member: fc.nat(2) })
type Act = typeof anyAct extends fc.Arbitrary<infer T> ? T : never
const anyBatch = fc.record({ node: fc.nat(1), member: fc.nat(2), acts: fc.array(anyAct, { minLength: 1, maxLength: 6 }) })
/** Rounds of batches; the batches of a round are submitted at the same time. */
const anyRounds = fc.array(fc.array(anyBatch, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 })

/** The op texts of one run. An act may reuse the ids of an earlier act on the same entity, or repeat its exact text. */
function createTexts(run: number) {
  const incidents = [idOf(0x10_0000 + run * 0x100), idOf(0x10_0001 + run * 0x100)]
  const sent: string[] = []
  const textOf = ({ what, incident, which, member }: Act): string => {
    const id = incidents[incident] ?? ''
    const scope = incidentScope(id)
    const entryId = idOf(0x10_0010 + run * 0x100 + which)
    const on = (kind: string, named: string, type: string, body: Record<string, unknown>, more: object = {}) =>
      opText({ type, kind, id: named, scope, body, ...more })
    const entry = { kind: 'observation', text: `第 ${which} 条`, happenedAt: TWO_AT_NIGHT }
    const last = sent.at(-1 - which)
    if (what <= 2) return on('entry', entryId, 'entry.record', entry)
    if (what === 3) return on('entry', entryId, 'entry.star', { starred: which % 2 === 0 })
    if (what === 4) return on('incident', id, 'incident.revise', { title: `标题 ${which}` })
    if (what === 5) return on('incident', id, 'incident.restrict', { members: [MEMBERS[member]] })
    if (what === 6) return on('incident', id, 'incident.unrestrict', {})
    if (what === 7) return `rubbish ${which}`
    if (what === 8 && last !== undefined) return last
    const needed = last?.startsWith('{') ? (JSON.parse(last) as { opId: string }).opId : idOf(0x99)
    return on('entry', entryId, 'entry.record', entry, { after: [needed] })
  }
  return {
    incidents,
    next(act: Act): string {
      const text = textOf(act)
      sent.push(text)
      return text
    },
  }
}

async function join(hub: Hub): Promise<void> {
  await hub.log.submit([joinText(ANN, '安', 'commander')], { memberId: ANN, admission: null })
  for (const [member, name] of [
    [BEN, '本'],
    [CARL, '卡'],
  ] as const)
    await hub.log.submit([joinText(member, name)], { memberId: member, admission: { kind: 'invited', role: 'pr' } })
}

async function recordsOf(hub: Hub): Promise<LogRecord[]> {
  return (await hub.database.kysely.selectFrom('record').selectAll().orderBy('scope').orderBy('seq').execute()).map(toRecord)
}

/** The entities that result from folding the whole log. */
function foldAll(records: readonly LogRecord[]): Map<string, Entity> {
  const entities = new Map<string, Entity>()
  for (const record of records) {
    const parsed = parseOp(record.bytes)
    if (!parsed.ok || record.outcome.kind === 'rejected') continue
    const name = `${parsed.op.entity.kind} ${parsed.op.entity.id}`
    const next = step(entities.get(name), parsed.op, appliedFromRecord(record, parsed.op))
    if (next) entities.set(name, next)
  }
  return entities
}

async function expectOneLog(hub: Hub): Promise<void> {
  const records = await recordsOf(hub)
  const { kysely } = hub.database
  const heads = await kysely.selectFrom('scope_head').selectAll().where('seq', '>', 0).execute()
  const byScope = Map.groupBy(records, (record) => record.scope as string)
  // The sequence has no gaps, the chain is intact, and the head is the last record.
  expect(heads.map(({ scope }) => scope).toSorted()).toEqual([...byScope.keys()].toSorted())
  for (const { scope, seq, hash } of heads) {
    const own = byScope.get(scope) ?? []
    expect(findChainFault(own, sha256, scope, { seq: 0, hash: CHAIN_START })).toBeNull()
    expect([own.length, own.at(-1)?.hash]).toEqual([seq, hash])
  }
  // State is the fold of the log.
  const rows = await kysely.selectFrom('entity').selectAll().execute()
  const entities = foldAll(records)
  expect(rows.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([...entities.keys()].toSorted())
  for (const row of rows) {
    const entity = entities.get(`${row.kind} ${row.id}`)
    expect({ kind: row.kind, id: row.id, scope: row.scope, ...(JSON.parse(row.body) as object) }).toEqual(entity)
  }
  // The readers are those that the incidents name.
  for (const { scope, restricted } of heads) {
    const state = entities.get(`incident ${scope.replace('incident:', '')}`)?.state as { restrictedTo: string[] | null } | undefined
    expect([scope, restricted]).toEqual([scope, state?.restrictedTo ? 1 : 0])
    const readers = await kysely.selectFrom('scope_reader').select('member_id').where('scope', '=', scope).orderBy('member_id').execute()
    expect(readers.map(({ member_id }) => member_id)).toEqual((state?.restrictedTo ?? []).toSorted())
  }
}

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('P6, P10, P11: whatever members submit at the same time through the nodes of a hub, each scope is one dense chain, each op has one record, and state is the fold', async () => {
      const hubs = await openNodes(engine, 2)
      const [first] = hubs
      if (!first) throw new Error('no hub')
      await join(first)
      let run = 0
      const seen = { records: 0, rejected: 0, restricted: 0 }
      await fc.assert(
        fc.asyncProperty(anyRounds, async (rounds) => {
          run += 1
          const texts = createTexts(run)
          await first.log.submit(
            texts.incidents.map((id) => declareText(id)),
            { memberId: ANN, admission: null },
          )
          for (const round of rounds) {
            const given = round.map(({ node, member, acts }) => ({
              hub: hubs[node % hubs.length] ?? first,
              memberId: MEMBERS[member] ?? ANN,
              ops: acts.map((act) => texts.next(act)),
            }))
            // Each batch is sent twice at once, the second time to the other node, as after a lost reply.
            const other = (hub: Hub) => hubs.find((one) => one !== hub) ?? hub
            const replies = await Promise.all(
              given.flatMap(({ hub, memberId, ops }) =>
                [hub, other(hub)].map(async (node) => ({ memberId, ops, ...(await node.log.submit(ops, { memberId, admission: null })) })),
              ),
            )
            for (const [index, { memberId, ops, records }] of replies.entries()) {
              expect(records).toHaveLength(ops.length)
              for (const [position, record] of records.entries()) {
                expect(record.bytes).toBe(ops[position])
                // P6: both nodes give a member the same record of an own op. Of another member's op they give what is readable just then.
                const twin = index % 2 === 1 ? replies[index - 1]?.records[position] : record
                if (record.actor === memberId && twin?.actor === memberId) expect(record).toEqual(twin)
                if (record.outcome.kind === 'rejected' && record.actor === memberId) expect(record.scope).toBe(privateScope(memberId))
              }
              seen.records += records.length
              seen.rejected += records.filter(({ outcome }) => outcome.kind === 'rejected').length
            }
          }
          await expectOneLog(first)
          seen.restricted += (
            await first.database.kysely.selectFrom('scope_head').select('scope').where('restricted', '=', 1).execute()
          ).length
        }),
        seeded(RUNS[engine]),
      )
      // The runs must be meaningful.
      expect(seen.rejected / run).toBeGreaterThan(2)
      expect((seen.records - seen.rejected) / run).toBeGreaterThan(5)
      expect(seen.restricted).toBeGreaterThan(0)
    })

    test('an op of one batch may rest on one before it, whichever else comes at the same time, and the order of a batch is kept', async () => {
      const hubs = await openNodes(engine, 2)
      const [first] = hubs
      if (!first) throw new Error('no hub')
      await join(first)
      const incidentId = idOf(0x55)
      await first.log.submit([declareText(incidentId)], { memberId: ANN, admission: null })
      const scope = incidentScope(incidentId)
      const batches = Array.from({ length: 20 }, (_, batch) =>
        [0, 1, 2].flatMap((n) => {
          const id = idOf(0x5000 + batch * 10 + n)
          return [
            opText({
              type: 'entry.record',
              kind: 'entry',
              id,
              scope,
              body: { kind: 'observation', text: `${batch}.${n}`, happenedAt: TWO_AT_NIGHT },
            }),
            opText({ type: 'entry.star', kind: 'entry', id, scope, body: { starred: true } }),
          ]
        }),
      )
      const replies = await Promise.all(
        batches.map((ops, index) =>
          (hubs[index % hubs.length] ?? first).log.submit(ops, { memberId: MEMBERS[index % 3] ?? ANN, admission: null }),
        ),
      )
      for (const { records } of replies) {
        expect(records.map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill('accepted'))
        const seqs = records.map(({ seq }) => seq)
        expect(seqs).toEqual(Array.from({ length: 6 }, (_, index) => (seqs[0] ?? 0) + index))
      }
      await expectOneLog(first)
    })
  })
}
