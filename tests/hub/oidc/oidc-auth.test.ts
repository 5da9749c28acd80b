import type { AccountTables } from '#hub/accounts/account-tables.ts'
import { expect, test } from 'vitest'
import { createBrowser } from '#tests/support/company-provider.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { ANN, opText } from '#tests/support/log-texts.ts'
import { openCompanyHub, type CompanyHub, type Ticket } from './company-hub.ts'

/** Begins on a device, signs in at the provider as `account` in a browser, and confirms there that the codes are the same. */
async function enter(hub: CompanyHub, account: string, more: { secret?: string; name?: string } = {}, browser = createBrowser()) {
  const ticket = await hub.begin(more)
  const page = await browser.enter(ticket.authorizeUrl, account)
  if (page.html.includes('name="answer"')) await browser.press(page, 'yes')
  return { ticket, page, outcome: await hub.outcome(ticket) }
}

async function join(hub: CompanyHub, account: string, name: string): Promise<{ memberId: string; token: string; sessionId: string }> {
  const { outcome } = await enter(hub, account, { secret: await hub.invite(), name })
  if (!outcome.ok || outcome.value.state !== 'entered') throw new Error(JSON.stringify(outcome))
  return outcome.value
}

const code = (hub: CompanyHub, ticket: Ticket) =>
  hub.outcome(ticket).then((result) => (result.ok ? result.value.state : result.failure.code))

test('by an invite through the provider, and on a second device by the provider alone: the same member, known by issuer and subject', async () => {
  const hub = await openCompanyHub()
  expect(await (await fetch(`${hub.origin}/hub`)).json()).toMatchObject({
    value: { signInWith: { password: true, openIdConnect: '清泉账号' } },
  })
  const ticket = await hub.begin({ secret: await hub.invite(), name: '周敏' })
  expect(ticket.code).toMatch(/^[A-Z]{3}-[A-Z]{3}$/)
  expect(await code(hub, ticket)).toBe('waiting')
  const browser = createBrowser()
  const page = await browser.enter(ticket.authorizeUrl, 'zhou')
  // The page is in the person's language, shows the code and the device, and may only submit its form.
  expect(page).toMatchObject({ status: 200, html: expect.stringContaining(ticket.code) })
  for (const shown of ['lang="zh-Hans"', '会议室电脑', '周敏', '清泉']) expect(page.html).toContain(shown)
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^;]+; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
  )
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.html).not.toContain('<script')
  // A provider account is not enough: nothing is granted before the person has compared the codes.
  expect(await code(hub, ticket)).toBe('waiting')
  expect((await browser.press(page, 'yes')).html).toContain('已确认')
  const joined = await hub.outcome(ticket)
  expect(joined).toMatchObject({ ok: true, value: { state: 'entered', teamName: '清泉' } })
  const memberId = joined.ok && joined.value.state === 'entered' ? joined.value.memberId : ''
  expect(await hub.team.readMember(memberId)).toMatchObject({ name: '周敏', role: 'legal' })
  expect(await hub.linkOf(memberId).ask('team.login', {})).toEqual({
    ok: true,
    value: { login: null, hasPassword: false, company: { name: '清泉账号', linked: true, only: false } },
  })

  const again = await enter(hub, 'zhou')
  expect(again.outcome).toMatchObject({ ok: true, value: { state: 'entered', memberId } })
  const token = again.outcome.ok && again.outcome.value.state === 'entered' ? again.outcome.value.token : ''
  expect(await hub.team.admit(token)).toMatchObject({ ok: true, owner: { memberId, device: '会议室电脑' } })
  expect((await hub.accessLog()).map(({ what }) => what).toSorted()).toEqual(['company-joined', 'company-signed-in'])
  expect(await hub.team.metrics.text()).toContain('stormroom_hub_company_sign_ins_total{outcome="entered",app="stormroom_hub"} 2')
  // Logs contain neither tokens nor names.
  const logs = JSON.stringify(hub.logged)
  for (const secret of ['zhou', '周敏', token, ticket.pollSecret]) expect(logs).not.toContain(secret)
})

