import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NUDGE_HEADER } from '#contract/agent-wire.ts'
import { openHub } from '#hub/open-hub.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ANN, BEN } from '#tests/support/log-texts.ts'
import {
  addAgents,
  ask,
  confirmationOf,
  contentOf,
  eventOf,
  GROUP_A,
  GROUP_B,
  head,
  openConsoleHub,
  POLL,
  publish,
  serve,
  signIn,
  stateOf,
  watch,
  type Answer,
} from './console-hub.ts'

const HOUR = 3_600_000
const ofGroup = (group: string) => ({ groups: [group] as never })

async function open() {
  const folder = makeTempFolder('agents', 'quick')
  const clock = createFakeClock(TWO_AT_NIGHT)
  return { folder, clock, hub: await openConsoleHub(folder, clock.now) }
}

const tick = (hub: { team: { agents: { feature: { rounds?: readonly { run(): Promise<unknown> }[] } } } }) =>
  hub.team.agents.feature.rounds?.[0]?.run()
const refusal = ({ status, body }: Answer) => [status, (body as { failure: { code: string; params: object } }).failure]
const cookieOf = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

test('A1: an agent whose access ends is told at once and answered 401; given back, a new sign-in is needed', async () => {
  const { hub } = await open()
  const list = [{ number: 'Ａ-17', name: '小王', vendor: null, groups: [] }]
  const { added } = await head(hub, 'agents.add', { agents: list })
  expect((await head(hub, 'agents.add', { agents: [...list, ...list] })).refused).toEqual([
    { number: 'Ａ-17', why: 'number-taken' },
    { number: 'Ａ-17', why: 'number-taken' },
  ])
  const [{ id, password } = { id: '', password: '' }] = added
  expect(password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/u)
  // Full-width letters and upper case are no difference.
  const cookie = await signIn(hub.base, 'a-17', password)
  const console = await watch(hub.base, cookie)
  await eventOf(console, 'state')
  expect(await head(hub, 'agents.list', { groupId: null })).toMatchObject([{ number: 'Ａ-17', online: true, endedAt: null }])
  await head(hub, 'agents.end', { id: id as never, ended: true })
  expect((await eventOf(console, 'ended')).why).toBe('revoked')
  await console.ended
  for (const path of ['state', 'stream']) expect(refusal(await ask(hub.base, 'GET', path, cookie))[0]).toBe(401)
  expect(refusal(await ask(hub.base, 'GET', 'state', cookie))).toEqual([401, { code: 'locked', params: { reason: 'member-revoked' } }])
  expect((await ask(hub.base, 'POST', 'sign-in', null, { number: 'a-17', password })).status).toBe(401)
  await head(hub, 'agents.end', { id: id as never, ended: false })
  expect(refusal(await ask(hub.base, 'GET', 'state', cookie))).toMatchObject([401, { code: 'session-unknown' }])
  const again = await signIn(hub.base, 'A-17', password)
  const second = await watch(hub.base, again)
  await eventOf(second, 'state')
  // A new password ends what was opened with the old one.
  const reset = await head(hub, 'agents.resetPassword', { id: id as never })
  await eventOf(second, 'ended')
  expect((await ask(hub.base, 'POST', 'sign-in', null, { number: 'a-17', password })).status).toBe(401)
  const third = await signIn(hub.base, 'a-17', reset.password)
  const shown = await watch(hub.base, third)
  await eventOf(shown, 'state')
  const left = await ask(hub.base, 'POST', 'sign-out', third)
  expect(left.headers.getSetCookie()[0]).toContain('Max-Age=0')
  expect((await eventOf(shown, 'ended')).why).toBe('signed-out')
  expect((await ask(hub.base, 'GET', 'state', third)).status).toBe(401)
})

test('a session lasts a shift; the console is told when it is over', async () => {
  const { hub, clock } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const console = await watch(hub.base, agent.cookie)
  clock.advance(16 * HOUR)
  await tick(hub)
  expect((await eventOf(console, 'ended')).why).toBe('signed-out')
  expect((await ask(hub.base, 'GET', 'state', agent.cookie)).status).toBe(401)
})

