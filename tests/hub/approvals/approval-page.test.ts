import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { LinkAuth } from '#contract/hub-wire.ts'
import { createBrowser } from '#tests/support/company-provider.ts'
import { ANN, BEN, INCIDENT } from '#tests/support/log-texts.ts'
import { RULES_ID } from '#domain/rules/team-rules.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { contentHash } from '#domain/wording/content.ts'
import { REVISION, WORDING as WORDING_KIND } from '#domain/wording/wording-entity.ts'
import { openCompanyHub, type Ticket } from '../oidc/company-hub.ts'
import { CARA, contentWith, DAN, HOUR, openApprovalHub, revisionId, WORDING, type ApprovalHub } from './approval-hub.ts'
import { openApprovePage } from './approve-as.ts'

const refused = (code: string) => ({ ok: false, failure: { code } })

async function pageOf(hub: ApprovalHub, login: string) {
  const page = openApprovePage(hub.base)
  const entered = await page.signIn(login)
  if (!entered.result.ok) throw new Error(entered.result.failure.code)
  return page
}

async function statusOf(hub: ApprovalHub, number: number) {
  const revision = REVISION.as(await hub.team.hub.log.readEntity('revision', revisionId(number)))
  return revision && approvalOf(revision.state).status
}

test('an approver reads the exact text with its values, its difference and findings, and approves that very text', async () => {
  const hub = await openApprovalHub()
  const old = await hub.ask(1, contentWith('已停售三批产品。'))
  await hub.decide(CARA, 'legal', 1, old)
  const hash = await hub.ask(2, contentWith('已停售五批产品。'), {
    overruled: [{ ruleId: 'x', excerpt: '五批', reason: '质检已核' }],
  })
  const page = await pageOf(hub, 'cara')
  expect(await page.waiting()).toMatchObject([
    {
      number: 2,
      hash,
      title: '起火视频 首次回应',
      incidentTitle: '门店饮用水投诉',
      askedByName: '本',
      mayApproveAs: ['legal'],
      mayRelease: false,
    },
  ])
  const text = await page.text(2)
  expect(text.fields.find(({ at }) => at === 'blocks.b1.text')?.pieces).toEqual([
    { kind: 'text', text: '请联系 ' },
    { kind: 'value', name: 'hotline', text: '400-800-1234' },
    { kind: 'text', text: '。' },
  ])
  expect(text.compared).toMatchObject({ revisionId: revisionId(1), number: 1, inUse: false, facts: [{ before: '三批', after: '五批' }] })
  expect(text.compared?.paragraphs).toMatchObject([{ part: 'core', kind: 'changed' }])
  expect(text).toMatchObject({ authors: ['本'], own: false, mayRejectAs: ['legal'], status: 'in-review', missing: [] })
  expect(text.findings).toContainEqual({ severity: 'kept', excerpt: '五批', message: null, reason: '质检已核' })

  const decided = await page.decide(2, hash, 'legal', { comparedWith: revisionId(1), note: '可以' })
  expect(decided.result).toEqual({ ok: true, value: null })
  const revision = REVISION.as(await hub.team.hub.log.readEntity('revision', revisionId(2)))
  expect(revision?.state.decisions).toMatchObject([
    { memberId: CARA, as: 'legal', verdict: 'approve', note: '可以', comparedWith: revisionId(1) },
  ])
  expect(await page.waiting()).toEqual([])
  const second = await pageOf(hub, 'dan')
  expect((await second.text(2)).decisions).toMatchObject([{ name: '卡', as: 'legal', verdict: 'approve' }])
  await second.decide(2, hash, 'pr')
  expect(await statusOf(hub, 2)).toBe('approved')
  expect(hub.faults).toEqual([])
})

