import { expect, onTestFinished, test } from 'vitest'
import type { LogRecord } from '#domain/log/record.ts'
import { incidentScope, Uuid } from '#domain/log/ids.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declaration, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const CARL = idOf(0xc)
const HIDDEN = idOf(0x77)
const SCOPE = incidentScope(HIDDEN)

/** 安 owns the team and is in PR; 本 (legal) and 卡 (an outside vendor) are the readers of an incident that 安 does not know. */
async function openTeam() {
  const clock = createFakeClock()
  const { team, link } = await openTeamHub(makeTempFolder('left', 'quick'), clock.now)
  onTestFinished(() => team.close())
  await team.submit([joinText(ANN, '安', 'pr')], ANN, null)
  await team.submit([joinText(BEN, '本', 'legal')], BEN, { kind: 'invited', role: 'legal' })
  const vendor = { company: '清风公关', from: TWO_AT_NIGHT - 1000, until: TWO_AT_NIGHT + 3_600_000 }
  await team.submit(
    [opText({ type: 'member.join', kind: 'member', id: CARL, scope: 'team', body: { name: '卡', role: 'pr', vendor } })],
    CARL,
    { kind: 'invited', role: 'pr', vendor },
  )
  const declared = await team.submit(
    [
      opText({
        type: 'incident.declare',
        kind: 'incident',
        id: HIDDEN,
        scope: SCOPE,
        body: declaration({ title: '不该被看见', restrictedTo: [Uuid.parse(CARL)] }),
      }),
    ],
    BEN,
    null,
  )
  expect(declared.map(({ outcome }) => outcome.kind)).toEqual(['accepted'])
  const records = async (memberId: string): Promise<LogRecord[]> => (await link(memberId).pull(SCOPE, 0, 50)).records
  const revoke = (id: string) =>
    team.submit([opText({ type: 'member.revoke', kind: 'member', id, scope: 'team', body: { reason: '离职' } })], ANN, null)
  return { clock, team, ask: (memberId: string) => link(memberId).ask, records, revoke }
}

test("A5: a restricted incident is nobody else's while one of its people stands, not even an owner's; once all are gone an owner takes it over, on record", async () => {
  const { clock, team, ask, records, revoke } = await openTeam()
  await revoke(BEN)
  // The vendor is still active: there is nothing to report.
  expect(await ask(ANN)('team.orphanedIncidents', {})).toEqual({ ok: true, value: [] })
  expect(await ask(ANN)('team.takeOverIncident', { incidentId: HIDDEN, members: [] })).toMatchObject({
    ok: false,
    failure: { code: 'not-found' },
  })
  expect(await records(ANN)).toEqual([])

  clock.advance(3_600_001)
  const left = await ask(ANN)('team.orphanedIncidents', {})
  expect(left).toEqual({
    ok: true,
    value: [{ incidentId: HIDDEN, declaredAt: expect.any(Number), members: expect.arrayContaining([BEN, CARL]) }],
  })
  expect(JSON.stringify(left)).not.toContain('不该被看见')
  // Reported, and still not readable.
  expect(await records(ANN)).toEqual([])

  expect(await ask(ANN)('team.takeOverIncident', { incidentId: HIDDEN, members: [] })).toEqual({ ok: true, value: null })
  const log = await records(ANN)
  expect(log.map(({ actor, bytes, outcome }) => [actor, (JSON.parse(bytes) as { type: string }).type, outcome.kind])).toEqual([
    [BEN, 'incident.declare', 'accepted'],
    [ANN, 'incident.restrict', 'accepted'],
    [ANN, 'entry.record', 'accepted'],
  ])
  expect((await team.access.page(null, null)).filter(({ what }) => what === 'incident-taken-over')).toMatchObject([
    { memberId: ANN, about: HIDDEN },
  ])
  expect(await ask(ANN)('team.orphanedIncidents', {})).toEqual({ ok: true, value: [] })
})

test('who is no owner is told nothing and takes over nothing, and no device can say it by itself', async () => {
  const { clock, team, ask, records, revoke } = await openTeam()
  const DORA = idOf(0x4d)
  await team.submit([joinText(DORA, '朵', 'commander')], DORA, { kind: 'invited', role: 'commander' })
  await revoke(BEN)
  clock.advance(3_600_001)
  for (const call of ['team.orphanedIncidents', 'team.takeOverIncident'] as const) {
    expect(await ask(DORA)(call, call === 'team.orphanedIncidents' ? {} : { incidentId: HIDDEN, members: [] })).toMatchObject({
      ok: false,
      failure: { code: 'not-permitted', params: { roles: 'owner' } },
    })
  }
  const restrict = (by: string) =>
    team.submit([opText({ type: 'incident.restrict', kind: 'incident', id: HIDDEN, scope: SCOPE, body: { members: [by] } })], by, null)
  for (const by of [ANN, DORA]) expect((await restrict(by))[0]?.outcome).toMatchObject({ kind: 'rejected', code: 'not-found' })
  expect(await records(ANN)).toEqual([])
})
