import { expect, onTestFinished, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ANN, BEN, declareText, idOf } from '#tests/support/log-texts.ts'
import {
  act,
  addAgents,
  approve,
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
  release,
  reopen,
  stateOf,
  watch,
} from './console-hub.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function open() {
  const folder = makeTempFolder('agents', 'quick')
  const clock = createFakeClock(TWO_AT_NIGHT)
  const hub = await openConsoleHub(folder, clock.now)
  return { folder, clock, hub }
}

/** Lets the releases and periods that the clock has reached take effect, as the hub does each second. */
const tick = (hub: { team: { agents: { feature: { rounds?: readonly { run(): Promise<unknown> }[] } } } }) =>
  hub.team.agents.feature.rounds?.[0]?.run()

test('MS-07: what is published reaches an open console; a new version is to be confirmed anew, and confirming the old one is recorded as such', async () => {
  const { hub, clock } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const first = await publish(hub, contentOf('退款需要三个工作日。'))
  const state = await stateOf(hub.base, agent.cookie)
  expect(state.texts).toMatchObject([
    { id: first.id, number: 1, previousNumber: null, marks: [], confirmation: 'outstanding', core: '退款需要三个工作日。' },
  ])
  expect(state.texts[0]).toMatchObject({ pinyin: expect.stringContaining('tuikuanshuoming'), initials: expect.stringContaining('tksm') })
  const confirm = (text: typeof first) => ask(hub.base, 'POST', 'confirm', agent.cookie, confirmationOf(text))
  expect((await confirm(first)).body).toEqual({ ok: true, value: { confirmation: 'current' } })

  const console = await watch(hub.base, agent.cookie, state.version)
  const second = await publish(hub, contentOf('退款需要五个工作日。'), { of: first, summary: '时间改为五天' })
  const change = await eventOf(console, 'change')
  expect(change.texts).toMatchObject([{ id: first.id, number: 2, previousNumber: 1, summary: '时间改为五天', confirmation: 'stale' }])
  const [text] = change.texts
  const marked = text?.marks.filter(({ at }) => at === 'core').map(({ start, end }) => text.core.slice(start, end))
  expect(marked?.join('')).toContain('五')
  // The console has the version already: it is told that it is up to date, and gets nothing twice.
  expect(console.events.filter(({ t }) => t === 'state')).toEqual([])

  expect((await confirm(first)).body).toEqual({ ok: true, value: { confirmation: 'stale' } })
  expect(await head(hub, 'agents.reach', { incidentId: (text?.incidentId ?? null) as never })).toMatchObject([
    { number: 2, total: 1, current: 0, stale: 1, outstanding: 0 },
  ])
  expect((await confirm(second)).body).toEqual({ ok: true, value: { confirmation: 'current' } })
  // A confirmation of the old version that arrives late takes nothing back.
  await confirm(first)
  expect((await stateOf(hub.base, agent.cookie)).texts).toMatchObject([{ number: 2, confirmation: 'current' }])
  // The other console of the agent shows it as well.
  await expect
    .poll(() => console.events.flatMap((event) => (event.t === 'change' ? event.texts.map((one) => one.confirmation) : [])))
    .toContain('current')

  // Publishing the same version again, with another end, asks anew.
  clock.advance(1000)
  const again = await release(hub, second, { until: TWO_AT_NIGHT + HOUR })
  await expect
    .poll(async () => (await stateOf(hub.base, agent.cookie)).texts, POLL)
    .toMatchObject([{ number: 2, confirmation: 'stale', until: TWO_AT_NIGHT + HOUR }])
  // A confirmation of the release before, which waited while the console was offline, is none of this one.
  expect((await confirm(second)).body).toEqual({ ok: true, value: { confirmation: 'stale' } })
  expect((await confirm(again)).body).toEqual({ ok: true, value: { confirmation: 'current' } })
})

