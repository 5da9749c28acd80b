import { expect, onTestFinished, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const HOUR = 3_600_000
const [PASSWORD, NEW_PASSWORD] = ['eine-katze-auf-dem-dach', 'ein-neues-passwort']

async function openTeam() {
  const clock = createFakeClock()
  const folder = makeTempFolder('end-access', 'quick')
  const { team, link } = await openTeamHub(folder, clock.now)
  onTestFinished(() => team.close())
  team.setServed({ addresses: ['https://hub.example'], fingerprint: null })
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.submit([joinText(BEN, '本')], BEN, { kind: 'invited', role: 'pr' })
  await team.accounts.setPassword(BEN, 'ben', '', PASSWORD, null, 'x')
  const session = async () => (await team.accounts.sessions.open(BEN, 'x')).secret
  const token = async () => {
    const made = await link(BEN).ask('team.createToken', { name: '监测', kind: 'personal', scopes: ['incidents:read'], days: 366 })
    if (!made.ok) throw new Error(made.failure.code)
    return made.value.secret
  }
  const reset = async () => (await team.accounts.invites.makeReset(BEN, { role: 'pr' }, ANN)).secret
  const change = (type: string, body: Record<string, unknown>) => team.submit([opText({ type, kind: 'member', id: BEN, body })], ANN, null)
  const admitted = async (secret: string) => {
    const one = await team.admit(secret)
    return one.ok ? 'in' : one.reason
  }
  const settled = async (secret: string) => expect.poll(() => team.tokens.find(secret)).toBeNull()
  return { team, clock, session, token, reset, change, admitted, settled, folder }
}

test('a reset ends devices, tokens and other codes; a new password too, except for the device that sets it', async () => {
  const { team, session, token, reset, admitted } = await openTeam()
  const [one, machine, older, code] = [await session(), await token(), await reset(), await reset()]
  expect(await team.accounts.peek(older)).toMatchObject({ ok: false })
  const used = await team.accounts.useInvite(code, { name: '', login: 'ben', password: NEW_PASSWORD, device: 'y' })
  if (!used.ok) throw new Error(used.failure.code)
  expect(await admitted(one)).toBe('session-revoked')
  expect(await team.tokens.find(machine)).toBeNull()
  expect(await admitted(used.value.token)).toBe('in')

  const [second, waiting] = [await token(), await reset()]
  const other = await session()
  expect(await team.accounts.setPassword(BEN, 'ben', NEW_PASSWORD, PASSWORD, used.value.sessionId, 'x')).toMatchObject({ ok: true })
  expect(await admitted(other)).toBe('session-revoked')
  expect(await admitted(used.value.token)).toBe('in')
  expect(await team.tokens.find(second)).toBeNull()
  expect(await team.accounts.peek(waiting)).toMatchObject({ ok: false })
})

test('what a member came in by does not come back with the membership', async () => {
  const { team, session, token, reset, change, admitted, settled } = await openTeam()
  const [one, machine, code] = [await session(), await token(), await reset()]
  await change('member.revoke', { reason: '离职' })
  expect(await admitted(one)).toBe('member-revoked')
  await settled(machine)
  await change('member.restore', {})
  expect(await admitted(one)).toBe('session-revoked')
  expect(await team.tokens.find(machine)).toBeNull()
  expect(await team.accounts.peek(code)).toMatchObject({ ok: false })
  expect(await team.accounts.signIn('ben', PASSWORD, 'x', 'x')).toMatchObject({ ok: true })
})

test('nor with a contract that is renewed after its end, also where a hub was down when it ended', async () => {
  const { team, clock, session, token, change, admitted, settled } = await openTeam()
  const [one, machine] = [await session(), await token()]
  await change('member.change', { vendor: { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + HOUR } })
  expect(await admitted(one)).toBe('in')
  clock.advance(HOUR)
  await team.accounts.endOfThoseOut(await team.accounts.membersWithAccess())
  await settled(machine)
  await change('member.change', { vendor: { company: '外呼公司', from: 0, until: TWO_AT_NIGHT + 9 * HOUR } })
  expect(await admitted(one)).toBe('session-revoked')
})

test('who is out for now only, since the contract has yet to begin, loses nothing', async () => {
  const { clock, session, change, admitted } = await openTeam()
  const one = await session()
  await change('member.change', { vendor: { company: '外呼公司', from: TWO_AT_NIGHT + HOUR, until: TWO_AT_NIGHT + 2 * HOUR } })
  expect(await admitted(one)).toBe('contract-ended')
  clock.advance(HOUR)
  expect(await admitted(one)).toBe('in')
})

test('a code is worth what its maker may do when it is used: not after they are out, and not for who has become an owner since', async () => {
  const { team, change } = await openTeam()
  const CAM = idOf(0xca)
  const of = (id: string, type: string, body: Record<string, unknown>) =>
    team.submit([opText({ type, kind: 'member', id, body })], ANN, null)
  await team.submit([joinText(CAM, '凯', 'commander')], CAM, { kind: 'invited', role: 'commander' })
  const by = async () => ({
    invite: (await team.accounts.invites.make({ role: 'commander', vendor: null }, '', 24, CAM)).secret,
    reset: (await team.accounts.invites.makeReset(BEN, { role: 'pr' }, CAM)).secret,
  })
  const use = (secret: string) =>
    team.accounts.useInvite(secret, { name: '丁', login: `l-${secret.slice(0, 4)}`, password: NEW_PASSWORD, device: 'y' })

  const first = await by()
  await change('member.pass-ownership', {})
  expect(await use(first.reset)).toMatchObject({ ok: false, failure: { code: 'invite-withdrawn' } })
  await team.submit([opText({ type: 'member.step-down', kind: 'member', id: BEN, body: { remaining: ANN } })], BEN, null)

  const second = await by()
  await of(CAM, 'member.revoke', { reason: '离职' })
  for (const secret of [second.invite, second.reset])
    expect(await use(secret)).toMatchObject({ ok: false, failure: { code: 'invite-withdrawn' } })
  await of(CAM, 'member.restore', {})
  expect(await use(second.invite)).toMatchObject({ ok: true })
})

test('who signs in or changes a password while it is reset does so with the old one, which counts no longer', async () => {
  const { team, reset } = await openTeam()
  const code = await reset()
  const used = team.accounts.useInvite(code, { name: '', login: 'ben', password: NEW_PASSWORD, device: 'y' })
  const session = await team.accounts.sessions.open(BEN, 'old')
  const late = [
    team.accounts.signIn('ben', PASSWORD, 'thief', 'x'),
    team.accounts.setPassword(BEN, 'ben', PASSWORD, 'des-diebes-passwort', session.id, 'x'),
  ]
  const mine = await used
  if (!mine.ok) throw new Error(mine.failure.code)
  await Promise.all(late)
  // Whichever password was hashed first, the password of the reset counts.
  const [byReset, byThief] = [
    await team.accounts.signIn('ben', NEW_PASSWORD, 'y', 'y'),
    await team.accounts.signIn('ben', 'des-diebes-passwort', 'z', 'z'),
  ]
  expect([byReset.ok, byThief.ok]).toEqual([true, false])
  expect((await team.accounts.sessions.list(BEN)).map(({ device }) => device).toSorted()).toEqual(['y', 'y'])
})