test('who may not approve, cannot: author, other role, vendor, an older text, a text that was not read, after another approval', async () => {
  const hub = await openApprovalHub()
  const old = await hub.ask(1, contentWith('第一。'))
  const hash = await hub.ask(2, contentWith('第二。'))
  const author = await pageOf(hub, 'ben')
  expect(await author.waiting()).toEqual([])
  expect((await author.text(2)).own).toBe(true)
  expect((await author.decide(2, hash, 'pr')).result).toMatchObject(refused('own-text'))
  const legal = await pageOf(hub, 'cara')
  expect((await legal.decide(2, hash, 'pr')).result).toMatchObject(refused('not-an-approver'))
  expect((await legal.decide(2, old, 'legal')).result).toMatchObject(refused('revision-differs'))
  expect((await legal.decide(2, hash, 'legal', { verdict: 'reject' })).status).toBe(409)
  const vendor = await pageOf(hub, 'vera')
  expect(await vendor.waiting()).toEqual([])
  expect((await vendor.ask(`/waiting/${revisionId(2)}`)).status).toBe(404)
  expect((await vendor.decide(2, hash, 'legal')).result).toMatchObject(refused('not-permitted'))
  // What was read is an older revision: its approval would approve nothing that is used.
  expect((await legal.ask(`/waiting/${revisionId(1)}`)).status).toBe(404)
  await hub.decide(CARA, 'legal', 2, hash)
  expect((await legal.decide(2, hash, 'legal')).result).toMatchObject(refused('nothing-changes'))
  await hub.submit(ANN, { type: 'incident.restrict', kind: 'incident', id: INCIDENT, body: { members: [ANN, BEN] } })
  const other = await pageOf(hub, 'dan')
  expect(await other.waiting()).toEqual([])
  expect((await other.ask(`/waiting/${revisionId(2)}`)).status).toBe(404)
  expect((await other.decide(2, hash, 'pr')).result).toMatchObject(refused('not-found'))
  expect(await statusOf(hub, 2)).toBe('in-review')
})

test('a rejection needs words, comments go with it, and an act that is sent twice counts once', async () => {
  const hub = await openApprovalHub()
  const hash = await hub.ask(1, contentWith('第一。'))
  const page = await pageOf(hub, 'cara')
  const comments = [{ at: 'core', start: 0, end: 3, text: '请写明批次' }]
  const request = randomUUID()
  expect((await page.decide(1, hash, 'legal', { verdict: 'reject', comments, request })).result.ok).toBe(true)
  expect((await page.decide(1, hash, 'legal', { verdict: 'reject', comments, request })).result.ok).toBe(true)
  const text = await page.text(1)
  expect(text).toMatchObject({ status: 'rejected', decisions: [{ verdict: 'reject', comments: ['请写明批次'] }] })
  const records = await hub.team.hub.log.readAfter(ANN, `incident:${INCIDENT}`, 0, 500)
  expect(records.filter(({ bytes }) => bytes.includes('"revision.decide"'))).toHaveLength(1)
})

test('a value that changed while a text was read is read again; an approval of another value no longer counts, and is asked for anew', async () => {
  const hub = await openApprovalHub()
  const hash = await hub.ask(1, contentWith('第一。'))
  const legal = await pageOf(hub, 'cara')
  const second = await pageOf(hub, 'dan')
  expect((await legal.text(1)).values).toEqual({ hotline: '400-800-1234' })
  await legal.decide(1, hash, 'legal')
  await second.decide(1, hash, 'pr')
  expect(await legal.waiting()).toEqual([])
  const setHotline = (hotline: string) =>
    hub.submit(BEN, { type: 'wording-values.set', kind: 'wording-values', id: INCIDENT, body: { values: { hotline } } })
  await setHotline('400-800-9999')
  expect(await legal.waiting()).toMatchObject([{ number: 1, mayApproveAs: ['legal'] }])
  expect(await legal.text(1)).toMatchObject({ status: 'in-review', decisions: [{ counts: false }, { counts: false }] })
  expect((await legal.decide(1, hash, 'legal')).result).toMatchObject(refused('changed-meanwhile'))
  const executive = await pageOf(hub, 'eve')
  expect((await executive.release(1, hash, '急')).result).toMatchObject(refused('changed-meanwhile'))
  expect((await legal.decide(1, hash, 'legal', { values: { hotline: '400-800-9999' } })).result.ok).toBe(true)
  expect(await legal.text(1)).toMatchObject({
    decisions: [
      { as: 'pr', counts: false },
      { as: 'legal', counts: true },
    ],
  })
})