test('whom nobody knows is sent for an invite, and keeps nobody else out; the same e-mail address opens nothing', async () => {
  const hub = await openCompanyHub()
  await join(hub, 'zhou', '周敏')
  const { page, outcome } = await enter(hub, 'fremd')
  expect(page).toMatchObject({ status: 403, html: expect.stringContaining('要一份邀请') })
  expect(outcome).toEqual({ ok: false, failure: { code: 'oidc-not-member', params: { name: '清泉账号' } } })
  expect(await hub.accessLog()).toContainEqual({ memberId: null, what: 'company-refused', about: 'oidc-not-member', device: '会议室电脑' })
  // A whole office shares one address: unknown accounts there do not count as password guesses.
  expect(await hub.team.hub.database.kysely.withTables<AccountTables>().selectFrom('sign_in_failure').selectAll().execute()).toEqual([])
})

test('a member revoked, or revoked while the browser was away, is refused as by password', async () => {
  const hub = await openCompanyHub()
  const { memberId } = await join(hub, 'zhou', '周敏')
  const ticket = await hub.begin()
  const browser = createBrowser()
  const page = await browser.enter(ticket.authorizeUrl, 'zhou')
  await browser.press(page, 'yes')
  const [record] = await hub.team.submit(
    [opText({ type: 'member.revoke', kind: 'member', id: memberId, scope: TEAM_SCOPE, body: { reason: '离职' } })],
    ANN,
    null,
  )
  expect(record?.outcome).toEqual({ kind: 'accepted' })
  expect(await code(hub, ticket)).toBe('member-revoked')
  const { page: refused, outcome } = await enter(hub, 'zhou')
  expect(refused.html).toContain('成员资格已被收回')
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'member-revoked' } })
})

