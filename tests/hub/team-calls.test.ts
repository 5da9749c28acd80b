import { expect, onTestFinished, test } from 'vitest'
import { teamApi } from '#contract/team-api.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const [DORA, EVE, NOBODY] = [idOf(0xd), idOf(0xe), idOf(0x999)]
const HOUR = 3_600_000

/** An owner without a leading role, a commander, another member, and an outside vendor with a commander's role. */
const COLUMNS = [ANN, DORA, BEN, EVE] as const

/** Who may make a call: A allowed, . refused as not permitted. Columns as above. Written by hand, not from the code. */
const EXPECTED: Record<keyof typeof teamApi, { who: string; input: object }> = {
  'team.about': { who: 'AAAA', input: {} },
  'team.invites': { who: 'AA..', input: {} },
  'team.invite': { who: 'AA..', input: { role: 'pr', vendor: null, note: '', hours: 1 } },
  'team.withdrawInvite': { who: 'AA..', input: { id: NOBODY } },
  'team.resetPassword': { who: 'AA..', input: { memberId: BEN } },
  'team.setPassword': { who: 'AAAA', input: { login: 'x', old: 'falsch', password: 'kurz-genug-und-lang' } },
  'team.login': { who: 'AAAA', input: {} },
  'team.beginLink': { who: 'AAAA', input: { language: 'en' } },
  'team.linkOutcome': { who: 'AAAA', input: { ticket: NOBODY, pollSecret: 'x' } },
  'team.cancelLink': { who: 'AAAA', input: { ticket: NOBODY, pollSecret: 'x' } },
  'team.unlink': { who: 'AAAA', input: {} },
  // The devices of all members, the devices of another member, and the access log.
  'team.sessions': { who: 'AA..', input: { memberId: null } },
  'team.revokeSession': { who: 'AA..', input: {} },
  'team.tokens': { who: 'AAAA', input: {} },
  'team.createToken': { who: 'AA..', input: { name: '监测', kind: 'service', scopes: ['incidents:read'], days: 1 } },
  'team.revokeToken': { who: 'AAAA', input: { id: NOBODY } },
  'team.webhooks': { who: 'AA..', input: {} },
  'team.addWebhook': { who: 'AA..', input: { url: 'https://203.0.113.7/x', events: ['incident.declared'] } },
  'team.removeWebhook': { who: 'AA..', input: { id: NOBODY } },
  'team.orphanedIncidents': { who: 'A...', input: {} },
  'team.takeOverIncident': { who: 'A...', input: { incidentId: NOBODY, members: [] } },
  'team.approvalEvidence': { who: 'AAAA', input: { incidentId: null, revisionId: NOBODY, zone: 'UTC' } },
  'team.accessLog': { who: 'AA..', input: { before: null, memberId: null } },
  'agents.list': { who: 'AA..', input: { groupId: null } },
  'agents.add': { who: 'AA..', input: { agents: [{ number: '8001', name: '坐席', vendor: null, groups: [] }] } },
  'agents.change': { who: 'AA..', input: { id: NOBODY } },
  'agents.end': { who: 'AA..', input: { id: NOBODY, ended: true } },
  'agents.settleNumber': { who: 'AA..', input: { id: NOBODY, free: true } },
  'agents.resetPassword': { who: 'AA..', input: { id: NOBODY } },
  'agents.links': { who: 'AA..', input: {} },
  'agents.makeLink': { who: 'AA..', input: { label: '外呼', groupId: NOBODY, vendor: null, seats: 1, expiresAt: 0 } },
  'agents.endLink': { who: 'AA..', input: { id: NOBODY } },
  'agents.reach': { who: 'AAA.', input: { incidentId: null } },
  'agents.readers': { who: 'AAA.', input: { wordingId: NOBODY, groupId: null, standing: null } },
  'agents.nudge': { who: 'AA..', input: { wordingId: NOBODY, groupId: null } },
  'agents.feedback': { who: 'AAA.', input: { incidentId: null } },
  'agents.use': { who: 'AAA.', input: { incidentId: null, hours: 1 } },
}