test('000-16: a vendor joins by a link with seats and an end; ending it, or its period, ends all who came by it', async () => {
  const { hub, clock } = await open()
  const make = (seats: number) =>
    head(hub, 'agents.makeLink', { label: '外呼', groupId: GROUP_A as never, vendor: '外呼公司', seats, expiresAt: clock.now() + HOUR })
  const link = await make(2)
  expect(link.address).toMatch(/^https:\/\/hub\.example\/console\/#join=[\w-]{43}$/u)
  const secretOf = ({ address }: { address: string }) => address.split('=')[1] ?? ''
  const joinBy = (of: { address: string }, number: string, name = '外呼员') =>
    ask(hub.base, 'POST', 'join', null, { link: secretOf(of), number, name })
  const first = await joinBy(link, '9001')
  expect(first.headers.getSetCookie()[0]).toMatch(/; Path=\/console; HttpOnly; SameSite=Strict$/u)
  expect(await stateOf(hub.base, cookieOf(first))).toMatchObject({
    agent: { number: '9001', vendor: '外呼公司', groups: [GROUP_A] },
    endsAt: TWO_AT_NIGHT + HOUR,
  })
  // Who comes back takes no seat, and the screen before ends: nobody looks over the shoulder of who has the link.
  const before = await watch(hub.base, cookieOf(first))
  const again = await joinBy(link, '9001')
  expect(again.status).toBe(200)
  await tick(hub)
  expect((await eventOf(before, 'ended')).why).toBe('signed-out')
  // Another name under the same number is somebody else.
  expect(refusal(await joinBy(link, '9001', '别人'))).toMatchObject([409, { code: 'login-taken' }])
  const both = await Promise.all([joinBy(link, '9002'), joinBy(link, '9003')])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(refusal(both.find(({ status }) => status === 409) ?? first)).toMatchObject([409, { code: 'invite-used' }])
  expect(await head(hub, 'agents.links', {})).toMatchObject([{ taken: 2, seats: 2, endedAt: null }])
  expect(JSON.stringify(await head(hub, 'agents.links', {}))).not.toContain(secretOf(link))
  expect(refusal(await ask(hub.base, 'POST', 'join', null, { link: 'x'.repeat(43), number: '1', name: 'x' }))).toMatchObject([
    404,
    { code: 'invite-unknown' },
  ])
  const [other] = await head(hub, 'agents.list', { groupId: GROUP_A as never })
  expect(await hub.link(ANN).ask('agents.resetPassword', { id: other?.id as never })).toMatchObject({
    ok: false,
    failure: { code: 'not-found' },
  })

  const console = await watch(hub.base, cookieOf(again))
  await head(hub, 'agents.endLink', { id: link.id as never })
  expect((await eventOf(console, 'ended')).why).toBe('revoked')
  expect((await ask(hub.base, 'GET', 'state', cookieOf(first))).status).toBe(401)
  expect(refusal(await joinBy(link, '9001'))).toMatchObject([410, { code: 'invite-withdrawn' }])

  // A whole office may still have the old link, and joins by the new one all the same.
  for (let times = 0; times < 6; times++) expect((await joinBy(link, `91${times}`)).status).toBe(410)
  for (let times = 0; times < 6; times++) await ask(hub.base, 'POST', 'join', null, { link: 'y'.repeat(43), number: '1', name: 'x' })

  const short = await make(1)
  const guest = cookieOf(await joinBy(short, '9100'))
  const shown = await watch(hub.base, guest)
  clock.advance(HOUR)
  await tick(hub)
  expect((await eventOf(shown, 'ended')).why).toBe('period-over')
  expect(refusal(await ask(hub.base, 'GET', 'state', guest))).toEqual([401, { code: 'locked', params: { reason: 'contract-ended' } }])
  expect(refusal(await joinBy(short, '9101'))).toMatchObject([410, { code: 'invite-expired' }])
})

test('MS-08: notes count once, only about texts that the agent had, without personal data and without names', async () => {
  const { hub } = await open()
  const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }] = await addAgents(hub, ofGroup(GROUP_A), ofGroup(GROUP_B))
  const text = await publish(hub, contentOf('甲组的口径'), { delivery: { groups: [GROUP_A] as never } })
  await stateOf(hub.base, one.cookie)
  const note = (kind: string, more: object = {}) => ({
    id: randomUUID(),
    kind,
    textId: text.id,
    revisionId: text.revisionId,
    at: TWO_AT_NIGHT,
    text: '',
    ...more,
  })
  const send = async (cookie: string, ...notes: object[]) => (await ask(hub.base, 'POST', 'notes', cookie, { notes })).body
  const said = note('objected', { text: '客户说 13876541001 没人接' })
  const notes = [note('shown'), note('opened'), note('copied'), note('worked'), said, note('shown')]
  expect(await send(one.cookie, ...notes)).toEqual({ ok: true, value: { counted: 6 } })
  expect(await send(one.cookie, ...notes)).toEqual({ ok: true, value: { counted: 0 } })
  // Another agent cannot use up the ids of the first, nor speak of what goes to another group.
  expect(await send(two.cookie, said, note('worked'))).toEqual({ ok: true, value: { counted: 0 } })
  const incidentId = '00000000-0000-7000-8000-000000000001' as never
  const counts = { shown: 2, opened: 1, copied: 1, worked: 1, objected: 1 }
  const feedback = await head(hub, 'agents.feedback', { incidentId })
  expect(feedback.rows).toEqual([{ wordingId: text.id, revisionId: text.revisionId, number: 1, ...counts }])
  expect(feedback.quotes).toMatchObject([{ id: said.id, groups: [GROUP_A], text: expect.stringContaining('没人接') }])
  expect(JSON.stringify(feedback)).not.toMatch(/坐席|1387654/u)
  expect(await head(hub, 'agents.use', { incidentId, hours: 1 })).toMatchObject([{ hour: TWO_AT_NIGHT, ...counts }])
  expect(await head(hub, 'agents.reach', { incidentId })).toMatchObject([
    { shown: 1, total: 1, groups: [{ groupId: GROUP_A, total: 1, outstanding: 1 }] },
  ])
  expect(await head(hub, 'agents.readers', { wordingId: text.id as never, groupId: null, standing: 'outstanding' })).toMatchObject([
    { agentId: one.id, shownAt: TWO_AT_NIGHT, confirmedAt: null },
  ])
})

