import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { HubLink } from '#contract/hub-link.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { UNSETTLED_USES } from '#hub/evidence/evidence-tables.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { openTeamHub, openTeamOver } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ENGINES, openNodes, titleOf, type EngineName } from './open-log.ts'

const [VAL, LEA] = [idOf(0xc), idOf(0xd)]
const HIDDEN = idOf(0x77)
const FILE = new TextEncoder().encode('收购协议，不得外传')
const HASH = sha256('收购协议，不得外传')
const NOTHING = { whole: false, received: 0 }
const WHOLE = { whole: true, received: FILE.byteLength }

let made = 0x900
const file = (name = '协议.pdf', hash = HASH) => ({ hash, name, size: FILE.byteLength, mime: 'application/pdf' })
const naming = (incidentId: string, id = idOf(++made), hash = HASH) =>
  opText({
    type: 'entry.record',
    kind: 'entry',
    id,
    scope: incidentScope(incidentId),
    body: { kind: 'observation', text: '附件', happenedAt: TWO_AT_NIGHT, evidence: [file('协议.pdf', hash)] },
  })
const restrict = (members: string[]) =>
  opText({ type: 'incident.restrict', kind: 'incident', id: HIDDEN, scope: incidentScope(HIDDEN), body: { members } })

/** 安 commands; 莉 of legal has a file in an incident that the others must not learn of; 维 is of a vendor. */
async function openTeam(engine: EngineName, folder = makeTempFolder('evidence', 'quick')) {
  const clock = createFakeClock()
  const [node] = engine === 'postgres' ? await openNodes(engine, 1, clock) : []
  const hub = node ? await openTeamOver(node, folder, clock.now) : await openTeamHub(folder, clock.now)
  if (!node) onTestFinished(() => hub.close())
  const vendor = { company: '公关公司', from: 0, until: TWO_AT_NIGHT + 1e9 }
  const ann = hub.link(ANN)
  await ann.push([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 })])
  const ben = hub.link(BEN, { kind: 'invited', role: 'pr' })
  await ben.push([joinText(BEN, '本')])
  const lea = hub.link(LEA, { kind: 'invited', role: 'legal' })
  await lea.push([joinText(LEA, '莉', 'legal'), declareText(HIDDEN, { restrictedTo: [LEA] as never })])
  const val = hub.link(VAL, { kind: 'invited', role: 'pr', vendor })
  await val.push([opText({ type: 'member.join', kind: 'member', id: VAL, body: { name: '维', role: 'pr', vendor } })])
  return { hub, clock, ann, ben, lea, val, folder }
}

