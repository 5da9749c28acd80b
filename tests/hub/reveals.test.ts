import { describe, expect, test } from 'vitest'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { MEMBER_ROLES } from '#domain/members/member.ts'
import { revealId } from '#domain/privacy/reveal-ops.ts'
import { REVEALS_PER_HOUR } from '#domain/privacy/reveal.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, joinText, opText, REPLICA_TWO } from '#tests/support/log-texts.ts'
import { TWO_AT_NIGHT, createFakeClock } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { ENGINES, openLog, titleOf } from './open-log.ts'

const HOUR = 3_600_000
const ENTRY = idOf(20)
const OTHER = idOf(2)

let made = 0x2000
function lookText({
  by = ANN,
  at = TWO_AT_NIGHT,
  incident = INCIDENT,
  of = { kind: 'entry', id: ENTRY, field: 'text' } as Record<string, string>,
  words = '回访',
  replicaId = idOf(0x101),
} = {}): string {
  made += 1
  return opText({
    type: 'personal.revealed',
    kind: 'reveal',
    id: revealId(by, idOf(made)),
    scope: incidentScope(incident),
    replicaId,
    hlc: makeHlc(at, 0),
    body: { of, reason: 'call-back', words, device: '前台' },
  })
}

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('R1: the hub counts a member’s reveals by its own clock, over devices, incidents and submissions', async () => {
      const log = await openLog(engine)
      await log.submitAll([declareText(), entryText(ENTRY, '13812345678'), declareText(OTHER, { known: '13812345678' })])
      const known = { kind: 'incident', id: OTHER, field: 'known' }
      const texts = Array.from({ length: REVEALS_PER_HOUR - 5 }, (_, look) =>
        look % 2 === 0 ? lookText() : lookText({ incident: OTHER, of: known, replicaId: REPLICA_TWO }),
      )
      expect((await log.submitAll(texts)).every(({ outcome }) => outcome.kind === 'accepted')).toBe(true)
      log.clock.advance(1000)
      // A clock that runs ahead is pulled back to the hub's, so it gains nothing.
      const more = await log.submitAll(Array.from({ length: 7 }, () => lookText({ at: TWO_AT_NIGHT + 5 * HOUR })))
      expect(more.map(({ outcome }) => (outcome.kind === 'accepted' ? 'accepted' : outcome.code))).toEqual([
        ...Array.from({ length: 5 }, () => 'accepted'),
        'reveal-limit',
        'reveal-limit',
      ])
      expect((await log.submit(lookText({ by: BEN }), BEN)).outcome.kind).toBe('accepted')
      // Nor does a clock that is set back further for each look, with ids that sort before all others.
      const back = await log.submitAll(
        Array.from({ length: 5 }, (_, look) => lookText({ at: TWO_AT_NIGHT - look * 2 * HOUR }).replace(`${ANN}.`, `${ANN}.00000000-`)),
      )
      expect(back.map(({ outcome }) => outcome.kind)).toEqual(Array.from({ length: 5 }, () => 'rejected'))
      log.clock.advance(HOUR)
      const [late] = await log.submitAll([lookText({ at: TWO_AT_NIGHT - HOUR })])
      expect(late?.outcome.kind).toBe('accepted')
      const { body } = await log.hub.database.kysely
        .selectFrom('entity')
        .select('body')
        .where('kind', '=', 'reveal')
        .where('id', '=', (JSON.parse(late?.bytes ?? '') as { entity: { id: string } }).entity.id)
        .executeTakeFirstOrThrow()
      expect((JSON.parse(body) as { state: { at: number } }).state.at).toBe(log.clock.now())
      expect((await log.submit(lookText({ at: log.clock.now() }))).outcome.kind).toBe('accepted')
    })
  })
}

test('R1: a record in another’s name, of a thing that is not there, or with a number in its reason does not stand', async () => {
  const log = await openLog('sqlite')
  await log.submitAll([declareText(), entryText(ENTRY, '13812345678'), declareText(OTHER)])
  const codeOf = async (text: string) => {
    const { outcome } = await log.submit(text)
    return outcome.kind === 'rejected' ? outcome.code : outcome.kind
  }
  expect(await codeOf(lookText({ by: BEN }))).toBe('malformed')
  expect(await codeOf(lookText({ words: '回电 13812345678' }))).toBe('malformed')
  expect(await codeOf(lookText({ incident: OTHER }))).toBe('not-found')
  expect(await codeOf(lookText({ of: { kind: 'entry', id: idOf(99), field: 'text' } }))).toBe('not-found')
  expect(await codeOf(lookText())).toBe('accepted')
})

test('R1: the hub lets commander, call center, PR and legal look, in a closed incident too; others and vendors are told who may', async () => {
  const log = await openLog('sqlite')
  await log.submitAll([
    declareText(),
    entryText(ENTRY, '13812345678'),
    opText({ type: 'incident.set-status', kind: 'incident', id: INCIDENT, body: { from: 'open', to: 'closed', reason: '完' } }),
  ])
  const outcomes: Record<string, string> = {}
  const vendor = { company: '外呼公司', from: TWO_AT_NIGHT - HOUR, until: TWO_AT_NIGHT + HOUR }
  const people = [
    ...MEMBER_ROLES.map((role) => ({ party: role as string, place: { role } })),
    { party: 'vendor', place: { role: 'call-center' as const, vendor } },
  ]
  for (const [at, { party, place }] of people.entries()) {
    const id = idOf(0x300 + at)
    await log.submit(opText({ type: 'member.join', kind: 'member', id, body: { name: party, ...place } }), id, {
      kind: 'invited',
      ...place,
    })
    const { outcome } = await log.submit(lookText({ by: id }), id)
    outcomes[party] = outcome.kind === 'accepted' ? 'yes' : `${outcome.code} ${outcome.params['roles']}`
  }
  const no = 'not-permitted commander,call-center,pr,legal'
  expect(outcomes).toEqual({
    commander: 'yes',
    'call-center': 'yes',
    pr: 'yes',
    legal: 'yes',
    executive: no,
    business: no,
    technical: no,
    'social-media': no,
    vendor: no,
  })
})

test('T3: a look that the hub refuses has been taken all the same: the access log tells who and why, not where', async () => {
  const clock = createFakeClock()
  const { team, link, close } = await openTeamHub(makeTempFolder('reveals', 'quick'), clock.now)
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.submit([joinText(BEN, '本', 'technical')], BEN, { kind: 'invited', role: 'technical' })
  await team.submit([declareText(), entryText(ENTRY, '13812345678')], ANN, null)
  const ben = link(BEN)
  const { records } = await ben.push([lookText({ by: BEN })])
  expect(records.map(({ outcome }) => outcome)).toMatchObject([{ kind: 'rejected', code: 'not-permitted' }])
  await expect
    .poll(() => team.access.page(null, null))
    .toMatchObject([{ memberId: BEN, what: 'reveal-refused', about: 'not-permitted', device: '前台' }])
  await close()
})