test('a revision in approval waits although a newer one was saved since; a stricter policy of the team asks for more', async () => {
  const hub = await openApprovalHub()
  const hash = await hub.ask(1, contentWith('第一。'))
  const content = contentWith('第二，只是存下。')
  const { title, core } = content
  const [id, newer] = [revisionId(2), contentHash(content)]
  const written = { wordingId: WORDING, number: 2, content, base: revisionId(1), contributors: [], note: '', overruled: [] }
  await hub.submit(
    BEN,
    { type: 'revision.write', kind: 'revision', id, body: written },
    { type: 'wording.add-revision', kind: 'wording', id: WORDING, body: { revisionId: id, number: 2, hash: newer, title, core } },
  )
  const legal = await pageOf(hub, 'cara')
  expect(await legal.waiting()).toMatchObject([{ number: 1, mayApproveAs: ['legal'] }])
  expect((await legal.decide(1, hash, 'legal')).result.ok).toBe(true)
  await hub.decide(DAN, 'pr', 1, hash)
  const executive = await pageOf(hub, 'eve')
  expect(await executive.waiting()).toEqual([])
  const policy = { roles: ['pr', 'legal', 'executive'], inOrder: false, dueMinutes: 30 }
  const rules = { approvals: [{ kind: null, level: null, policy }] }
  await hub.submit(ANN, { type: 'rules.set', kind: 'rules', id: RULES_ID, scope: 'team', body: { version: 0, rules } })
  expect(await executive.waiting()).toMatchObject([{ number: 1, mayApproveAs: ['executive'] }])
  expect(await legal.waiting()).toEqual([])
  const { html } = await hub
    .link(ANN)
    .ask('team.approvalEvidence', { incidentId: INCIDENT, revisionId: revisionId(1), zone: 'UTC' })
    .then((made) => (made.ok ? made.value : { html: '' }))
  // It is proved by the policy of then, and says so; by the policy of now it is not approved.
  expect(html).toMatch(/批准规则（送审时，本证据按此判断）(?:(?!<dt>).)*法务(?:(?!<dt>).)*不分先后/su)
  expect(html).toMatch(/导出时的状态(?:(?!<dt>).)*批准尚未完成(?:(?!<dt>).)*高管/su)
})

test('an executive releases before approval with a reason; nobody else can', async () => {
  const hub = await openApprovalHub()
  const hash = await hub.ask(1, contentWith('第一。'))
  const legal = await pageOf(hub, 'cara')
  expect((await legal.release(1, hash, '急')).result).toMatchObject(refused('not-permitted'))
  const executive = await pageOf(hub, 'eve')
  expect(await executive.waiting()).toMatchObject([{ mayApproveAs: [], mayRelease: true }])
  expect((await executive.release(1, hash, ' ')).status).toBe(400)
  expect((await executive.release(1, '0'.repeat(64), '媒体一小时后发稿')).result).toMatchObject(refused('revision-differs'))
  expect((await executive.release(1, hash, '媒体一小时后发稿')).result.ok).toBe(true)
  const wording = WORDING_KIND.as(await hub.team.hub.log.readEntity('wording', WORDING))
  expect(wording?.state.live).toMatchObject({ hash, emergency: '媒体一小时后发稿', values: { hotline: '400-800-1234' } })
  expect(await executive.waiting()).toEqual([])
})