test('a withdrawn text is taken back at once, with what to use instead; the ETag saves asking', async () => {
  const { hub } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const text = await publish(hub, contentOf('请拨打热线。'))
  const { version } = await stateOf(hub.base, agent.cookie)
  const again = () => ask(hub.base, 'GET', 'state', agent.cookie, undefined, { 'if-none-match': `"${version}"` })
  expect((await again()).status).toBe(304)
  const waits = ask(hub.base, 'GET', 'state?wait=25', agent.cookie, undefined, { 'if-none-match': `"${version}"` })
  const console = await watch(hub.base, agent.cookie, version)
  await eventOf(console, 'beat')
  await act(hub, ANN, 'wording.withdraw', 'wording', text.id, { revisionId: text.revisionId, reason: '号码错误', instead: '请转人工。' })
  expect((await eventOf(console, 'change')).gone).toMatchObject([{ id: text.id, why: 'withdrawn', instead: '请转人工。', number: 1 }])
  expect(console.raw()).not.toContain('号码错误')
  expect((await waits).status).toBe(200)
  const after = await again()
  expect([after.status, after.body]).toMatchObject([200, { texts: [], gone: [{ id: text.id }] }])
})

test('a text goes to its groups; who is moved to another group gets what goes there, and is told what does not any more', async () => {
  const { hub } = await open()
  const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }] = await addAgents(
    hub,
    { groups: [GROUP_A] as never },
    { groups: [GROUP_B] as never },
  )
  const [first, second] = [await watch(hub.base, one.cookie), await watch(hub.base, two.cookie)]
  await Promise.all([eventOf(first, 'state'), eventOf(second, 'state')])
  const text = await publish(hub, contentOf('甲组的口径'), {
    delivery: { groups: [GROUP_A] as never, urgency: 'urgent', confirmWithin: 10 },
  })
  expect((await eventOf(first, 'change')).texts).toMatchObject([{ urgency: 'urgent', confirmBy: expect.any(Number) }])
  expect((await stateOf(hub.base, two.cookie)).texts).toEqual([])
  // What was published elsewhere cannot be confirmed.
  const confirm = confirmationOf(text)
  expect((await ask(hub.base, 'POST', 'confirm', two.cookie, confirm)).status).toBe(404)

  await publish(hub, contentOf('乙组的口径'), { of: text, delivery: { groups: [GROUP_B] as never } })
  expect((await eventOf(second, 'change')).texts).toMatchObject([{ core: '乙组的口径', number: 2 }])
  expect((await eventOf(first, 'change', first.events.length - 1)).gone).toMatchObject([{ id: text.id, why: 'not-for-you' }])
  expect(first.raw()).not.toContain('乙组的口径')

  // A console that asks gets what its new groups get, although it asked before.
  const { version } = await stateOf(hub.base, one.cookie)
  const asked = ask(hub.base, 'GET', 'state?wait=2', one.cookie, undefined, { 'if-none-match': `"${version}"` })
  await expect
    .poll(async () => (await head(hub, 'agents.list', { groupId: null })).find(({ id }) => id === one.id)?.online, POLL)
    .toBe(true)
  await head(hub, 'agents.change', { id: one.id as never, groups: [GROUP_B] as never })
  expect((await asked).body).toMatchObject({ agent: { groups: [GROUP_B] }, texts: [{ core: '乙组的口径' }] })
  await expect.poll(() => first.events.filter(({ t }) => t === 'state').length, POLL).toBe(2)
  expect(first.raw()).toContain('乙组的口径')
  expect(second.raw()).not.toContain('甲组的口径')
})

test('a release begins and ends by the clock: the one before it stays until then', async () => {
  const { hub, clock } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const console = await watch(hub.base, agent.cookie)
  const text = await publish(hub, contentOf('现在的口径'))
  const later = await approve(hub, contentOf('明早的口径'), text)
  await release(hub, later, { from: TWO_AT_NIGHT + HOUR, until: TWO_AT_NIGHT + 2 * HOUR })
  await eventOf(console, 'change')
  expect((await stateOf(hub.base, agent.cookie)).texts).toMatchObject([{ core: '现在的口径', number: 1 }])
  expect(console.raw()).not.toContain('明早的口径')
  clock.advance(HOUR)
  await tick(hub)
  await expect.poll(() => console.raw(), POLL).toContain('明早的口径')
  clock.advance(HOUR)
  await tick(hub)
  await expect
    .poll(() => console.events.flatMap((event) => (event.t === 'change' ? event.gone : [])), POLL)
    .toMatchObject([{ id: text.id, why: 'expired', number: 2 }])
})