test('a nudge reaches those who have not confirmed; leads may nudge their group, and nobody too often', async () => {
  const { hub, clock } = await open()
  const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }] = await addAgents(hub, ofGroup(GROUP_A), ofGroup(GROUP_A))
  const text = await publish(hub, contentOf('口径'))
  const consoles = [await watch(hub.base, one.cookie), await watch(hub.base, two.cookie)] as const
  await Promise.all(consoles.map((console) => eventOf(console, 'state')))
  const body = confirmationOf(text)
  await ask(hub.base, 'POST', 'confirm', two.cookie, body)
  const nudge = { wordingId: text.id as never, groupId: GROUP_A as never }
  expect(await hub.link(BEN).ask('agents.nudge', nudge)).toEqual({ ok: true, value: { nudged: 1 } })
  expect((await eventOf(consoles[0], 'nudge')).ids).toEqual([text.id])
  expect(await hub.link(BEN).ask('agents.nudge', nudge)).toMatchObject({ ok: false, failure: { code: 'too-many-requests' } })
  expect(await hub.link(BEN).ask('agents.nudge', { ...nudge, groupId: null })).toMatchObject({
    ok: false,
    failure: { code: 'not-permitted' },
  })
  clock.advance(60_000)
  expect(await hub.link(BEN).ask('agents.nudge', nudge)).toMatchObject({ ok: true })
  expect(consoles[1].events.some(({ t }) => t === 'nudge')).toBe(false)
  expect(await hub.team.agents.unconfirmed(text.id)).toBe(1)
})

test('a nudge reaches consoles that ask instead of being told, once each, and not who has confirmed', async () => {
  const { hub } = await open()
  const agents = await addAgents(hub, ofGroup(GROUP_A), ofGroup(GROUP_A), ofGroup(GROUP_B))
  const text = await publish(hub, contentOf('口径'))
  await ask(hub.base, 'POST', 'confirm', agents[1]?.cookie ?? '', confirmationOf(text))
  const versions = await Promise.all(agents.map(async ({ cookie }) => (await stateOf(hub.base, cookie)).version))
  /** What each hears with its next answer; held back until something happens when `wait` is above 0. */
  const hear = (wait: number) =>
    Promise.all(
      agents.map(async ({ cookie }, index) => {
        const path = `state?wait=${wait}`
        const answer = await ask(hub.base, 'GET', path, cookie, undefined, { 'if-none-match': `"${versions[index]}"` })
        return [answer.status, answer.headers.get(NUDGE_HEADER)?.split(' ').slice(1) ?? []]
      }),
    )
  const waiting = hear(20)
  await expect.poll(() => hub.team.agents.streams.asking(), POLL).toBe(3)
  const nudge = { wordingId: text.id as never, groupId: GROUP_A as never }
  expect(await hub.link(BEN).ask('agents.nudge', nudge)).toMatchObject({ ok: true })
  expect(await waiting).toEqual([
    [304, [text.id]],
    [304, []],
    [304, []],
  ])
  expect(await hear(0)).toEqual(agents.map(() => [304, []]))
})

test('who signs out ends the own console only, without a look at all agents', async () => {
  const { hub } = await open()
  const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }] = await addAgents(hub, {}, {})
  const console = await watch(hub.base, one.cookie)
  await eventOf(console, 'state')
  const looks = hub.team.agents.looks()
  expect((await ask(hub.base, 'POST', 'sign-out', one.cookie)).status).toBe(200)
  expect((await eventOf(console, 'ended')).why).toBe('signed-out')
  expect(hub.team.agents.looks()).toBe(looks)
  expect((await stateOf(hub.base, two.cookie)).agent.id).toBe(two.id)
})