test('the session is a cookie that scripts cannot read and that opens no link; it ends by sign-out, revocation, time and with the membership', async () => {
  const hub = await openApprovalHub()
  const page = openApprovePage(hub.base)
  expect(await page.ask('/waiting')).toMatchObject({ status: 401, result: refused('session-unknown') })
  expect((await page.signIn('cara', 'falsch')).result).toMatchObject(refused('sign-in-failed'))
  const entered = await page.signIn('cara')
  expect(entered.given).toMatch(/^stormroom_approve=[\w-]{20,}; Path=\/approve; Max-Age=43200; HttpOnly; SameSite=Strict$/)
  expect(entered.result).toEqual({ ok: true, value: null })
  const secret = page.cookie()?.split('=')[1] ?? ''
  const token = LinkAuth.shape.token.parse(secret)
  expect(await hub.team.admit(token)).toEqual({ ok: false, reason: 'session-unknown' })
  expect((await page.ask('/waiting')).headers.get('cache-control')).toBe('no-store')

  const taken = page.cookie()
  expect((await page.ask('/sign-out', {})).given).toContain('Max-Age=0')
  page.setCookie(taken)
  expect((await page.ask('/waiting')).status).toBe(401)

  await page.signIn('cara')
  const [session] = await hub.team.accounts.sessions.list(CARA).then((all) => all.filter(({ device }) => device === '手机审批'))
  expect(await hub.link(CARA).ask('team.revokeSession', { id: session?.id ?? '' })).toMatchObject({ ok: true })
  expect(await page.ask('/waiting')).toMatchObject({ status: 401, given: expect.stringContaining('Max-Age=0') as string })

  await page.signIn('cara')
  hub.clock.advance(12 * HOUR)
  expect((await page.ask('/waiting')).status).toBe(401)

  await page.signIn('cara')
  await hub.submit(ANN, { type: 'member.revoke', kind: 'member', id: CARA, body: { reason: '离职' } })
  expect((await page.ask('/waiting')).status).toBe(401)
  expect((await page.signIn('cara')).result).toMatchObject(refused('member-revoked'))
  expect((await page.ask('/who')).result).toMatchObject({ ok: true, value: { me: null } })
})

test('other sites cannot act with the cookie, and guesses are throttled', async () => {
  const hub = await openApprovalHub()
  const hash = await hub.ask(1, contentWith('第一。'))
  const page = await pageOf(hub, 'cara')
  const decision = {
    request: randomUUID(),
    revisionId: revisionId(1),
    hash,
    values: { hotline: '400-800-1234' },
    verdict: 'approve',
    as: 'legal',
    comparedWith: null,
    note: '',
    comments: [],
  }
  for (const headers of [
    { origin: 'https://boese.example' },
    { 'sec-fetch-site': 'cross-site', origin: hub.base },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    {},
    { origin: 'null' },
  ])
    expect((await page.ask('/decide', decision, headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(403)
  expect(await statusOf(hub, 1)).toBe('in-review')
  expect((await page.ask('/decide', decision, { 'sec-fetch-site': 'same-origin' })).result.ok).toBe(true)

  let last = 0
  for (let guess = 0; guess < 40; guess++) last = (await openApprovePage(hub.base).signIn('dan', `falsch ${guess}`)).status
  expect(last).toBe(429)
})

test('a sign-in by company account ends in the same cookie', async () => {
  const company = await openCompanyHub()
  const browser = createBrowser()
  const confirm = async ({ authorizeUrl }: Ticket) => browser.press(await browser.enter(authorizeUrl, 'zhou'), 'yes')
  const joining = await company.begin({ secret: await company.invite(), name: '周敏' })
  await confirm(joining)
  await company.outcome(joining)

  const page = openApprovePage(company.origin)
  expect((await page.ask('/who')).result).toMatchObject({ ok: true, value: { signInWith: { openIdConnect: '清泉账号' }, me: null } })
  const begun = await page.ask<Ticket>('/company/begin', { device: '手机审批', language: 'zh-Hans' })
  if (!begun.result.ok) throw new Error(begun.result.failure.code)
  const { ticket, pollSecret } = begun.result.value
  expect((await page.ask('/company/outcome', { ticket, pollSecret })).result).toEqual({ ok: true, value: 'waiting' })
  expect(page.cookie()).toBeNull()
  await confirm(begun.result.value)
  expect((await page.ask('/company/outcome', { ticket, pollSecret })).result).toEqual({ ok: true, value: 'entered' })
  expect((await page.ask('/who')).result).toMatchObject({ ok: true, value: { me: { name: '周敏' } } })
  const again = await openApprovePage(company.origin).ask('/company/outcome', { ticket, pollSecret })
  expect(again.result).toMatchObject(refused('oidc-expired'))
})