const bring = (link: HubLink, bytes = FILE, hash = HASH) => link.writeEvidence(hash, bytes.byteLength, 0, bytes)
const has = async (link: HubLink) => ({ found: await link.findEvidence(HASH), bytes: await link.readEvidence(HASH, 0) })
const hasNot = { found: NOTHING, bytes: null }
const hasIt = { found: WHOLE, bytes: FILE }

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('naming the hash of a file that one could not read opens it to nobody, not even as a question whether it is there', async () => {
      const { ann, ben, lea, val } = await openTeam(engine)
      await lea.push([naming(HIDDEN)])
      expect(await bring(lea)).toEqual(WHOLE)
      for (const link of [ann, ben, val]) expect(await has(link)).toEqual(hasNot)
      for (const link of [val, ben, ann]) {
        const { records } = await link.push([naming(INCIDENT)])
        expect(records[0]?.outcome.kind).toBe('accepted')
      }
      for (const link of [ann, ben, val]) expect(await has(link)).toEqual(hasNot)
      // Nor by attaching the file to an entry of a member who may have it, nor by sending other content under its hash.
      await lea.push([
        opText({
          type: 'entry.record',
          kind: 'entry',
          id: idOf(0x801),
          body: { kind: 'observation', text: '无附件', happenedAt: TWO_AT_NIGHT },
        }),
      ])
      await ben.push([opText({ type: 'entry.attach', kind: 'entry', id: idOf(0x801), body: { evidence: file() } })])
      expect(await bring(val, new TextEncoder().encode('x'.repeat(FILE.byteLength)))).toEqual(NOTHING)
      for (const link of [ann, ben, val]) expect(await has(link)).toEqual(hasNot)
      expect(await has(lea)).toEqual(hasIt)
    })

    test('who may have a file opens it where they name it; who has only named it opens it by bringing it', async () => {
      const { ann, ben, lea, val } = await openTeam(engine)
      await val.push([naming(INCIDENT)])
      await lea.push([naming(HIDDEN)])
      // Sent in pieces, and answered as if nobody else had sent anything.
      expect(await bring(lea)).toEqual(WHOLE)
      expect(await ben.findEvidence(HASH)).toEqual(NOTHING)
      expect(await val.writeEvidence(HASH, FILE.byteLength, 0, FILE.subarray(0, 5))).toEqual({ whole: false, received: 5 })
      expect(await val.findEvidence(HASH)).toEqual({ whole: false, received: 5 })
      expect(await val.readEvidence(HASH, 0)).toBeNull()
      expect(await val.writeEvidence(HASH, FILE.byteLength, 5, FILE.subarray(5))).toEqual(WHOLE)
      for (const link of [ann, ben, val]) expect(await has(link)).toEqual(hasIt)
    })

    test('who could read a file passes it on by an entry; who has lost it since does not', async () => {
      const { ann, ben, lea } = await openTeam(engine)
      await lea.push([naming(HIDDEN), restrict([LEA, BEN])])
      await bring(lea)
      await lea.push([restrict([LEA])])
      await ben.push([naming(INCIDENT)])
      expect(await has(ben)).toEqual(hasNot)
      expect(await has(ann)).toEqual(hasNot)
      await lea.push([restrict([LEA, BEN])])
      expect(await has(ben)).toEqual(hasIt)
      // What was named without the right stays without effect; named again with the right, it opens the file.
      expect(await has(ann)).toEqual(hasNot)
      await ben.push([naming(INCIDENT)])
      expect(await has(ann)).toEqual(hasIt)
    })

    test('who brought a file has it, though the incident is no longer theirs to read', async () => {
      const { lea, ann, ben } = await openTeam(engine)
      await lea.push([restrict([LEA, BEN])])
      await ben.push([naming(HIDDEN)])
      await bring(ben)
      await lea.push([restrict([LEA])])
      expect(await has(ben)).toEqual(hasIt)
      expect(await has(lea)).toEqual(hasIt)
      expect(await has(ann)).toEqual(hasNot)
    })

    test('what one sends under a hash does not throw away what another one is sending', async () => {
      const { ann, ben } = await openTeam(engine)
      await ann.push([naming(INCIDENT)])
      await ben.push([naming(INCIDENT)])
      await ann.writeEvidence(HASH, FILE.byteLength, 0, FILE.subarray(0, 7))
      expect(await bring(ben, new TextEncoder().encode('y'.repeat(FILE.byteLength)))).toEqual(NOTHING)
      expect(await ann.findEvidence(HASH)).toEqual({ whole: false, received: 7 })
      expect(await ann.writeEvidence(HASH, FILE.byteLength, 7, FILE.subarray(7))).toEqual(WHOLE)
    })

    test('a database of an earlier version: the order of its log tells which entries open a file', async () => {
      const { hub, lea, val, clock, folder } = await openTeam(engine)
      const steps: [HubLink, string][] = [
        [lea, naming(HIDDEN)],
        [val, naming(INCIDENT)],
        [lea, restrict([LEA, BEN])],
        [lea, declareText(idOf(0x78), { restrictedTo: [LEA] as never })],
        [lea, naming(idOf(0x78))],
      ]
      for (const [link, text] of steps) {
        clock.advance(1000)
        await link.push([text])
      }
      await bring(lea)
      const db = hub.hub.database.kysely
      // As the earlier version noted it: every scope that refers to the file.
      for (const scope of [HIDDEN, INCIDENT, idOf(0x78)].map(incidentScope))
        await db
          .insertInto('evidence_use')
          .values({ hash: HASH, scope })
          .onConflict((conflict) => conflict.columns(['hash', 'scope']).doNothing())
          .execute()
      await sql`DELETE FROM evidence_claim`.execute(db)
      await sql`DELETE FROM evidence_holder`.execute(db)
      await db.insertInto('meta').values({ key: UNSETTLED_USES, value: 'yes' }).execute()
      expect(await has(val)).toEqual(hasIt)

      const again = await openTeamOver(hub.hub, folder, clock.now)
      const anew = (memberId: string) => again.link(memberId)
      for (const reader of [VAL, ANN]) expect(await has(anew(reader))).toEqual(hasNot)
      for (const reader of [LEA, BEN]) expect(await has(anew(reader))).toEqual(hasIt)
      expect(await db.selectFrom('evidence_use').select('scope').where('hash', '=', HASH).orderBy('scope').execute()).toEqual(
        [HIDDEN, idOf(0x78)].map((id) => ({ scope: incidentScope(id) })),
      )
      // Corrected only once: what is noted from now on is right already.
      await anew(BEN).push([naming(INCIDENT)])
      expect(await has((await openTeamOver(hub.hub, folder, clock.now)).link(VAL))).toEqual(hasIt)
    })
  })
}