test('hostile input is refused: sizes, types, other sites, foreign cookies, guesses', async () => {
  const { hub } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const text = await publish(hub, contentOf('口径'))
  await stateOf(hub.base, agent.cookie)
  const confirm = confirmationOf(text)
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(hub.base, 'POST', path, agent.cookie, body, headers)
  const statuses = async (...answers: Promise<Answer>[]) => (await Promise.all(answers)).map(({ status }) => status)
  expect(
    await statuses(
      post('confirm', { ...confirm, hash: 'f'.repeat(64) }),
      post('confirm', { ...confirm, revisionId: randomUUID() }),
      post('confirm', { ...confirm, textId: '__proto__' }),
    ),
  ).toEqual([404, 404, 404])
  expect(
    await statuses(
      post('confirm', { ...confirm, more: 1 }),
      post('confirm', []),
      post('confirm', '{'),
      post('confirm', 'null'),
      post('notes', { notes: [] }),
      post('notes', { notes: Array.from({ length: 101 }, () => ({})) }),
      post('notes', { notes: [{ id: 'x', kind: 'shown', textId: text.id, revisionId: text.revisionId, at: 'now', text: '' }] }),
      post('seen', { version: '\u0000' }),
      post('seen', { version: 'x'.repeat(81) }),
      post('sign-in', { number: { $ne: '' }, password: 'x' }),
    ),
  ).toEqual(Array.from({ length: 10 }, () => 400))
  expect(await statuses(post('confirm', JSON.stringify({ textId: 'x'.repeat(300_000) })))).toEqual([413])
  expect(
    await statuses(
      post('confirm', confirm, { origin: 'https://evil.example' }),
      post('confirm', confirm, { 'sec-fetch-site': 'cross-site' }),
      post('confirm', confirm, { origin: 'null' }),
      ask(hub.base, 'GET', 'state', agent.cookie, undefined, { 'sec-fetch-site': 'cross-site', origin: '' }),
    ),
  ).toEqual([403, 403, 403, 403])
  // Without any sign of where it comes from, as a form of another site in an old browser.
  const bare = await fetch(`${hub.base}/console/api/confirm`, { method: 'POST', headers: { cookie: agent.cookie } })
  expect(bare.status).toBe(403)
  // The secrets of members open nothing here, and those of agents nothing else.
  const session = await hub.team.accounts.sessions.open(ANN, 'x')
  expect((await ask(hub.base, 'GET', 'state', `stormroom_console=${session.secret}`)).status).toBe(401)
  expect((await ask(hub.base, 'GET', 'state', null)).status).toBe(401)
  expect(await hub.team.admit(agent.cookie.split('=')[1] ?? '')).toMatchObject({ ok: false })
  expect(
    await statuses(
      ...['HEAD', 'PUT'].map(
        async (method) => ({ ...(await fetch(`${hub.base}/console/api/confirm`, { method })), status: 404 }) as Answer,
      ),
    ),
  ).toEqual([404, 404])
  // Guessing is locked for the number, not for the whole call center.
  const guess = async (number: string) => ask(hub.base, 'POST', 'sign-in', null, { number, password: 'falsch' })
  for (let tries = 0; tries < 5; tries++) expect((await guess('800')).status).toBe(401)
  expect(refusal(await guess('800'))).toMatchObject([429, { code: 'locked-out' }])
  expect((await guess('801')).status).toBe(401)
})

test('the page is served with a policy that lets nothing else in; without a built page there is none', async () => {
  const folder = makeTempFolder('agents', 'quick')
  const web = join(folder, 'web')
  mkdirSync(join(web, 'console', 'assets'), { recursive: true })
  writeFileSync(join(web, 'console', 'index.html'), '<!doctype html><title>console</title>')
  writeFileSync(join(web, 'console', 'assets', 'console-0a1b2c3d.js'), 'export {}')
  writeFileSync(join(web, 'secret.txt'), 'secret')
  const opened = openHub(join(folder, 'hub.db'), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { base } = await serve(opened.hub, folder, Date.now, 0, web)
  const page = await fetch(`${base}/console/`)
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>console</title>'])
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toMatch(/unsafe|\*|data:|https?:/u)
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect((await fetch(`${base}/console`)).url).toBe(`${base}/console/`)
  expect((await fetch(`${base}/console/assets/console-0a1b2c3d.js`)).headers.get('cache-control')).toContain('immutable')
  for (const path of ['/console/../secret.txt', '/console/%2e%2e/secret.txt', '/console/..%2fsecret.txt'])
    expect((await fetch(`${base}${path}`)).status).toBeGreaterThanOrEqual(400)
  const without = openHub(join(makeTempFolder('agents', 'quick'), 'hub.db'), true, Date.now)
  if (!without.ok) throw new Error(without.trouble.detail)
  const bare = await serve(without.hub, folder, Date.now)
  expect((await fetch(`${bare.base}/console/`)).status).toBe(404)
})