test('after a restart of the hub, agents come back with their session and get what they missed, in order and once', async () => {
  const { hub, folder, clock } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const one = await publish(hub, contentOf('一'))
  clock.advance(1000)
  const two = await publish(hub, contentOf('二'))
  const state = await stateOf(hub.base, agent.cookie)
  // Who sees the console for the first time has missed nothing.
  expect(state.missed).toEqual([])
  expect((await ask(hub.base, 'POST', 'seen', agent.cookie, { version: state.version })).status).toBe(200)
  expect((await stateOf(hub.base, agent.cookie)).missed).toEqual([])
  const before = await watch(hub.base, agent.cookie, state.version)
  await hub.stop()
  await before.ended
  const again = await reopen(folder, clock.now, hub.port)
  clock.advance(1000)
  await publish(again, contentOf('二之二'), { of: two })
  clock.advance(1000)
  const three = await publish(again, contentOf('三'))
  clock.advance(1000)
  await publish(again, contentOf('一之二'), { of: one })
  const console = await watch(again.base, agent.cookie, state.version)
  const { state: now } = await eventOf(console, 'state')
  expect(now.missed).toEqual([two.id, three.id, one.id])
  await ask(again.base, 'POST', 'seen', agent.cookie, { version: now.version })
  // An older cursor takes nothing back, and one from the future is not believed.
  await ask(again.base, 'POST', 'seen', agent.cookie, { version: state.version })
  await ask(again.base, 'POST', 'seen', agent.cookie, { version: `zzzzzzz-${now.version}` })
  expect((await stateOf(again.base, agent.cookie)).missed).toEqual([])
  clock.advance(1000)
  await publish(again, contentOf('二之三'), {
    of: { ...two, revisionId: now.texts.find(({ id }) => id === two.id)?.revisionId ?? '', number: 2 },
  })
  expect((await stateOf(again.base, agent.cookie)).missed).toEqual([two.id])
  // With the version that it has, a console gets nothing again.
  const { version } = await stateOf(again.base, agent.cookie)
  const same = await watch(again.base, agent.cookie, version)
  await eventOf(same, 'beat')
  expect(same.events.map(({ t }) => t)).toEqual(['beat'])
})

test('closed incidents and drills are not on the console; a restricted incident shows its texts and nothing else', async () => {
  const { hub } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const DRILL = idOf(0x2)
  await hub.team.submit([declareText(DRILL, { title: '演练标题', mode: 'drill' })], ANN, null)
  await publish(hub, contentOf('演练的口径'), { scope: `incident:${DRILL}` })
  const text = await publish(hub, contentOf('公开的口径'))
  await act(hub, ANN, 'incident.restrict', 'incident', idOf(1), { members: [ANN] })
  const state = await ask(hub.base, 'GET', 'state', agent.cookie)
  expect(JSON.stringify(state.body)).not.toMatch(/演练|门店饮用水投诉/u)
  expect(state.body).toMatchObject({ texts: [{ id: text.id }] })
  const console = await watch(hub.base, agent.cookie)
  await eventOf(console, 'state')
  await act(hub, ANN, 'incident.set-status', 'incident', idOf(1), { from: 'open', to: 'closed', reason: '结束' })
  expect((await eventOf(console, 'change')).gone).toMatchObject([{ id: text.id, why: 'not-for-you' }])
  expect((await stateOf(hub.base, agent.cookie)).texts).toEqual([])
  onTestFinished(console.close)
})

test('MS-11: when the time to confirm is over, the leads are told only if somebody has not confirmed', async () => {
  const { hub, clock } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, { groups: [GROUP_A] as never })
  const delivery = { groups: [GROUP_A] as never, urgency: 'urgent', confirmWithin: 10 } as const
  const confirmed = await publish(hub, contentOf('已确认'), { delivery })
  const waiting = await publish(hub, contentOf('未确认'), { delivery })
  await stateOf(hub.base, agent.cookie)
  expect((await ask(hub.base, 'POST', 'confirm', agent.cookie, confirmationOf(confirmed))).status).toBe(200)
  clock.advance(10 * MINUTE)
  await hub.team.fireDue()
  const rows = await hub.hub.database.kysely.selectFrom('entity').select(['body', 'scope']).where('kind', '=', 'notice').execute()
  const due = rows.filter(({ body }) => body.includes('reading-due'))
  expect(due.filter(({ body }) => body.includes(waiting.id)).map(({ scope }) => scope)).toContain(`private:${BEN}`)
  expect(due.filter(({ body }) => body.includes(confirmed.id))).toEqual([])
})