test('what does not belong together is not taken: state, nonce, PKCE, the poll secret, another page, a replayed callback, a spent ticket', async () => {
  const hub = await openCompanyHub()
  await join(hub, 'zhou', '周敏')
  const browser = createBrowser()
  // A state that was never issued, and a callback without one.
  for (const query of ['?code=x&state=not-one-of-ours', '?code=x', ''])
    expect(await browser.visit(`${hub.origin}/auth/oidc/callback${query}`)).toMatchObject({ status: 404 })
  // A request that was changed on the way to the provider gets an answer that does not match.
  for (const name of ['nonce', 'code_challenge']) {
    const spoilt = await hub.begin()
    const address = new URL(spoilt.authorizeUrl)
    address.searchParams.set(name, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
    expect(await browser.enter(address.href, 'zhou')).toMatchObject({ status: 403, html: expect.stringContaining('对不上') })
    expect(await code(hub, spoilt)).toBe('oidc-mismatch')
  }
  // The answer to one sign-in is not valid for another.
  const [mine, other] = [await hub.begin(), await hub.begin()]
  const page = await browser.enter(mine.authorizeUrl, 'zhou')
  const callback = new URL(page.url)
  callback.searchParams.set('state', new URL(other.authorizeUrl).searchParams.get('state') ?? '')
  expect(await browser.visit(callback.href)).toMatchObject({ status: 403 })
  expect(await code(hub, other)).toBe('oidc-mismatch')
  // The callback again, and a confirmation from another page than the one that was shown.
  expect(await browser.visit(page.url)).toMatchObject({ status: 410 })
  expect(
    await browser.visit(`${hub.origin}/auth/oidc/confirm`, { ticket: mine.ticket, page: 'a'.repeat(43), answer: 'yes' }),
  ).toMatchObject({ status: 404 })
  expect(await browser.visit(`${hub.origin}/auth/oidc/confirm`)).toMatchObject({ status: 404 })
  expect(await code(hub, mine)).toBe('waiting')
  await browser.press(page, 'yes')
  expect(await browser.press(page, 'yes')).toMatchObject({ status: 410 })
  // Only the device that began fetches the session, and only once.
  expect(await code(hub, { ...mine, pollSecret: other.pollSecret })).toBe('oidc-expired')
  expect(await code(hub, mine)).toBe('entered')
  expect(await code(hub, mine)).toBe('oidc-expired')
})

test('a forwarded link gives nothing away: whoever says "not me" refuses it; a ticket ends by time, by cancelling, or at the provider', async () => {
  const hub = await openCompanyHub()
  await join(hub, 'zhou', '周敏')
  const browser = createBrowser()
  const forwarded = await hub.begin({}, '陌生的电脑')
  const page = await browser.enter(forwarded.authorizeUrl, 'zhou')
  expect(page.html).toContain('陌生的电脑')
  expect((await browser.press(page, 'no')).html).toContain('已拒绝')
  expect(await code(hub, forwarded)).toBe('oidc-declined')
  expect(await hub.accessLog()).toContainEqual(
    expect.objectContaining({ what: 'company-refused', about: 'oidc-declined', device: '陌生的电脑' }),
  )

  const cancelled = await hub.begin()
  await hub.value('/auth/oidc/cancel', { ticket: cancelled.ticket, pollSecret: cancelled.pollSecret })
  expect((await browser.enter(cancelled.authorizeUrl, 'zhou')).status).toBe(410)
  const there = await hub.begin()
  expect((await createBrowser().cancel(there.authorizeUrl)).status).toBe(403)
  expect(await code(hub, there)).toBe('oidc-refused')

  const [early, late] = [await hub.begin(), await hub.begin()]
  const shown = await browser.enter(early.authorizeUrl, 'zhou')
  hub.later(10 * 60_000)
  expect((await browser.press(shown, 'yes')).html).toContain('已过期')
  expect((await browser.enter(late.authorizeUrl, 'zhou')).status).toBe(410)
  expect([await code(hub, early), await code(hub, late)]).toEqual(['oidc-expired', 'oidc-expired'])
  hub.later(60 * 60_000)
  await hub.team.oidc?.sweep()
  expect((await browser.visit(shown.url)).status).toBe(404)
})

test('while the provider is away the hub works and says so; when it is back, sign-in works without a restart', async () => {
  const hub = await openCompanyHub()
  await hub.provider.stop()
  expect(await hub.ask('/auth/oidc/begin', { device: 'x', language: 'en' })).toEqual({
    ok: false,
    failure: { code: 'oidc-provider-down', params: { name: '清泉账号' } },
  })
  expect(await hub.team.isSound()).toBe(true)
  await hub.provider.start()
  await join(hub, 'zhou', '周敏')
  // The provider goes away during a sign-in.
  const ticket = await hub.begin()
  const page = await createBrowser().visit(ticket.authorizeUrl)
  expect(page.status).toBe(200)
  const state = new URL(ticket.authorizeUrl).searchParams.get('state') ?? ''
  await hub.provider.stop()
  expect(
    (await createBrowser().visit(`${hub.origin}/auth/oidc/callback?${new URLSearchParams({ code: 'x', state, iss: hub.provider.issuer })}`))
      .html,
  ).toContain('没有回答')
  expect(await code(hub, ticket)).toBe('oidc-provider-down')
})

test('whoever presses first on the page has decided: "not me" after "yes" changes nothing, and says so', async () => {
  const hub = await openCompanyHub()
  await join(hub, 'zhou', '周敏')
  const ticket = await hub.begin()
  const browser = createBrowser()
  const page = await browser.enter(ticket.authorizeUrl, 'zhou')
  const [yes, no] = await Promise.all([browser.press(page, 'yes'), browser.press(page, 'no')])
  const entered = await code(hub, ticket)
  // One of the two is told that it came too late, and the device gets the result of the other.
  expect([yes, no].map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  expect(entered).toBe(yes.status === 200 ? 'entered' : 'oidc-declined')
})

test('a member with a password links an account that nobody else has, and unlinks it while a password remains', async () => {
  const hub = await openCompanyHub()
  await join(hub, 'zhou', '周敏')
  const link = hub.linkOf(ANN)
  async function tie(account: string) {
    const begun = await link.ask('team.beginLink', { language: 'en' })
    if (!begun.ok) throw new Error(begun.failure.code)
    const browser = createBrowser()
    const page = await browser.enter(begun.value.authorizeUrl, account)
    if (page.status === 200) await browser.press(page, 'yes')
    const { ticket, pollSecret } = begun.value
    return { page, ticket, pollSecret }
  }
  const taken = await tie('zhou')
  expect(taken.page.html).toContain('belongs to another member')
  expect(await link.ask('team.linkOutcome', taken)).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
  expect(await link.ask('team.linkOutcome', { ticket: taken.ticket, pollSecret: taken.pollSecret })).toMatchObject({
    ok: false,
    failure: { code: 'oidc-taken' },
  })
  const { ticket, pollSecret } = await tie('an')
  // What one member began is not valid for another, and is not a session.
  expect(await hub.outcome({ ticket, pollSecret })).toMatchObject({ ok: false, failure: { code: 'oidc-expired' } })
  expect(await link.ask('team.linkOutcome', { ticket, pollSecret })).toEqual({ ok: true, value: 'linked' })
  expect(await link.ask('team.unlink', {})).toMatchObject({ ok: false, failure: { code: 'oidc-last-way' } })
  expect(await link.ask('team.setPassword', { login: 'an', old: '', password: 'lang-genug-und-geheim' })).toMatchObject({ ok: true })
  const byCompany = (await enter(hub, 'an')).outcome
  expect(byCompany).toMatchObject({ ok: true, value: { state: 'entered', memberId: ANN } })
  const { token } = byCompany.ok ? (byCompany.value as { token: string }) : { token: '' }
  expect(await hub.team.admit(token)).toMatchObject({ ok: true })
  expect(await link.ask('team.unlink', {})).toEqual({ ok: true, value: null })
  // Sessions that the account opened end with it.
  expect(await hub.team.admit(token)).toEqual({ ok: false, reason: 'session-revoked' })
  expect((await enter(hub, 'an')).outcome).toMatchObject({ ok: false, failure: { code: 'oidc-not-member' } })
  expect((await hub.accessLog()).map(({ what }) => what)).toEqual(expect.arrayContaining(['company-linked', 'company-unlinked']))
})

test('with company accounts alone passwords open nothing and are not set; a reset code gives a member another account', async () => {
  const hub = await openCompanyHub({ only: true })
  const { memberId, token } = await join(hub, 'zhou', '周敏')
  const refusal = { ok: false, failure: { code: 'oidc-only', params: { name: '清泉账号' } } }
  expect(await hub.ask('/auth/sign-in', { login: 'zhou', password: 'lang-genug-und-geheim', device: 'x' })).toEqual(refusal)
  expect(
    await hub.ask('/auth/join', { secret: await hub.invite(), name: '吴', login: 'wu', password: 'lang-genug-und-geheim', device: 'x' }),
  ).toEqual(refusal)
  expect(await hub.linkOf(memberId).ask('team.setPassword', { login: 'zhou', old: '', password: 'lang-genug-und-geheim' })).toEqual(refusal)
  expect(await hub.linkOf(memberId).ask('team.unlink', {})).toMatchObject({ ok: false, failure: { code: 'oidc-last-way' } })
  const { secret } = await hub.team.accounts.invites.makeReset(memberId, { role: 'legal' }, ANN)
  expect((await enter(hub, 'zhou-min', { secret })).outcome).toMatchObject({ ok: true, value: { state: 'entered', memberId } })
  expect((await enter(hub, 'zhou')).outcome).toMatchObject({ ok: false, failure: { code: 'oidc-not-member' } })
  expect(await hub.team.admit(token)).toEqual({ ok: false, reason: 'session-revoked' })
})

test('an invite used while the browser was away lets nobody in, and a hub without a provider says that it has none', async () => {
  const hub = await openCompanyHub()
  const secret = await hub.invite()
  const [first, second] = [await hub.begin({ secret, name: '周敏' }), await hub.begin({ secret, name: '吴' })]
  const browsers = [createBrowser(), createBrowser()] as const
  await browsers[0].press(await browsers[0].enter(first.authorizeUrl, 'zhou'), 'yes')
  await browsers[1].press(await browsers[1].enter(second.authorizeUrl, 'wu'), 'yes')
  expect([await code(hub, first), await code(hub, second)]).toEqual(['entered', 'invite-used'])
  expect(await hub.ask('/auth/oidc/begin', { secret, name: '吴', device: 'x', language: 'en' })).toMatchObject({
    ok: false,
    failure: { code: 'invite-used' },
  })
  expect(await hub.ask('/auth/oidc/begin', { device: '', language: 'fr' })).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
  expect(await hub.ask('/auth/oidc/begin', { secret: await hub.invite(), device: 'x', language: 'en' })).toMatchObject({
    ok: false,
    failure: { code: 'bad-input' },
  })
  const plain = await openCompanyHub(null)
  const ticket = { ticket: first.ticket, pollSecret: first.pollSecret }
  expect(await plain.ask('/auth/oidc/begin', { device: 'x', language: 'en' })).toMatchObject({
    ok: false,
    failure: { code: 'oidc-not-offered' },
  })
  expect(await plain.outcome(ticket)).toMatchObject({ ok: false, failure: { code: 'oidc-not-offered' } })
  expect((await fetch(`${plain.origin}/auth/oidc/callback?state=x`)).status).toBe(404)
  expect(await plain.linkOf(ANN).ask('team.login', {})).toMatchObject({ ok: true, value: { company: null } })
})