test('owners stand above what others do: a commander neither ends nor renews what an owner comes in by; the member of a token gets no sign-in at all', async () => {
  const clock = createFakeClock()
  const { team, link } = await openTeamHub(makeTempFolder('calls', 'quick'), clock.now)
  onTestFinished(() => team.close())
  team.setServed({ addresses: ['https://hub.example'], fingerprint: null })
  await team.submit([joinText(ANN, '安', 'pr')], ANN, null)
  await team.submit([joinText(DORA, '朵', 'commander')], DORA, { kind: 'invited', role: 'commander' })
  await team.submit([joinText(BEN, '本', 'pr')], BEN, { kind: 'invited', role: 'pr' })
  const sessionOf = async (memberId: string) => (await team.accounts.sessions.open(memberId, 'x')).id
  const token = async (memberId: string, kind: 'personal' | 'service') => {
    const made = await link(memberId).ask('team.createToken', { name: '监测', kind, scopes: ['incidents:read'], days: 1 })
    if (!made.ok) throw new Error(made.failure.code)
    return made.value.id
  }
  const refused = { ok: false, failure: { code: 'not-permitted' } }
  const own = await sessionOf(ANN)
  expect(await link(DORA).ask('team.revokeSession', { id: own })).toMatchObject(refused)
  expect(await link(DORA).ask('team.revokeSession', { id: await sessionOf(BEN) })).toMatchObject({ ok: true })
  expect(await link(ANN).ask('team.revokeSession', { id: await sessionOf(DORA) })).toMatchObject({ ok: true })
  expect(await link(DORA).ask('team.resetPassword', { memberId: ANN })).toMatchObject(refused)
  expect(await link(ANN).ask('team.resetPassword', { memberId: ANN })).toMatchObject({ ok: true })
  expect(await link(DORA).ask('team.revokeToken', { id: await token(ANN, 'personal') })).toMatchObject(refused)
  expect(await link(DORA).ask('team.revokeToken', { id: await token(BEN, 'personal') })).toMatchObject({ ok: true })
  // A service that an owner created can be revoked by anybody who manages the team.
  expect(await link(DORA).ask('team.revokeToken', { id: await token(ANN, 'service') })).toMatchObject({ ok: true })
  const service = await team.tokens.byId(await token(DORA, 'service'))
  for (const asking of [ANN, DORA])
    expect(await link(asking).ask('team.resetPassword', { memberId: service?.member_id ?? '' })).toMatchObject(refused)
  expect(await team.accounts.sessions.revoke({ id: own })).toEqual([own])
})

test('A1: who may call what of the hub, every call by everybody; a call without a line here does not compile', async () => {
  const clock = createFakeClock()
  const { team, link } = await openTeamHub(makeTempFolder('calls', 'quick'), clock.now)
  onTestFinished(() => team.close())
  team.setServed({ addresses: ['https://hub.example'], fingerprint: null })
  await team.submit([joinText(ANN, '安', 'pr')], ANN, null)
  await team.submit([joinText(DORA, '朵', 'commander')], DORA, { kind: 'invited', role: 'commander' })
  await team.submit([joinText(BEN, '本', 'pr')], BEN, { kind: 'invited', role: 'pr' })
  const vendor = { company: '外呼公司', from: TWO_AT_NIGHT - HOUR, until: TWO_AT_NIGHT + HOUR }
  await team.submit(
    [opText({ type: 'member.join', kind: 'member', id: EVE, scope: 'team', body: { name: '外', role: 'commander', vendor } })],
    EVE,
    { kind: 'invited', role: 'commander', vendor },
  )
  const sessionOfAnother = async (me: string) =>
    (await team.accounts.sessions.open(COLUMNS.find((one) => one !== me && one !== ANN) ?? ANN, 'x')).id
  const found: Record<string, string> = {}
  for (const [name, { input }] of Object.entries(EXPECTED)) {
    found[name] = ''
    for (const me of COLUMNS) {
      const answer = await link(me).ask(
        name as 'team.about',
        (name === 'team.revokeSession' ? { id: await sessionOfAnother(me) } : input) as never,
      )
      found[name] += !answer.ok && answer.failure.code === 'not-permitted' ? '.' : 'A'
    }
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(EXPECTED).map(([name, { who }]) => [name, who])))
})
